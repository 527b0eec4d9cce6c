/// What may stand in attributes of HTML.
enum Attributes {
    /// What the value of an attribute speaks of.
    enum Use {
        /// A URL (HTML, "Attributes" index).
        case link
        /// The URL to which a form is sent.
        case action
        /// A name by which others point at the element.
        case id
        /// The ids of other elements.
        case references
        case classes
        case other
    }

    private static let uses: [String: Use] = {
        var uses: [String: Use] = ["id": .id, "class": .classes]
        for name in ["action", "formaction"] {
            uses[name] = .action
        }
        for name in [
            "background", "cite", "data", "href", "icon", "longdesc", "manifest", "poster", "src",
            "xlink:href",
        ] {
            uses[name] = .link
        }
        for name in [
            "aria-activedescendant", "aria-controls", "aria-describedby", "aria-details",
            "aria-errormessage", "aria-flowto", "aria-labelledby", "aria-owns", "for", "form",
            "headers", "list",
        ] {
            uses[name] = .references
        }
        return uses
    }()

    /// The attributes whose value is more than words: a program, a style, a list of URLs, a value
    /// for another attribute.
    private static let unsafe: Set = [
        "attributename", "by", "from", "http-equiv", "ping", "srcdoc", "srcset", "style", "to",
        "values",
    ]

    static func use(of name: String) -> Use { uses[name] ?? .other }

    static func isLink(_ name: String) -> Bool {
        switch use(of: name) {
        case .link, .action: true
        default: false
        }
    }

    /// Tells whether no slot may stand in the attribute.
    static func isUnsafe(_ name: String, of element: String) -> Bool {
        unsafe.contains(name) || name.hasPrefix("on")
            || (element == "meta" && name == "content") || (element == "base" && isLink(name))
    }

    /// Returns why a template may not have the attribute at all.
    static func objection(to name: String, inMail: Bool) -> String? {
        switch name {
        case "style" where !inMail:
            "an inline style; the site's policy lets style sheets alone speak"
        case "srcdoc":
            "a document in an attribute"
        case _ where name.hasPrefix("on") && name.utf8.count > 2:
            "a script in an attribute; pages have no scripts"
        default:
            nil
        }
    }

    /// Returns why a template may not have the element at all.
    static func objection(toElement name: String, inMail: Bool) -> String? {
        switch name {
        case "script": "a script; pages have no scripts"
        case "style" where !inMail: "an inline style sheet; link to one of assets/"
        case "plaintext", "xmp", "noembed", "noframes": "an element that HTML has given up"
        default: nil
        }
    }
}

/// What an attribute's value may turn out to be.
struct AttributeValue: Hashable {
    /// The bytes; a slot stands in them as its path between two zeros.
    var text: [UInt8] = []
    var hasSlot = false

    mutating func append(_ slot: SlotReference) {
        text += [0] + Array(slot.path.utf8) + [0]
        hasSlot = true
    }

    /// Returns a word with its slots as the template has them: `row-{{id}}`.
    static func spelling(of word: String) -> String {
        let parts = word.split(separator: "\0", omittingEmptySubsequences: false)
        return parts.enumerated().map { $0.isMultiple(of: 2) ? String($1) : "{{\($1)}}" }.joined()
    }

    /// The words between white space.
    var words: [String] {
        text.split(whereSeparator: \.isBlank).map { String(decoding: $0, as: UTF8.self) }
    }
}

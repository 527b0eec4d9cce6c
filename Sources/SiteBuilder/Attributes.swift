/// What may stand in attributes of HTML.
enum Attributes {
    /// The attributes whose value is a URL (HTML, "Attributes" index).
    private static let links: Set = [
        "action", "background", "cite", "data", "formaction", "href", "icon", "longdesc",
        "manifest", "poster", "src", "xlink:href",
    ]

    /// The attributes whose value is more than words: a program, a style, a list of URLs, a value
    /// for another attribute.
    private static let unsafe: Set = [
        "attributename", "by", "from", "http-equiv", "ping", "srcdoc", "srcset", "style", "to",
        "values",
    ]

    static func isLink(_ name: String) -> Bool { links.contains(name) }

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
        case _ where name.hasPrefix("on") && name.count > 2:
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

/// What a link's value may turn out to be.
struct LinkValue: Hashable {
    var text: [UInt8] = []
    /// A slot stands in it.
    var hasSlot = false
}

/// Knows what the site serves, so that links can be checked.
struct LinkChecker {
    /// The paths of static pages, assets and routes.
    let paths: Set<String>
    let isMail: Bool

    /// Returns what is wrong with a link that is known at build time.
    func objection(to link: LinkValue) -> String? {
        let text = String(decoding: link.text, as: UTF8.self)
        let lower = text.lowercased().filter { !$0.isWhitespace }
        if ["javascript:", "vbscript:", "data:text/"].contains(where: lower.hasPrefix) {
            return "a script in a link"
        }
        guard !link.hasSlot, let first = text.first, !"#?".contains(first) else { return nil }
        if text.hasPrefix("//") || text.contains(where: { $0.isWhitespace || $0 == "\\" }) {
            return "\"\(text)\" is not how a link is written"
        }
        if first == "/" {
            return objection(toPath: text)
        }
        let scheme = text.prefix { $0.isASCII && ($0.isLetter || "+-.".contains($0)) }
        guard !scheme.isEmpty, text.dropFirst(scheme.count).first == ":" else {
            return "a link without a beginning; write it from the root: \"/…\""
        }
        return nil
    }

    private func objection(toPath text: String) -> String? {
        guard !isMail else {
            return "a mail needs a whole address; show a slot of type url instead"
        }
        let path = String(text.prefix { !"?#".contains($0) })
        guard !paths.contains(path) else { return nil }
        return "no page, asset or route is at \"\(path)\"" + suggestion(for: path, among: paths)
    }
}

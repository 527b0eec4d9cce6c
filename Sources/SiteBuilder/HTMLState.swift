/// Where in an HTML document the reader is: the tokenizer of HTML §13.2.5, as far as it matters
/// for what may stand at a place.
struct HTMLState: Equatable {
    enum Place: Equatable {
        case text
        /// After `<`, `</` and `<!`.
        case tagOpen
        case endTagOpen
        case declaration(Opening)
        case comment(dashes: Int)
        case tagName
        /// Where an attribute may begin.
        case betweenAttributes
        /// After a value or a name that is complete: white space, `/` or `>` must follow.
        case afterAttribute
        case attributeName
        case afterAttributeName
        case beforeValue
        case value(quote: UInt8)
        case unquotedValue
        /// In a `title` or `textarea`, whose only tag is the one that ends it.
        case escapableText(matched: Int)
        /// In an element whose contents are no text: `style`, `iframe`.
        case rawText(matched: Int)
    }

    /// How a declaration begins, which may be a comment.
    enum Opening {
        case none
        case dash
        case other
    }

    var place = Place.text
    /// The name of the tag, or of the element whose text is being read.
    private(set) var element = ""
    private(set) var isEndTag = false
    /// The name of the attribute.
    private(set) var attribute = ""

    /// What the caller learns of.
    enum Event {
        case startTag
        case attribute
        case valueEnd
        case mistake(String)
    }

    private static let escapableElements: Set = ["title", "textarea"]
    private static let rawElements: Set = [
        "style", "script", "iframe", "noembed", "noframes", "noscript", "xmp", "plaintext",
    ]

    /// Reads one byte of markup.
    mutating func advance(_ byte: UInt8) -> Event? {
        switch place {
        case .text:
            place = byte == UInt8(ascii: "<") ? .tagOpen : .text
            return nil
        case .tagOpen, .endTagOpen, .declaration, .comment:
            return advanceInOpening(byte)
        case .escapableText(let matched):
            return advanceInElement(byte, matched: matched) { .escapableText(matched: $0) }
        case .rawText(let matched):
            return advanceInElement(byte, matched: matched) { .rawText(matched: $0) }
        default:
            return advanceInTag(byte)
        }
    }

    // MARK: - Tags, comments, declarations

    private mutating func advanceInOpening(_ byte: UInt8) -> Event? {
        switch (place, byte) {
        case (.tagOpen, UInt8(ascii: "/")):
            place = .endTagOpen
        case (.tagOpen, UInt8(ascii: "!")):
            place = .declaration(.none)
        case (.tagOpen, _) where byte.isLetter, (.endTagOpen, _) where byte.isLetter:
            isEndTag = place == .endTagOpen
            element = ""
            element.append(lowercased: byte)
            place = .tagName
        case (.tagOpen, _), (.endTagOpen, _):
            place = .text
            return .mistake("a \"<\" that begins no tag; write &lt;")
        case (.declaration(.dash), UInt8(ascii: "-")):
            place = .comment(dashes: 0)
        case (.declaration, UInt8(ascii: ">")):
            place = .text
        case (.declaration(let begin), _):
            let isDash = begin == .none && byte == UInt8(ascii: "-")
            place = .declaration(isDash ? .dash : .other)
            if begin == .none, byte == UInt8(ascii: "[") {
                return .mistake("a CDATA section; write the text with &lt; and &amp;")
            }
        case (.comment(let dashes), UInt8(ascii: ">")) where dashes >= 2:
            place = .text
        case (.comment(let dashes), _):
            place = .comment(dashes: byte == UInt8(ascii: "-") ? dashes + 1 : 0)
        default:
            break
        }
        return nil
    }

    private mutating func advanceInTag(_ byte: UInt8) -> Event? {
        let isBlank = byte.isBlank
        switch (place, byte) {
        case (.tagName, _) where isBlank || byte == UInt8(ascii: "/"):
            place = .betweenAttributes
            return .startTag
        case (.tagName, UInt8(ascii: ">")):
            endTag()
            return .startTag
        case (.tagName, _):
            element.append(lowercased: byte)

        case (.betweenAttributes, _) where isBlank || byte == UInt8(ascii: "/"),
            (.afterAttributeName, _) where isBlank:
            break
        case (.betweenAttributes, UInt8(ascii: ">")), (.afterAttribute, UInt8(ascii: ">")),
            (.afterAttributeName, UInt8(ascii: ">")):
            endTag()
        case (.betweenAttributes, _),
            (.afterAttributeName, _) where byte != UInt8(ascii: "=") && byte != UInt8(ascii: "/"):
            attribute = ""
            attribute.append(lowercased: byte)
            place = .attributeName
        case (.afterAttribute, _):
            place = .betweenAttributes
            guard isBlank || byte == UInt8(ascii: "/") else {
                return .mistake("a space is missing between attributes")
            }

        case (.attributeName, UInt8(ascii: "=")):
            place = .beforeValue
            return .attribute
        case (.attributeName, UInt8(ascii: ">")):
            let name = attribute
            endTag()
            attribute = name  // for the caller, who learns of it after the tag has ended
            return .attribute
        case (.attributeName, _) where isBlank || byte == UInt8(ascii: "/"):
            place = isBlank ? .afterAttributeName : .betweenAttributes
            return .attribute
        case (.attributeName, _):
            attribute.append(lowercased: byte)

        case (.afterAttributeName, UInt8(ascii: "=")):
            place = .beforeValue
        case (.afterAttributeName, _):
            place = .betweenAttributes

        case (.beforeValue, _) where isBlank:
            break
        case (.beforeValue, UInt8(ascii: "\"")), (.beforeValue, UInt8(ascii: "'")):
            place = .value(quote: byte)
        case (.beforeValue, UInt8(ascii: ">")):
            endTag()
            return .mistake("an attribute without its value")
        case (.beforeValue, _):
            place = .unquotedValue
            return .mistake("a value without quotation marks")
        case (.value(quote: byte), _):
            place = .afterAttribute
            return .valueEnd
        case (.unquotedValue, UInt8(ascii: ">")):
            endTag()
        case (.unquotedValue, _) where isBlank:
            place = .betweenAttributes
        default:
            break
        }
        return nil
    }

    private mutating func endTag() {
        place = .text
        attribute = ""
        guard !isEndTag else { return }
        if Self.escapableElements.contains(element) {
            place = .escapableText(matched: 0)
        } else if Self.rawElements.contains(element) {
            place = .rawText(matched: 0)
        }
    }

    /// Looks for the end tag of the element that holds text only.
    private mutating func advanceInElement(
        _ byte: UInt8, matched: Int, _ place: (Int) -> Place
    ) -> Event? {
        let name = element.utf8
        let end = name.count + 2  // after "</" and the name
        let lower = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        let expected: UInt8 =
            switch matched {
            case 0: UInt8(ascii: "<")
            case 1: UInt8(ascii: "/")
            case end: 0
            default: name[name.index(name.startIndex, offsetBy: matched - 2)]
            }
        if matched == end {
            guard !byte.isBlank, byte != UInt8(ascii: ">"), byte != UInt8(ascii: "/") else {
                isEndTag = true
                self.place = .tagName
                return advanceInTag(byte)
            }
            self.place = place(0)
        } else if lower == expected {
            self.place = place(matched + 1)
        } else {
            self.place = place(byte == UInt8(ascii: "<") ? 1 : 0)
        }
        return nil
    }

    // MARK: - Branches

    /// Makes ready for a place where one of several ways is taken: a name that ends here is
    /// complete.
    ///
    /// - Returns: What the caller must learn of, as from `advance`.
    mutating func completeName() -> Event? {
        switch place {
        case .tagName:
            place = .afterAttribute
            return .startTag
        case .attributeName:
            place = .afterAttribute
            return .attribute
        case .afterAttributeName:
            place = .betweenAttributes
        case .unquotedValue:
            place = .afterAttribute
        default:
            break
        }
        return nil
    }

    /// Returns the state in which two ways meet, or `nil` if they end in different places.
    func joined(with other: HTMLState) -> HTMLState? {
        guard self != other else { return self }
        let between: [Place] = [.betweenAttributes, .afterAttribute]
        guard between.contains(place), between.contains(other.place), element == other.element
        else { return place == .text && other.place == .text ? self : nil }
        var joined = self
        joined.place = place == other.place ? place : .afterAttribute
        return joined
    }
}

extension String {
    /// Appends a byte of a name, of which only ASCII letters have a case.
    fileprivate mutating func append(lowercased byte: UInt8) {
        let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        unicodeScalars.append(Unicode.Scalar(isUpper ? byte | 0x20 : byte))
    }
}

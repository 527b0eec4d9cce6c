internal import Accounts

/// A piece of a gateway's description, with places for what differs from message to message.
///
/// A place is a name in braces, such as `{number}`. Braces around anything else are braces, as JSON
/// has them.
struct GatewayTemplate: Sendable, Equatable {
    /// What stands in a place.
    enum Place: String, CaseIterable {
        /// The number in E.164, such as `+12125550123`.
        case number
        /// The same without its plus sign and calling code, such as `2125550123`.
        case nationalNumber = "national-number"
        /// The calling code, such as `1`.
        case callingCode = "calling-code"
        case text
        /// The code alone, for a service that has words of its own.
        case code

        fileprivate func value(in message: TextMessage) -> String {
            switch self {
            case .number: message.number.text
            case .nationalNumber: String(message.number.nationalNumber)
            case .callingCode: message.number.callingCode
            case .text: message.text
            case .code: String(message.code)
            }
        }
    }

    private enum Piece: Equatable {
        case literal(Substring)
        case place(Place)
    }

    private var pieces: [Piece] = []

    /// Takes a text apart.
    ///
    /// - Throws: `UnknownPlace`.
    init(_ text: String) throws(UnknownPlace) {
        var rest = text[...]
        while let brace = rest.firstIndex(of: "{") {
            let inside = rest[rest.index(after: brace)...]
            let name = inside.prefix { $0.isLetter || $0 == "-" || $0 == "_" }
            let behind = inside[name.endIndex...]
            if !name.isEmpty, behind.first == "}" {
                guard let place = Place(rawValue: String(name)) else {
                    throw UnknownPlace(name: String(name))
                }
                pieces += [.literal(rest[..<brace]), .place(place)]
                rest = behind.dropFirst()
            } else {
                pieces.append(.literal(rest[...brace]))
                rest = inside
            }
        }
        pieces.append(.literal(rest))
    }

    /// The text with a message in its places.
    func filled(with message: TextMessage, in encoding: PlaceEncoding) -> String {
        pieces.map { piece in
            switch piece {
            case .literal(let text): String(text)
            case .place(let place): encoding.encode(place.value(in: message))
            }
        }.joined()
    }
}

/// A name in braces for which there is no value.
struct UnknownPlace: Error {
    let name: String
}

/// How a value stands among other text so that it cannot end before its end.
enum PlaceEncoding: Equatable {
    /// In a URL or the body of a form (RFC 3986 §2.1).
    case percent
    /// In a JSON string, between its quotes (RFC 8259 §7).
    case json

    /// The encoding of a body of a media type; nil if there is none.
    init?(contentType: String) {
        switch contentType {
        case "application/x-www-form-urlencoded": self = .percent
        case "application/json": self = .json
        default: return nil
        }
    }

    fileprivate func encode(_ value: String) -> String {
        switch self {
        case .percent: value.percentEncoded
        case .json: value.unicodeScalars.map(\.escapedForJSON).joined()
        }
    }
}

extension Unicode.Scalar {
    fileprivate var escapedForJSON: String {
        switch self {
        case "\"", "\\": return "\\\(self)"
        case "\n": return "\\n"
        case "\u{0}"..<" ":
            let digits = String(value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        default: return String(self)
        }
    }
}

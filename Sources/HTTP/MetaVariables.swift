/// What the web server says about a request, by name (RFC 3875 §4.1).
///
/// Names are compared byte by byte. A header field that the client sent twice is one value here, as
/// RFC 3875 §4.1.18 wants it: Apache joins the lines itself, nginx before 1.23 sends the variable twice.
package struct MetaVariables: Sendable, Equatable {
    /// Where a variable stands in the text.
    package struct Position: Sendable, Equatable {
        package let name: Range<Int>
        let value: Range<Int>

        package init(name: Range<Int>, value: Range<Int>) {
            self.name = name
            self.value = value
        }
    }

    // They stay in the text that they came in: a request has dozens, of which a few are looked at.
    private let text: [UInt8]
    private let positions: [Position]

    /// Reads `NAME=value` entries, as they stand in the environment.
    ///
    /// - Parameter entries: The bytes of each entry, without a NUL at the end.
    /// - Throws: What ``init(text:positions:)`` throws.
    package init(entries: [[UInt8]]) throws(RequestError) {
        var text: [UInt8] = []
        var positions: [Position] = []
        for entry in entries {
            guard let equals = entry.firstIndex(of: UInt8(ascii: "=")) else {
                throw .malformedVariable
            }
            let start = text.count
            text += entry
            positions.append(
                Position(
                    name: start..<start + equals, value: start + equals + 1..<start + entry.count))
        }
        try self.init(text: text, positions: positions)
    }

    /// Takes variables that stand in a text.
    ///
    /// `HTTP_PROXY` is left out: any client can set it with a field called `Proxy`, and libraries
    /// take it for the proxy to use (httpoxy, A55).
    ///
    /// - Throws: `malformedVariable` for one without a name of visible ASCII, `duplicateVariable` if
    ///   a variable which is no header field stands there twice.
    package init(text: [UInt8], positions: [Position]) throws(RequestError) {
        var kept: [Position] = []
        kept.reserveCapacity(positions.count)
        for position in positions {
            let name = text[position.name]
            guard !name.isEmpty, name.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw .malformedVariable
            }
            guard !name.elementsEqual("HTTP_PROXY".utf8) else { continue }
            guard
                name.starts(with: "HTTP_".utf8)
                    || !kept.contains(where: {
                        $0.name.count == name.count && text[$0.name] == name
                    })
            else { throw .duplicateVariable(String(decoding: name, as: UTF8.self)) }
            kept.append(position)
        }
        self.text = text
        self.positions = kept
    }

    /// The value of a variable, or `nil` if the web server does not give it.
    package func bytes(of name: String) -> [UInt8]? {
        var value: [UInt8]?
        for position in positions
        where position.name.count == name.utf8.count
            && text[position.name].elementsEqual(name.utf8)
        {
            // Cookies are a list of their own kind (RFC 6265 §4.2.1).
            let separator = name == "HTTP_COOKIE" ? "; " : ", "
            value = (value.map { $0 + separator.utf8 } ?? []) + text[position.value]
        }
        return value
    }

    /// The value of a variable as text, with U+FFFD for what is not UTF-8, or `nil` if there is none.
    package subscript(name: String) -> String? {
        bytes(of: name).map { String(decoding: $0, as: UTF8.self) }
    }
}

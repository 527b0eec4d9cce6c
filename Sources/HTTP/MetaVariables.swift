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
        let bytes = text.span
        for position in positions {
            let name = bytes.extracting(position.name)
            guard !name.isEmpty, name.isVisible else { throw .malformedVariable }
            guard !name.isSame(as: Self.proxy.utf8.span) else { continue }
            if !name.begins(with: Self.fieldPrefix.utf8.span) {
                for other in kept
                where other.name.count == name.count
                    && name.isSame(as: bytes.extracting(other.name))
                {
                    throw .duplicateVariable(String(decoding: text[position.name], as: UTF8.self))
                }
            }
            kept.append(position)
        }
        self.text = text
        self.positions = kept
    }

    private static let proxy = "HTTP_PROXY"
    private static let fieldPrefix = "HTTP_"

    /// The value of a variable, or `nil` if the web server does not give it.
    package func bytes(of name: String) -> [UInt8]? { value(of: name).map { Array($0) } }

    /// The value of a variable as text, with U+FFFD for what is not UTF-8, or `nil` if there is none.
    package subscript(name: String) -> String? {
        value(of: name).map { String(decoding: $0, as: UTF8.self) }
    }

    private func value(of name: String) -> ArraySlice<UInt8>? {
        var value: ArraySlice<UInt8>?
        let bytes = text.span
        let wanted = name.utf8.span
        for position in positions
        where position.name.count == wanted.count
            && wanted.isSame(as: bytes.extracting(position.name))
        {
            let more = text[position.value]
            guard let before = value else {
                value = more
                continue
            }
            // Cookies are a list of their own kind (RFC 6265 §4.2.1).
            let separator = name == "HTTP_COOKIE" ? "; " : ", "
            value = before + separator.utf8 + more
        }
        return value
    }
}

extension Span<UInt8> {
    /// Whether all bytes are visible ASCII.
    fileprivate var isVisible: Bool {
        for index in indices where !(0x21...0x7E).contains(self[index]) { return false }
        return true
    }

    /// Whether the bytes are those of another span.
    fileprivate func isSame(as other: Span<UInt8>) -> Bool {
        count == other.count && begins(with: other)
    }

    /// Whether the bytes of another span stand first.
    fileprivate func begins(with other: Span<UInt8>) -> Bool {
        guard count >= other.count else { return false }
        for index in other.indices where self[index] != other[index] { return false }
        return true
    }
}

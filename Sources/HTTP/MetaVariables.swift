/// What the web server says about a request, by name (RFC 3875 §4.1).
///
/// Names are compared byte by byte. A header field that the client sent twice is one value here, as
/// RFC 3875 §4.1.18 wants it: Apache joins the lines itself, nginx before 1.23 sends the variable twice.
package struct MetaVariables: Sendable, Equatable {
    private var values: [String: [UInt8]] = [:]

    /// Reads `NAME=value` entries, as they stand in the environment or in FastCGI's parameters.
    ///
    /// `HTTP_PROXY` is left out: any client can set it with a field called `Proxy`, and libraries
    /// take it for the proxy to use (httpoxy, A55).
    ///
    /// - Parameter entries: The bytes of each entry, without a NUL at the end.
    /// - Throws: `malformedVariable` for an entry without a name of visible ASCII, `duplicateVariable`
    ///   if a variable which is no header field stands there twice.
    package init(entries: [[UInt8]]) throws(RequestError) {
        for entry in entries {
            guard
                let equals = entry.firstIndex(of: UInt8(ascii: "=")),
                let name = Self.name(entry[..<equals])
            else { throw .malformedVariable }
            guard name != "HTTP_PROXY" else { continue }

            let value = [UInt8](entry[(equals + 1)...])
            guard let earlier = values[name] else {
                values[name] = value
                continue
            }
            guard name.hasPrefix("HTTP_") else { throw .duplicateVariable(name) }
            // Cookies are a list of their own kind (RFC 6265 §4.2.1).
            let separator = name == "HTTP_COOKIE" ? "; " : ", "
            values[name] = earlier + separator.utf8 + value
        }
    }

    /// The value of a variable, or `nil` if the web server does not give it.
    package func bytes(of name: String) -> [UInt8]? {
        values[name]
    }

    /// The value of a variable as text, with U+FFFD for what is not UTF-8, or `nil` if there is none.
    package subscript(name: String) -> String? {
        values[name].map { String(decoding: $0, as: UTF8.self) }
    }

    // Only visible ASCII: Swift compares other text by what it looks like, so that a name
    // written with U+212A, the Kelvin sign, would be `HTTP_COOKIE`.
    private static func name(_ bytes: ArraySlice<UInt8>) -> String? {
        guard !bytes.isEmpty, bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}

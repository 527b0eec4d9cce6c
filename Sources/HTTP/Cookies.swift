/// The program's own cookies in a request; those of others are passed over.
///
/// Bytes are compared as they are: nothing is trimmed but the one space that RFC 6265 §4.2.1 writes
/// between two cookies, neither quotes nor `$Version` have a meaning, and capitals count (P9, A44).
package struct Cookies: Sendable, Equatable {
    private struct Cookie: Sendable, Equatable {
        let name: [UInt8]
        let value: String
    }

    private var cookies: [Cookie] = []

    /// No cookies.
    init() {}

    /// Reads the value of a `Cookie` field.
    ///
    /// - Throws: `duplicateCookie` if an own cookie stands there twice, `malformedCookie` if its value
    ///   has bytes that no cookie of ours has. Both `a, b` of two fields joined by Apache and a quoted
    ///   value are such.
    package init(field: some Collection<UInt8>) throws(RequestError) {
        for (position, part) in field.split(separator: UInt8(ascii: ";")).enumerated() {
            let pair = position > 0 && part.first == UInt8(ascii: " ") ? part.dropFirst() : part
            guard
                pair.starts(with: CookieName.prefix.utf8),
                let equals = pair.firstIndex(of: UInt8(ascii: "="))
            else { continue }

            let name = [UInt8](pair[..<equals])
            let value = pair[equals...].dropFirst()
            guard !cookies.contains(where: { $0.name == name }) else { throw .duplicateCookie }
            guard value.allSatisfy(SetCookie.isValueByte) else { throw .malformedCookie }
            cookies.append(Cookie(name: name, value: String(decoding: value, as: UTF8.self)))
        }
    }

    /// The value of the cookie called `name`.
    package subscript(name: CookieName) -> String? {
        cookies.first { $0.name.elementsEqual(name.text.utf8) }?.value
    }
}

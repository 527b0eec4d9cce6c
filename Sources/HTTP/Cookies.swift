/// The program's own cookies in a request; those of others are passed over.
///
/// Bytes are compared as they are: nothing is trimmed but the one space that RFC 6265 §4.2.1 writes
/// between two cookies, neither quotes nor `$Version` have a meaning, and capitals count (P9, A44).
package struct Cookies: Sendable, Equatable {
    private struct Cookie: Sendable, Equatable {
        let name: ArraySlice<UInt8>
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
    package init(field: [UInt8]) throws(RequestError) {
        let semicolon = UInt8(ascii: ";")
        var end = 0
        var isFirst = true
        while let start = field[end...].firstIndex(where: { $0 != semicolon }) {
            end = field[start...].firstIndex(of: semicolon) ?? field.endIndex
            let isSpaced = !isFirst && field[start] == UInt8(ascii: " ")
            try read(field[(isSpaced ? start + 1 : start)..<end])
            isFirst = false
        }
    }

    /// Keeps a cookie if it is an own one.
    private mutating func read(_ pair: ArraySlice<UInt8>) throws(RequestError) {
        guard
            pair.starts(with: CookieName.prefix.utf8),
            let equals = pair.firstIndex(of: UInt8(ascii: "="))
        else { return }
        let name = pair[..<equals]
        let value = pair[(equals + 1)...]
        guard !cookies.contains(where: { $0.name == name }) else { throw .duplicateCookie }
        guard value.allSatisfy(SetCookie.isValueByte) else { throw .malformedCookie }
        cookies.append(Cookie(name: name, value: String(decoding: value, as: UTF8.self)))
    }

    /// The value of the cookie called `name`.
    package subscript(name: CookieName) -> String? {
        cookies.first { $0.name.elementsEqual(name.text.utf8) }?.value
    }
}

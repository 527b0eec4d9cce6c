/// One line of input in JSON: `{"password":"…","user_inputs":["…"]}`.
///
/// Only such an object is read, whatever its order and white space; anything else is refused
/// (RFC 8259). Text is UTF-16, since an escape may name a surrogate without its partner.
struct JSONLine: Equatable {
    let password: [UInt16]
    let userInputs: [[UInt16]]

    /// Why a line cannot be read; nothing of the line stands in it.
    struct Malformed: Error, Equatable, CustomStringConvertible {
        /// Where, counted in characters from 1.
        let column: Int
        let expected: String

        var description: String { "column \(column): expected \(expected)" }
    }

    init(_ line: String) throws(Malformed) {
        var reader = JSONReader(line)
        var password: [UInt16]?
        var userInputs: [[UInt16]]?
        try reader.expect("{")
        repeat {
            switch try reader.string() {
            case Array("password".utf16) where password == nil:
                try reader.expect(":")
                password = try reader.string()
            case Array("user_inputs".utf16) where userInputs == nil:
                try reader.expect(":")
                userInputs = try reader.strings()
            default:
                throw reader.malformed("\"password\" or \"user_inputs\", each once, before here")
            }
        } while reader.take(",")
        try reader.expect("}")
        try reader.end()
        guard let password else { throw reader.malformed("a \"password\" before here") }
        self.password = password
        self.userInputs = userInputs ?? []
    }
}

/// Reads the tokens of a line one after another.
private struct JSONReader {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ line: String) {
        scalars = Array(line.unicodeScalars)
    }

    func malformed(_ expected: String) -> JSONLine.Malformed {
        JSONLine.Malformed(column: position + 1, expected: expected)
    }

    /// Takes a sign if it is the next.
    mutating func take(_ sign: Unicode.Scalar) -> Bool {
        skipWhiteSpace()
        guard position < scalars.count, scalars[position] == sign else { return false }
        position += 1
        return true
    }

    mutating func expect(_ sign: Unicode.Scalar) throws(JSONLine.Malformed) {
        guard take(sign) else { throw malformed("'\(sign)'") }
    }

    mutating func end() throws(JSONLine.Malformed) {
        skipWhiteSpace()
        guard position == scalars.count else { throw malformed("nothing more") }
    }

    mutating func strings() throws(JSONLine.Malformed) -> [[UInt16]] {
        try expect("[")
        guard !take("]") else { return [] }
        var strings: [[UInt16]] = []
        repeat { strings.append(try string()) } while take(",")
        try expect("]")
        return strings
    }

    mutating func string() throws(JSONLine.Malformed) -> [UInt16] {
        guard take("\"") else { throw malformed("a string") }
        var units: [UInt16] = []
        while position < scalars.count {
            let scalar = scalars[position]
            guard scalar >= " " else { throw malformed("no control character") }
            position += 1
            switch scalar {
            case "\"": return units
            case "\\": units.append(try escaped())
            default:
                units.append(contentsOf: UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter)
            }
        }
        throw malformed("'\"'")
    }

    private mutating func escaped() throws(JSONLine.Malformed) -> UInt16 {
        guard position < scalars.count else { throw malformed("an escaped character") }
        let unit: UInt16
        switch scalars[position] {
        case "\"", "\\", "/": unit = UInt16(scalars[position].value)
        case "b": unit = 0x08
        case "f": unit = 0x0C
        case "n": unit = 0x0A
        case "r": unit = 0x0D
        case "t": unit = 0x09
        case "u": return try hexadecimal()
        default: throw malformed("an escaped character")
        }
        position += 1
        return unit
    }

    private mutating func hexadecimal() throws(JSONLine.Malformed) -> UInt16 {
        let digits = scalars[position...].dropFirst().prefix(4)
        guard digits.count == 4, digits.allSatisfy(\.properties.isASCIIHexDigit),
            let unit = UInt16(String(String.UnicodeScalarView(digits)), radix: 16)
        else { throw malformed("u and four hexadecimal digits") }
        position += 5
        return unit
    }

    private mutating func skipWhiteSpace() {
        while position < scalars.count, [" ", "\t", "\r", "\n"].contains(scalars[position]) {
            position += 1
        }
    }
}

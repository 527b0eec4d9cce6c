import Foundation
import Testing
import UnicodeText

@Suite struct DomainNameTests {
    @Test func `has one spelling for a name, or none (A7)`() throws {
        let vectors = try lines(of: "domain-names.txt")
        #expect(vectors.count > 30)
        for vector in vectors {
            let columns = vector.split(separator: "; ", omittingEmptySubsequences: false)
            let typed = unescaped(columns[0])
            if columns[1] == "invalidLabel" {
                #expect(throws: DomainNameError.invalidLabel, "\(vector)") { try DomainName(typed) }
            } else {
                #expect(try DomainName(typed).ascii == columns[1], "\(vector)")
            }
        }
    }

    @Test func `reads its own spelling as the same name`() throws {
        let name = try DomainName("Bücher.example")
        #expect(try DomainName(name.ascii) == name)
    }

    @Test func `refuses a NUL, which C would take for the end`() {
        #expect(throws: DomainNameError.invalidLabel) {
            try DomainName("example.org\0.evil.example")
        }
    }

    @Test func `takes a label of 63 bytes and a name of 253, and not one more (RFC 1035)`() throws {
        let label = String(repeating: "a", count: 63)
        let name = "\(label).\(label).\(label).\(label.dropFirst(2))"
        #expect(try DomainName(name).ascii.utf8.count == 253)
        #expect(throws: DomainNameError.invalidLabel) { try DomainName("a\(label).org") }
        #expect(throws: DomainNameError.tooLong) { try DomainName("\(name)a") }
        #expect(throws: DomainNameError.tooLong) {
            try DomainName(String(repeating: "a.", count: 40_000) + "org")
        }
    }

    /// Returns a text with its `\u{…}` written out.
    private func unescaped(_ text: some StringProtocol) -> String {
        var pieces = text.components(separatedBy: "\\u{")
        let first = pieces.removeFirst()
        return pieces.reduce(into: first) { result, piece in
            let parts = piece.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
            let scalar = UInt32(parts[0], radix: 16).flatMap(Unicode.Scalar.init)
            result.unicodeScalars.append(scalar ?? "?")
            result += parts[1]
        }
    }
}

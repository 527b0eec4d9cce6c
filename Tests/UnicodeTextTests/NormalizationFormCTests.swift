import Foundation
import Testing
import UnicodeText

@Suite struct NormalizationFormCTests {
    @Test func `composes as Python's unicodedata does`() throws {
        let vectors = try lines(of: "nfc.txt")
        #expect(vectors.count > 500)
        for vector in vectors {
            let columns = vector.split(separator: ";").map(text(ofCodePoints:))
            #expect(
                codePoints(columns[0].inNormalizationFormC) == codePoints(columns[1]), "\(vector)")
        }
    }

    @Test func `leaves a composed text as it is`() throws {
        for vector in try lines(of: "nfc.txt") {
            let composed = text(ofCodePoints: vector.split(separator: ";")[1])
            #expect(codePoints(composed.inNormalizationFormC) == codePoints(composed), "\(vector)")
        }
    }

    @Test func `keeps the empty text, and a NUL inside a text`() {
        #expect("".inNormalizationFormC == "")
        #expect(codePoints("e\u{301}\0e\u{301}".inNormalizationFormC) == [0xE9, 0, 0xE9])
    }

    // Swift calls canonically equivalent texts equal, so code points are compared.
    private func codePoints(_ text: String) -> [UInt32] {
        text.unicodeScalars.map(\.value)
    }

    private func text(ofCodePoints column: some StringProtocol) -> String {
        let scalars = column.split(separator: " ")
            .compactMap { UInt32($0, radix: 16).flatMap(Unicode.Scalar.init) }
        return String(String.UnicodeScalarView(scalars))
    }
}

/// Returns the lines of a file of vectors, without comments and empty lines.
func lines(of name: String) throws -> [String] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Vectors/\(name)")
    return try String(contentsOf: url, encoding: .utf8)
        .split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
}

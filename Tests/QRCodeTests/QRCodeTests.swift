import QRCode
import Testing

@Suite struct QRCodeTests {
    private static let uri =
        "otpauth://totp/Seeds:ada.byron@garden.example"
        + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Seeds"

    // The bytes that fit into versions 1, 6 and 40 at level M (ISO/IEC 18004, table of capacities).
    @Test(arguments: [
        (1, 21), (14, 21), (15, 25), (98, 41), (106, 41), (107, 45), (2331, 177),
    ])
    func `takes the smallest size in which 15 % may be spoilt`(byteCount: Int, size: Int) throws {
        let code = try #require(QRCode(text: String(repeating: "a", count: byteCount)))
        #expect(code.size == size)
        #expect(code.pictureSize == size + 8)
    }

    @Test(arguments: [
        String(repeating: "a", count: 2332), String(repeating: "é", count: 1166), "a\0b", "\0",
    ])
    func `refuses what does not fit`(text: String) {
        #expect(QRCode(text: text) == nil)
    }

    @Test func `has the patterns that every symbol has`() throws {
        let code = try #require(QRCode(text: Self.uri))
        let finder = ["#######", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "#######"]
        let last = code.size - 1
        for (y, row) in finder.enumerated() {
            for (x, character) in row.enumerated() {
                let isDark = character == "#"
                #expect(code[x: x, y: y] == isDark)
                #expect(code[x: last - x, y: y] == isDark)
                #expect(code[x: x, y: last - y] == isDark)
            }
        }
        for position in 8..<(code.size - 8) {
            #expect(code[x: position, y: 6] == position.isMultiple(of: 2))
            #expect(code[x: 6, y: position] == position.isMultiple(of: 2))
        }
        // The module beside the lower finder pattern is dark in every symbol.
        #expect(code[x: 8, y: code.size - 8])
    }

    @Test(arguments: ["", "1", uri, "種を貸す図書館", String(repeating: "Q", count: 1000)])
    func `its path draws its dark modules, and no other`(text: String) throws {
        let code = try #require(QRCode(text: text))
        let drawn = try modules(drawnBy: code.path)
        var dark: Set<Module> = []
        for y in 0..<code.size {
            for x in 0..<code.size where code[x: x, y: y] {
                dark.insert(Module(x: x + QRCode.quietZone, y: y + QRCode.quietZone))
            }
        }
        #expect(drawn.count == dark.count)
        #expect(Set(drawn) == dark)
    }

    // The path, the rest of the picture and an address of usual length make less than 3 KB.
    @Test func `its path is short`() throws {
        #expect(Self.uri.utf8.count == 98)
        #expect(try #require(QRCode(text: Self.uri)).path.utf8.count < 2800)
    }

    private struct Module: Hashable {
        let x: Int
        let y: Int
    }

    private struct NotAPath: Error {}

    /// Follows a path of `M x y.5`, `m dx dy` and `h dx`, and returns every module it runs over.
    private func modules(drawnBy path: String) throws -> [Module] {
        var modules: [Module] = []
        var (x, y) = (0, 0)
        var rest = path[...]
        while let command = rest.popFirst() {
            let end = rest.firstIndex { "Mmh".contains($0) } ?? rest.endIndex
            let numbers = rest[..<end].split(separator: " ")
            rest = rest[end...]
            switch command {
            case "M":
                guard numbers.count == 2, numbers[1].hasSuffix(".5") else { throw NotAPath() }
                x = try number(numbers[0])
                y = try number(numbers[1].dropLast(2))
            case "m":
                guard numbers.count == 2 else { throw NotAPath() }
                x += try number(numbers[0])
                y += try number(numbers[1])
            default:
                guard numbers.count == 1 else { throw NotAPath() }
                let length = try number(numbers[0])
                modules += (x..<x + length).map { Module(x: $0, y: y) }
                x += length
            }
        }
        return modules
    }

    private func number(_ text: Substring) throws -> Int {
        guard let number = Int(text), number.description == text else { throw NotAPath() }
        return number
    }
}

import Foundation
import Testing

@testable import Zxcvbn

@Suite struct WordTableTests {
    /// The lists of the PyPI package, as scripts/words writes them; `nil` without the package.
    static let lists: [[String]]? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../..").standardized
        for python in [".tools/venv/bin/python3", "/usr/bin/env"] {
            let process = Process()
            process.executableURL = URL(filePath: python, relativeTo: root)
            let script = root.appending(path: "scripts/words").path
            process.arguments = python == "/usr/bin/env" ? ["python3", script] : [script]
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { continue }
            let text = String(
                decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { continue }
            return text.components(separatedBy: "\n\n").dropLast().map {
                $0.components(separatedBy: "\n")
            }
        }
        return nil
    }()

    static var builtIn: [UInt8] {
        guard case .literal(let literal) = WordTable.english.storage else { return [] }
        return unsafe Array(
            UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    @Test(
        .enabled(
            if: lists != nil, "needs the PyPI package zxcvbn 4.5.0 (scripts/requirements/pip.txt)"))
    func `the built-in table is what the lists compile to`() throws {
        let lists = try #require(Self.lists)
        #expect(lists.map(\.count) == [30_000, 30_000, 3712, 10_000, 19_160, 983, 2])
        #expect(try WordTable.compile(lists) == Self.builtIn)
    }

    @Test(
        .enabled(
            if: lists != nil, "needs the PyPI package zxcvbn 4.5.0 (scripts/requirements/pip.txt)"))
    func `every word of the lists has its list and rank`() throws {
        let lists = try #require(Self.lists)
        WordTable.english.withReader { reader in
            for (list, words) in zip(WordList.original, lists) {
                for (index, word) in words.enumerated() where word != "constructor" {
                    let found = reader.rankedWord(word)
                    let isRight = found?.list == list && found?.rank == Double(index + 1)
                    #expect(isRight, "\(word): \(String(describing: found))")
                }
            }
        }
    }

    @Test func `the built-in table takes at most 700 KB`() {
        #expect(Self.builtIn.count > 600_000)
        #expect(Self.builtIn.count <= 700_000)
    }

    @Test func `finds the words of a list given at run time`() throws {
        let bytes = try WordTable.compile([["Straßenbahn", "пароль"], ["zürich", "密码", "grüezi"]])
        let estimator = Estimator(extraWords: [try WordTable(bytes: bytes)])
        for (password, list, rank) in [
            ("straßenbahn", 0, 1), ("ПАРОЛЬ", 0, 2), ("zürich", 1, 1), ("密码", 1, 2),
            ("izeürg", 1, 3),
        ] {
            let estimate = estimator.estimate(password, referenceYear: 2026)
            guard estimate.sequence.count == 1,
                case .dictionary(let word) = estimate.sequence[0].pattern
            else {
                Issue.record("\(password): \(estimate.sequence)")
                continue
            }
            #expect(word.list == .custom(list))
            #expect(word.rank == rank)
            #expect(word.isReversed == (password == "izeürg"))
        }
    }

    @Test(arguments: [[[]], [["a"]], [["a", "b", "ab", "ba"]], [[], ["x"], []]])
    func `compiles small lists`(lists: [[String]]) throws {
        let table = try WordTable(bytes: try WordTable.compile(lists))
        table.withReader(customFrom: 0) { reader in
            for (list, words) in lists.enumerated() {
                for (index, word) in words.enumerated() {
                    let found = reader.rankedWord(word)
                    #expect(found?.list == .custom(list))
                    #expect(found?.rank == Double(index + 1))
                }
            }
            #expect(reader.rankedWord("abc") == nil)
            #expect(reader.rankedWord("\u{1}") == nil)
        }
    }

    @Test func `refuses words that no password can hold`() {
        for word in ["", "a\tb", String(repeating: "a", count: 256)] {
            #expect(throws: WordListError.unusableWord(list: 1, line: 2)) {
                try WordTable.compile([["a"], ["b", word]])
            }
        }
    }

    @Test func `refuses bytes that are not a table`() throws {
        #expect(throws: WordTableError.notATable) { try WordTable(bytes: []) }
        #expect(throws: WordTableError.notATable) { try WordTable(bytes: Array("password\n".utf8)) }
        let bytes = try WordTable.compile([["password", "passage", "passé"]])
        for count in 16..<bytes.count {
            #expect(throws: WordTableError.self) {
                try WordTable(bytes: Array(bytes.prefix(count)))
            }
        }
        #expect(throws: WordTableError.self) { try WordTable(bytes: bytes + [0]) }
    }

    @Test func `reads a damaged table without harm or refuses it`() throws {
        let bytes = try WordTable.compile([["password", "passage", "passé", "sage", "word"]])
        var refused = 0
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << bit
                guard let table = try? WordTable(bytes: damaged) else {
                    refused += 1
                    continue
                }
                let estimator = Estimator(extraWords: [table])
                let estimate = estimator.estimate("passagepassépassword", referenceYear: 2026)
                #expect(estimate.guesses.isFinite)
            }
        }
        #expect(refused > bytes.count)
    }
}

extension WordReader {
    /// The list and the rank of a word in lower case.
    fileprivate func rankedWord(_ word: String) -> RankedWord? {
        var state = start
        for unit in word.utf16 {
            guard let next = step(state, unit) else { return nil }
            state = next
        }
        return self.word(at: state)
    }
}

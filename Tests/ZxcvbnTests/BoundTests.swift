import Foundation
import Testing

@testable import Zxcvbn

/// That the work stays in proportion to the length, counted rather than timed.
@Suite struct BoundTests {
    /// Passwords of 1,024 units that are slow in the original or might be here.
    static let hostile: [(name: String, password: String)] = {
        var random = Random(seed: 7)
        func long(_ piece: (inout Random) -> String) -> String {
            var text = ""
            while text.utf16.count < 1024 { text += piece(&random) }
            return String(decoding: text.utf16.prefix(1024), as: UTF16.self)
        }
        let substitutes = Substitutions.substitutes.map {
            String(decoding: [$0.unit], as: UTF16.self)
        }
        return [
            ("one letter", long { _ in "a" }),
            ("two letters", long { Bool.random(using: &$0) ? "a" : "b" }),
            (
                "doubled letters",
                long { random in
                    let letter = String(decoding: random.printable(count: 1), as: UTF16.self)
                    return letter + letter
                }
            ),
            ("repeats of repeats", long { _ in "aabaabcaabaabd" }),
            ("substitutes", long { substitutes.randomElement(using: &$0) ?? "" }),
            ("digits", long { String(Int.random(in: 0...9, using: &$0)) }),
            ("dates", long { _ in "1/1/" }),
            ("words in words", long { _ in "passwordpass" }),
            ("names of objects", long { Bool.random(using: &$0) ? "constructorx" : "__proto__y" }),
            ("keys side by side", long { _ in "as" }),
            ("printable", long { String(decoding: $0.printable(count: 1), as: UTF16.self) }),
        ]
    }()

    static let names = hostile.map(\.name)

    static func units(_ name: String) throws -> [UInt16] {
        let hostile = try #require(Self.hostile.first { $0.name == name })
        return Array(hostile.password.utf16)
    }

    @Test func `answers as the original where that took seconds`() throws {
        let vectors = try Vector.load("zxcvbn-hostile-reference.jsonl")
        #expect(vectors.count == 31)
        for vector in vectors {
            let estimate = Estimator().estimate(vector.password, referenceYear: 2026)
            let differences = vector.differences(from: estimate)
            #expect(differences.isEmpty, "\(vector.password.prefix(20)): \(differences)")
        }
    }

    @Test(arguments: names)
    func `a line has fewer runs than units`(name: String) throws {
        let units = try Self.units(name)
        let runs = unsafe units.withUnsafeBufferPointer { unsafe Runs(in: $0) }
        #expect(runs.count < units.count)
    }

    @Test(arguments: names)
    func `a few matches end at each unit`(name: String) throws {
        let search = Search(try candidates(name))
        #expect(search.matchCount <= 24 * 1024)
    }

    @Test(arguments: names)
    func `brute force lengthens few sequences`(name: String) throws {
        var search = Search(try candidates(name))
        _ = search.run()
        // The original would try every sequence of every earlier end, some ten million.
        #expect(search.lengthenedCount <= 1024 * 1024)
    }

    @Test func `no password has more readings than a set of them holds`() {
        // Only these substitutes share letters; the others multiply the readings by their number.
        let shared = Substitutions.substitutes.indices.filter { place in
            "1!|7+".utf16.contains(Substitutions.substitutes[place].unit)
        }
        #expect(shared.count == 5)
        let all: UInt32 = (1 << UInt32(Substitutions.substitutes.count)) - 1
        var most = 0
        for subset in 0..<(1 << shared.count) {
            var places = all
            for (bit, place) in shared.enumerated() where subset >> bit & 1 == 0 {
                places &= ~(1 << UInt32(place))
            }
            let readings = Substitutions.readings(of: places)
            #expect(Set(readings).count == readings.count)
            most = max(most, readings.count)
        }
        #expect(most == 736)
        #expect(most <= ReadingSet.capacity)
    }

    private func candidates(_ name: String) throws -> Candidates {
        Analysis(tables: [.english], userWords: UserWords([]), referenceYear: 2026)
            .candidates(of: try Self.units(name))
    }
}

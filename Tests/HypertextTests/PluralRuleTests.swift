import Foundation
import Hypertext
import Testing

@Suite struct PluralRuleTests {
    /// Languages and the forms of their numbers, by another program; see `Vectors/plurals.py`.
    struct Vector {
        let languages: [String]
        let forms: [(number: Int, form: String)]
    }

    static let vectors: [Vector] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Vectors/plurals.txt")
        let lines = ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n")
        let numbers = lines.first?.split(separator: " ").compactMap { Int($0) } ?? []
        return lines.dropFirst().map { line in
            let parts = line.split(separator: ": ")
            return Vector(
                languages: parts[0].split(separator: " ").map(String.init),
                forms: Array(zip(numbers, parts[1].split(separator: " ").map(String.init))))
        }
    }()

    @Test func `gives each number the form that CLDR gives it`() {
        var known = 0
        for vector in Self.vectors {
            for language in vector.languages {
                guard let rule = PluralRule(language: language) else {
                    // CLDR has no rule for it, and takes all numbers for alike.
                    #expect(vector.forms.allSatisfy { $0.form == "other" }, "\(language)")
                    continue
                }
                known += 1
                for (number, form) in vector.forms {
                    #expect(rule.form(of: number).name == form, "\(language) \(number)")
                }
                #expect(
                    Set(rule.forms.map(\.name)) == Set(vector.forms.map(\.form)), "\(language)")
            }
        }
        #expect(known > 200)
    }

    // The examples of CLDR's own plurals.xml.
    @Test(arguments: [
        ("one", [1]), ("few", [0, 2, 16, 101, 102, 1002]), ("other", [20, 35, 100, 1000]),
    ])
    func `counts in Romanian`(form: String, numbers: [Int]) {
        #expect(numbers.allSatisfy { PluralRule(language: "ro")?.form(of: $0).name == form })
    }

    @Test func `takes a region's rule for that of its language, but for Portugal's`() {
        #expect(PluralRule(language: "de-AT")?.form(of: 0) == .other)
        #expect(PluralRule(language: "pt-BR")?.form(of: 0) == .one)
        #expect(PluralRule(language: "pt-PT")?.form(of: 0) == .other)
        #expect(PluralRule(language: "tlh") == nil)
    }
}

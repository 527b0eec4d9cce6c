import Foundation
import Zxcvbn

/// A password with the original's answer.
struct Vector: Decodable {
    let password: String
    let user_inputs: [String]?
    let guesses: Double
    let guesses_log10: Double
    let score: Int
    let sequence: [Part]
    let feedback: Words
    let display: [String: String]

    struct Part: Decodable {
        let pattern: String
        let i: Int
        let j: Int
        let guesses: Double
    }

    struct Words: Decodable {
        let warning: String
        let suggestions: [String]
    }

    /// Reads a file of one vector on each line.
    static func load(_ name: String) throws -> [Vector] {
        let url = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Vectors/\(name)")
        let lines = try Data(contentsOf: url).split(separator: 0x0A)
        return try lines.map { try JSONDecoder().decode(Vector.self, from: $0) }
    }

    /// What differs between the answer and an estimate; empty if nothing does.
    func differences(from estimate: Estimate) -> [String] {
        var differences: [String] = []
        func compare<Value: Equatable>(_ what: String, _ found: Value, _ expected: Value) {
            if found != expected { differences.append("\(what) \(found), expected \(expected)") }
        }
        func compareClosely(_ what: String, _ found: Double, _ expected: Double) {
            if abs(found - expected) > 1e-9 * max(abs(expected), 1) {
                differences.append("\(what) \(found), expected \(expected)")
            }
        }
        compareClosely("guesses", estimate.guesses, guesses)
        compareClosely("guesses_log10", estimate.guessesLog10, guesses_log10)
        compare("score", estimate.score.rawValue, score)
        compare(
            "sequence",
            estimate.sequence.map {
                "\($0.pattern.name) \($0.range.lowerBound) \($0.range.upperBound)"
            },
            sequence.map { "\($0.pattern) \($0.i) \($0.j)" })
        for (found, expected) in zip(estimate.sequence, sequence) {
            compareClosely("guesses of \(expected)", found.guesses, expected.guesses)
        }
        compare("warning", estimate.feedback.warning?.text(in: .english) ?? "", feedback.warning)
        compare(
            "suggestions", estimate.feedback.suggestions.map { $0.text(in: .english) },
            feedback.suggestions)
        for attack in Attack.allCases {
            compare(
                attack.rawValue, estimate.crackTime(attack).text(in: .english),
                display[attack.rawValue] ?? "")
        }
        return differences
    }
}

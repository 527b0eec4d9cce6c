import Foundation
import Testing

/// A page script: what a browser sends and what must come back (`Tests/Scripts/README.md`).
struct Script: CustomTestStringConvertible {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Scripts")

    /// Every script of the folder.
    static var all: [Script] {
        get throws {
            try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "txt" }
                .sorted { $0.path < $1.path }
                .map { try Script($0) }
        }
    }

    let name: String
    let lines: [Line]

    /// One statement, and where it stands.
    struct Line {
        let place: String
        let words: [String]
        let text: String

        /// The rest of the line behind its first `count` words.
        func rest(after count: Int) -> String {
            text.split(separator: " ", maxSplits: count, omittingEmptySubsequences: false)
                .dropFirst(count).joined(separator: " ")
        }
    }

    /// Reads a script, with the parts that it plays put in their place.
    init(_ file: URL) throws {
        try self.init(
            file.deletingPathExtension().lastPathComponent,
            text: String(contentsOf: file, encoding: .utf8))
    }

    /// Reads a script that a test has written.
    init(_ name: String, text: String) throws {
        self.name = name
        lines = try Self.lines(of: text, name)
    }

    private static func lines(of text: String, _ name: String) throws -> [Line] {
        let texts = text.split(separator: "\n", omittingEmptySubsequences: false)
        return try texts.enumerated().flatMap { number, text -> [Line] in
            guard !text.isEmpty, !text.hasPrefix("#") else { return [] }
            let words = text.split(separator: " ").map(String.init)
            guard words[0] == "play" else {
                let place = "\(name).txt:\(number + 1)"
                return [Line(place: place, words: words, text: String(text))]
            }
            return try Script(folder.appending(path: "parts/\(words[1]).txt")).lines
        }
    }

    var testDescription: String { name }
}

/// Why a script cannot be played on.
struct ScriptError: Error, CustomStringConvertible {
    let description: String
}

import ArgumentParser
import Foundation
import Glibc
import Zxcvbn

/// `postern words`: ranked lists of words to a table for the scorer.
struct WordsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "words",
        abstract: "Compile lists of words into a table for the scorer.",
        discussion: """
            A list has one word on each line, in UTF-8, the most common first. Of a word that stands \
            in several lists the last counts. Equal lists give equal tables.

            Example:
              postern words names.txt places.txt --output site.words
            """)

    @Argument(help: "The lists.", completion: .file())
    var lists: [String]

    @Option(help: "The file for the table; it is replaced as a whole.")
    var output: String

    func run() throws {
        let words = try lists.map(read)
        let table: [UInt8]
        do {
            table = try WordTable.compile(words)
        } catch {
            throw complain(about: error)
        }
        do {
            try Data(table).write(to: URL(filePath: output), options: .atomic)
        } catch {
            Complaint("\(output): cannot be written: \(error.localizedDescription)").print()
            throw ExitCode(EX_CANTCREAT)
        }
        if isatty(STDERR_FILENO) == 1 {
            say("\(output): \(words.joined().count) words, \(table.count) bytes")
        }
    }

    /// Reads a list; what stands behind the last line feed counts if it is not empty.
    private func read(_ path: String) throws -> [String] {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            Complaint("\(path): cannot be read").print()
            throw ExitCode(EX_NOINPUT)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            Complaint("\(path): is not UTF-8", hint: "save the list in UTF-8").print()
            throw ExitCode(EX_DATAERR)
        }
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        return (lines.last?.isEmpty == true ? lines.dropLast() : lines[...]).map { String($0) }
    }

    /// Says what is wrong with the lists, and returns the exit code that stands for it (sysexits.h).
    private func complain(about error: WordListError) -> ExitCode {
        switch error {
        case .unusableWord(let list, let line):
            Complaint(
                "\(lists[list]):\(line): the word is empty, too long or has a control character",
                hint: "remove the line"
            ).print()
        case .tooManyWords:
            Complaint("too many words for one table", hint: "shorten the lists").print()
        }
        return ExitCode(EX_DATAERR)
    }
}

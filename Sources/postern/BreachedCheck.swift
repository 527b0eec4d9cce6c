import ArgumentParser
import BreachedPasswords
import Cryptography
import Glibc
import Terminal

/// `postern breached check`: asks a filter about passwords.
struct BreachedCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say whether passwords are known from breaches.",
        discussion: """
            On a terminal it asks for one password and does not show it. Otherwise it reads a password \
            from each line of standard input, and writes a line for each: its number, a tab, and \
            'not seen', 'seen once or more', 'seen 10 times or more', 'seen 100 times or more' and so \
            on, or 'not known' if it can be nobody's password. The exit status is 0 if none was seen, and 1 if one was.

            Example:
              postern breached check --filter /srv/postern/breached.filter < passwords.txt
            """)

    @OptionGroup var filter: FilterOption

    func run() throws {
        let exposures = try withBreachedPasswords {
            let filter = try BreachedFilter(contentsOfFile: filter.filter)
            return isatty(STDIN_FILENO) == 1 ? try ask(filter) : try readAll(filter)
        }
        guard !exposures.contains(.unknown) else { throw ExitCode(EX_DATAERR) }
        guard exposures.isSubset(of: [.unseen]) else { throw ExitCode.failure }
    }

    /// Checks a password that is typed.
    private func ask(_ filter: BreachedFilter) throws -> Set<Exposure> {
        let line: LineReader.Line?
        do {
            line = try HiddenPrompt().ask("Password (not shown): ")
        } catch {
            Complaint("\(error)").print()
            throw ExitCode(EX_IOERR)
        }
        guard let line else { return [] }
        let exposure = try exposure(of: line, number: 1, filter)
        print(exposure.text)
        return [exposure]
    }

    /// Checks each line of standard input.
    ///
    /// What has been found is written before it waits for more, so that a program at both ends of it
    /// gets each answer.
    private func readAll(_ filter: BreachedFilter) throws -> Set<Exposure> {
        var reader = LineReader(STDIN_FILENO)
        var exposures: Set<Exposure> = []
        var number = 0
        while let line = reader.next(beforeWaiting: { fflush(nil) }) {
            number += 1
            let exposure = try exposure(of: line, number: number, filter)
            print(number, exposure.text, separator: "\t")
            exposures.insert(exposure)
        }
        return exposures
    }

    /// Looks a line up; with a complaint, unknown if it can be nobody's password.
    private func exposure(
        of line: LineReader.Line, number: Int, _ filter: BreachedFilter
    ) throws -> Exposure {
        guard case .text(let text) = line, let password = try? Password(text) else {
            Complaint("line \(number): not UTF-8, too long, or with a NUL").print()
            return .unknown
        }
        return try filter.exposure(of: password)
    }
}

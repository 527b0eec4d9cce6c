import Glibc
import Terminal
import Zxcvbn

/// A line of output for each line of input.
struct Filter {
    private let options: Options
    private let year: Int
    private let estimator: Estimator
    private var output: [UInt8] = []

    /// Does what the arguments ask for.
    ///
    /// - Returns: the exit code (sysexits.h).
    static func run(_ arguments: some Sequence<String>) -> Int32 {
        do throws(Complaint) {
            let options = try Options(arguments)
            guard !options.isHelp else {
                _ = unsafe Glibc.write(STDOUT_FILENO, Options.help, Options.help.utf8.count)
                return EX_OK
            }
            var filter = try Filter(options)
            return isatty(STDIN_FILENO) == 1 ? try filter.ask() : filter.readAll()
        } catch {
            error.print()
            return error.exitCode
        }
    }

    init(_ options: Options) throws(Complaint) {
        self.options = options
        var tables: [WordTable] = []
        for path in options.words { tables.append(try WordTable(path: path)) }
        estimator = Estimator(extraWords: tables)
        year = options.year ?? currentYear()
    }

    /// Asks for one password on the terminal.
    private mutating func ask() throws(Complaint) -> Int32 {
        let asked: LineReader.Line?
        do throws(HiddenPromptError) {
            asked = try HiddenPrompt().ask("Password (not shown): ")
        } catch {
            throw Complaint("\(error)", exitCode: EX_IOERR)
        }
        guard let line = asked else { return EX_OK }
        let isGood = answer(line, number: 1)
        flush()
        return isGood ? EX_OK : EX_DATAERR
    }

    /// Answers every line of standard input.
    ///
    /// What has been answered is written before it waits for more, so that a program at both ends of
    /// it gets each answer.
    private mutating func readAll() -> Int32 {
        var reader = LineReader(STDIN_FILENO)
        var code = EX_OK
        var number = 0
        while let line = reader.next(beforeWaiting: { flush() }) {
            number += 1
            if !answer(line, number: number) { code = EX_DATAERR }
        }
        flush()
        return code
    }

    /// Answers one line; whether it was good.
    private mutating func answer(_ line: LineReader.Line, number: Int) -> Bool {
        do throws(BadLine) {
            let (password, userInputs) = try input(line)
            let estimate = estimator.estimate(
                units: password, userInputs: userInputs, referenceYear: year)
            append(
                options.isJSON
                    ? JSONReport(estimate, of: password).text : PlainReport(estimate).text)
            return true
        } catch {
            say("score: error: line \(number): \(error.reason)\n")
            let reason = "line \(number): \(error.reason)"
            append(options.isJSON ? JSONReport(error: reason).text : "not scored: \(reason)")
            return false
        }
    }

    /// Why a line is not scored.
    private struct BadLine: Error {
        let reason: String
    }

    private func input(
        _ line: LineReader.Line
    ) throws(BadLine) -> (password: [UInt16], userInputs: [[UInt16]]) {
        switch line {
        case .notUTF8: throw BadLine(reason: "not UTF-8")
        case .tooLong: throw BadLine(reason: "longer than \(LineReader.longestLine) bytes")
        case .text(let text) where options.input == .text: return (Array(text.utf16), [])
        case .text(let text):
            do {
                let line = try JSONLine(text)
                return (line.password, line.userInputs)
            } catch {
                throw BadLine(reason: "\(error)")
            }
        }
    }

    private mutating func append(_ line: String) {
        output += line.utf8
        output.append(UInt8(ascii: "\n"))
    }

    /// Writes what has been answered; with nobody to read it there is nothing more to do.
    private mutating func flush() {
        var rest = output[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
            }
            guard count > 0 || errno == EINTR else {
                Complaint("standard output cannot be written").print()
                exit(EX_IOERR)
            }
            rest = rest.dropFirst(max(0, count))
        }
        output.removeAll(keepingCapacity: true)
    }
}

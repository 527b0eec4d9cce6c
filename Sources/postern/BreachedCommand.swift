import ArgumentParser
import BreachedPasswords
import Glibc

/// `postern breached`: passwords that are known from breaches.
struct BreachedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "breached",
        abstract: "Get a list of breached passwords, make a filter of it, and ask it.",
        subcommands: [
            BreachedDownload.self,
            BreachedBuild.self,
            BreachedCheck.self,
            BreachedAudit.self,
        ])
}

/// `--filter`, for the commands that ask one.
struct FilterOption: ParsableArguments {
    @Option(help: "The file that 'postern breached build' has written.", completion: .file())
    var filter: String
}

/// `--plain` and `--hashes`, for lists that are not what their first line looks like.
struct ListForm: ParsableArguments {
    @Flag(help: "Take the lines of the list for passwords.")
    var plain = false

    @Flag(help: "Take the lines of the list for hashes.")
    var hashes = false

    /// What is in the lines; nil if the first one is to say it.
    var form: BreachListReader.Form? { plain ? .passwords : hashes ? .hashes : nil }

    func validate() throws {
        guard !plain || !hashes else {
            throw ValidationError("--plain and --hashes exclude each other")
        }
    }
}

/// Does something with lists and filters; on a failure, complains and ends with its code
/// (sysexits.h).
func withBreachedPasswords<Value>(_ work: () throws -> Value) throws -> Value {
    do {
        return try work()
    } catch let error as BreachListError {
        Complaint("\(error)", hint: error.remedy).print()
        switch error {
        case .unreadable, .noPrefixes: throw ExitCode(EX_NOINPUT)
        case .malformed, .empty: throw ExitCode(EX_DATAERR)
        }
    } catch let error as BreachedFilterError {
        Complaint("\(error)", hint: error.remedy).print()
        switch error {
        case .unreadable: throw ExitCode(EX_NOINPUT)
        case .writableByOthers: throw ExitCode(EX_NOPERM)
        case .notAFilter, .otherFormat, .truncated, .damaged: throw ExitCode(EX_DATAERR)
        }
    } catch let error as FilterWriteError {
        Complaint("\(error)", hint: error.remedy).print()
        switch error {
        case .busy: throw ExitCode(EX_TEMPFAIL)
        case .unwritable, .occupied: throw ExitCode(EX_CANTCREAT)
        }
    }
}

extension Exposure {
    /// The exposure in words that stay as they are.
    var text: String {
        switch self {
        case .unknown: "not known"
        case .unseen: "not seen"
        case .seen(1): "seen once or more"
        case .seen(let count): "seen \(count.grouped) times or more"
        }
    }
}

extension Int {
    /// The number with a comma before each three digits.
    var grouped: String {
        let digits = Array(String(self))
        return digits.indices.reduce(into: "") { text, index in
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digits[index])
        }
    }
}

import ArgumentParser
import BreachedPasswords
import Glibc
import Installation
import WebClient

/// `postern breached download`: the whole list of breached passwords, range by range.
struct BreachedDownload: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "download",
        abstract: "Get the list of breached passwords from Have I Been Pwned.",
        discussion: """
            The list comes as 1,048,576 files of 30 to 40 kB each, 00000.txt to FFFFF.txt, with the \
            rest of a hash and a count on each line. It takes some 40 GB and, at 16 at once, hours. \
            End it at any time and run it again: what is there is not asked for again. It needs curl.

            With --refresh, files that are there are asked for too, and only those come again that \
            have changed.

            Example:
              postern breached download /srv/breached
            """)

    @Argument(help: "The directory for the files; it is made if there is none.")
    var directory: String

    @Option(help: "How many files to ask for at once, from 1 to 64.")
    var parallel = 16

    @Flag(help: "Get hashes as Windows has them, instead of SHA-1.")
    var ntlm = false

    @Flag(help: "Ask for files too that are there, and get those that have changed.")
    var refresh = false

    @Option(
        help: ArgumentHelp(
            "A part of the list, such as 00000-000FF (default: all of it).",
            valueName: "first-last"))
    var prefixes = PrefixRange.all

    @Option(help: ArgumentHelp("The service to ask.", valueName: "url"))
    var service = BreachedService.standardAddress

    @Option(
        help: ArgumentHelp(
            "The authorities that vouch for the service: a file in PEM or a directory (default: those that curl trusts).",
            valueName: "path"),
        completion: .file())
    var certificates: String?

    func validate() throws {
        guard (1...64).contains(parallel) else {
            throw ValidationError("--parallel takes a number from 1 to 64")
        }
        guard WebAddress(service) != nil else {
            throw ValidationError("--service takes an address that begins with https://")
        }
    }

    func run() throws {
        let function: BreachHash.Function = ntlm ? .ntlm : .sha1
        let curl = Curl(
            service: service.hasSuffix("/") ? service : service + "/",
            query: ntlm ? "?mode=ntlm" : "", certificates: certificates, parallel: parallel)
        do {
            let directory = try RangeDirectory(path: directory, function: function)
            var download = RangeDownload(from: curl, to: directory, refreshing: refresh)
            try download.run(prefixes.numbers)
        } catch let error as DownloadError {
            Complaint(error.message, hint: error.hint).print()
            throw ExitCode(error.code)
        }
    }
}

/// A part of the list, from one prefix to another.
struct PrefixRange: ExpressibleByArgument {
    static let all = PrefixRange(numbers: 0...RangePrefix.count - 1)

    let numbers: ClosedRange<Int>

    private init(numbers: ClosedRange<Int>) {
        self.numbers = numbers
    }

    init?(argument: String) {
        let ends = argument.split(separator: "-", omittingEmptySubsequences: false)
            .map { RangePrefix($0)?.number }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last else {
            return nil
        }
        numbers = first...last
    }

    var defaultValueDescription: String { "" }
}

/// Why the list was not got, for the operator.
struct DownloadError: Error {
    let message: String
    var hint: String?
    /// Of sysexits.h.
    let code: Int32
}

import BreachedPasswords
import CLinux
import Glibc
import Installation

/// A run of `curl`, which gets many ranges over few connections.
///
/// It takes no settings but those given here: no file of the user, no proxy, no redirection, and
/// nothing of this program's environment (P24).
struct Curl {
    /// The address of the service, which ends with a slash.
    let service: String
    /// What stands behind the prefix in an address.
    let query: String
    let certificates: String?
    let parallel: Int

    /// A range to be got.
    struct Request {
        let prefix: RangePrefix
        /// What the service called the range that is there (RFC 9110 §8.8.3).
        let tag: String?
        /// The file for what comes.
        let path: String
    }

    /// What became of a request.
    struct Result {
        let prefix: RangePrefix
        /// The status; 0 if there was no answer.
        let status: Int
        /// For how many seconds the service asks to be left alone.
        let retryAfter: Int?
        /// What the service calls what it sent.
        let tag: String
        /// What curl complains of; empty if it got a whole answer, whatever it says.
        let complaint: String

        /// Reads a line that ``Curl`` has asked for.
        fileprivate init?(_ line: Substring) {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 6, let prefix = RangePrefix(fields[0]),
                let status = Int(fields[2])
            else { return nil }
            self.prefix = prefix
            self.status = status
            retryAfter = Int(fields[3])
            tag = String(fields[4])
            complaint = fields[1] == "0" ? "" : String(fields[5])
        }
    }

    /// Gets ranges.
    ///
    /// - Parameters:
    ///   - requests: What to get.
    ///   - configurationPath: A file for what curl is told.
    ///   - goesOn: Is told of each request when it is over; false ends the run.
    /// - Throws: `DownloadError` if curl cannot be run.
    func run(
        _ requests: [Request], configurationPath: String, goesOn: (Result) -> Bool
    ) throws {
        let text = requests.map(section).joined(separator: "next\n")
        try RangeDirectory.write(Array(text.utf8), to: configurationPath)
        let (child, output) = try unsafe Self.start(
            ["--parallel", "--parallel-max", String(parallel)],
            configurationPath: configurationPath)
        defer { unsafe fclose(output) }

        var line: UnsafeMutablePointer<CChar>?
        var size = 0
        defer { unsafe free(line) }
        while unsafe getline(&line, &size, output) > 0, let found = unsafe line {
            let text = unsafe String(cString: found)
            guard let result = Result(text.prefix { $0 != "\n" }), goesOn(result) else {
                kill(child, SIGTERM)
                break
            }
        }
        var status: Int32 = 0
        unsafe waitpid(child, &status, 0)
        // 2 is curl's own “failed to initialize”, and it has said why.
        guard status != 2 << 8 else {
            throw DownloadError(message: "curl does not run", code: EX_UNAVAILABLE)
        }
    }

    /// What curl is told of one request; nothing of it counts for the next.
    private func section(_ request: Request) -> String {
        var options = [
            ("url", service + request.prefix.text + query), ("output", request.path),
            ("proto", "=https"), ("noproxy", "*"), ("user-agent", BreachedService.userAgent),
            ("connect-timeout", "10"), ("max-time", "60"),
            (
                "write-out",
                request.prefix.text
                    + "\t%{exitcode}\t%{http_code}\t%header{retry-after}\t%header{etag}\t%{errormsg}\n"
            ),
        ]
        if let certificates {
            options.append((Self.isDirectory(certificates) ? "capath" : "cacert", certificates))
        }
        if let tag = request.tag {
            options.append(("header", "If-None-Match: \(tag)"))
        }
        return "compressed\ntlsv1.2\n"
            + options.map { "\($0) = \(Self.quoted($1))\n" }.joined()
    }

    /// Starts curl, which writes to a pipe.
    static func start(
        _ options: [String], configurationPath: String
    ) throws -> (child: pid_t, output: UnsafeMutablePointer<FILE>) {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0, let output = unsafe fdopen(ends[0], "r") else {
            throw DownloadError(message: "there is no pipe to be had", code: EX_OSERR)
        }
        defer { close(ends[1]) }

        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(
            &actions, STDIN_FILENO, configurationPath, O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        unsafe posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)

        let arguments =
            ["curl", "-q", "--silent", "--no-progress-meter"] + options + ["--config", "-"]
        var argv = unsafe arguments.map { unsafe strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = unsafe [nil]
        defer { unsafe argv.forEach { unsafe free($0) } }
        var child: pid_t = 0
        // Searched for in the path of this program, although curl itself learns nothing of it.
        guard unsafe posix_spawnp(&child, "curl", &actions, nil, &argv, &envp) == 0 else {
            unsafe fclose(output)
            throw DownloadError(
                message: "curl cannot be started", hint: "install it, as with 'apt install curl'",
                code: EX_UNAVAILABLE)
        }
        return unsafe (child, output)
    }

    /// A value as it stands in a configuration of curl.
    static func quoted(_ value: String) -> String {
        let escapes: [Character: String] = ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\t": "\\t"]
        return "\"" + value.map { escapes[$0] ?? String($0) }.joined() + "\""
    }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}

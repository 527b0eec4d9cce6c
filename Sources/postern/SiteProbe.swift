import Accounts
import CLinux
import Glibc

/// Asks the web server of a site for pages, as anybody could, by a run of `curl`.
///
/// It follows no redirection and knows no proxy; see ``Curl``.
struct SiteProbe {
    let site: SiteURL
    /// By which certificates the site is recognised.
    let certificates: String

    /// What is asked for.
    struct Question {
        /// The path and the query, percent-encoded.
        let path: String
        /// A header field besides the usual ones.
        var header: String?
    }

    /// What came back.
    struct Answer {
        /// The status; 0 if there was no answer.
        let status: Int
        /// What curl complains of; empty if it got a whole answer, whatever it says.
        let complaint: String
        private let fields: [Substring]

        /// The value of one of ``SiteProbe/fieldNames``; empty if it did not come.
        func field(_ name: String) -> String {
            SiteProbe.fieldNames.firstIndex(of: name).map { String(fields[$0]) } ?? ""
        }

        /// Reads a line that ``SiteProbe`` has asked for.
        fileprivate init?(_ line: Substring) {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard parts.count >= SiteProbe.fieldNames.count + 3, let status = Int(parts[1]) else {
                return nil
            }
            self.status = status
            fields = Array(parts[2...].prefix(SiteProbe.fieldNames.count))
            complaint = parts[0] == "0" ? "" : String(parts[2 + SiteProbe.fieldNames.count])
        }
    }

    static let fieldNames = [
        "content-security-policy", "cache-control", "strict-transport-security",
        "x-content-type-options", "location",
    ]

    /// Asks, one question after another.
    ///
    /// - Returns: An answer for each.
    /// - Throws: `DownloadError` if curl cannot be run.
    func ask(_ questions: [Question]) throws -> [Answer] {
        let text = questions.map(section).joined(separator: "next\n")
        let configuration = unsafe memfd_create("questions", postern_mfd_cloexec)
        defer { close(configuration) }
        guard unsafe write(configuration, text, text.utf8.count) == text.utf8.count else {
            throw DownloadError(message: "there is no memory for a file", code: EX_OSERR)
        }
        let (child, output) = try unsafe Curl.start(
            [], configurationPath: "/proc/self/fd/\(configuration)")
        defer { unsafe fclose(output) }
        var line: UnsafeMutablePointer<CChar>?
        var size = 0
        defer { unsafe free(line) }
        var answers: [Answer] = []
        while unsafe getline(&line, &size, output) > 0, let found = unsafe line {
            let text = unsafe String(cString: found)
            if let answer = Answer(text.prefix { $0 != "\n" }) { answers.append(answer) }
        }
        var status: Int32 = 0
        unsafe waitpid(child, &status, 0)
        guard answers.count == questions.count else {
            throw DownloadError(message: "curl does not run", code: EX_UNAVAILABLE)
        }
        return answers
    }

    /// What curl is told of one question.
    private func section(_ question: Question) -> String {
        let wanted = Self.fieldNames.map { "%header{\($0)}" }.joined(separator: "\t")
        var options = [
            ("url", site.origin + question.path), ("output", "/dev/null"),
            ("proto", "=http,https"), ("noproxy", "*"), ("user-agent", "postern doctor"),
            ("connect-timeout", "5"), ("max-time", "15"),
            (Curl.isDirectory(certificates) ? "capath" : "cacert", certificates),
            ("write-out", "%{exitcode}\t%{http_code}\t\(wanted)\t%{errormsg}\n"),
        ]
        if let header = question.header { options.append(("header", header)) }
        return "path-as-is\n" + options.map { "\($0) = \(Curl.quoted($1))\n" }.joined()
    }
}

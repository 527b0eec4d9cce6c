import ArgumentParser
import Glibc
import SiteBuilder

extension SiteError {
    /// Says what went wrong, and returns the exit code that stands for it (sysexits.h).
    func complain(about site: String) -> ExitCode {
        switch self {
        case .problems(let problems):
            problems.forEach(say)
            let count = problems.count == 1 ? "1 problem" : "\(problems.count) problems"
            Complaint("\(count) in \(site); nothing was written").print()
            return .failure
        case .noSite(let path):
            Complaint(
                "\(path): no site.yml here",
                hint: "name the directory in which the site's site.yml lies"
            ).print()
            return ExitCode(EX_NOINPUT)
        case .unreadable(let path):
            Complaint("\(path): cannot be read").print()
            return ExitCode(EX_NOINPUT)
        case .occupied(let path):
            Complaint(
                "\(path): there is something here that no build has written",
                hint:
                    "choose another --output, or move it away; a build replaces the whole directory"
            ).print()
            return ExitCode(EX_CANTCREAT)
        case .unwritable(let path, let reason):
            Complaint("\(path): cannot be written: \(reason)").print()
            return ExitCode(EX_CANTCREAT)
        }
    }

    /// Whether the next change to the site may mend it.
    var mayPass: Bool {
        switch self {
        case .problems, .unreadable: true
        case .noSite, .occupied, .unwritable: false
        }
    }
}

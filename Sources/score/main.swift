import Gateway
import Glibc
import Zxcvbn

// Run by a web server, score answers posted passwords; run by somebody else, it reads them from
// standard input. Its arguments are looked at in the second case alone: in the first a client may
// have written them (A56).

switch Invocation.current {
case .direct:
    exit(Filter.run(CommandLine.arguments.dropFirst()))
case .cgi, .fastCGI:
    do {
        let embedding = try Embedding { name in
            unsafe getenv(name).map { unsafe String(cString: $0) }
        }
        let pages = ScorePages(
            estimator: Estimator(), year: currentYear, embedding: embedding,
            limit: try NetworkLimit(embedding.limit, file: embedding.state), now: { time(nil) })
        var responder = Responder()
        responder.repeatable = [ScorePages.userInputField]
        try responder.run(pages.answer)
    } catch {
        let complaint = error as? Complaint ?? Complaint("\(error)")
        complaint.print()
        exit(complaint.exitCode)
    }
}

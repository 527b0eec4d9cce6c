import AccountSite
import Accounts
import CLinux
import Gateway
import Glibc
import HTTP
import Installation

// The forms, as the web server runs them: as FastCGI or as plain CGI. This is the only place where
// the parts meet; the operator's command is another program, because a web server may hand a
// client's words over as arguments (D5).

// A password hash needs 16 MiB or more for a moment. glibc would keep as much for good after the
// first few; under a fixed threshold it gives the block back each time (P23).
_ = mallopt(M_MMAP_THRESHOLD, 1 << 20)

var site = OpenSite()
var responder = Responder()
responder.gate = Route.check.path
responder.trustedProxies = (try? site.current())?.world.configuration.trustedProxies ?? 0
do {
    try responder.run { request in
        do {
            return Pages.answer(request, in: try site.current().world)
        } catch {
            return Pages.outOfOrder
        }
    }
} catch {
    complain("\(error)")
    exit(EX_USAGE)
}

import Accounts
import HTTP

/// Whether a form that was posted is one of ours, sent from this site by the browser it was made for.
///
/// Three signs have to agree: what the browser says of the page that sent it (`Sec-Fetch-Site`, and
/// `Origin`), and the token in the form, which clients without those fields bring as well (S51, A48).
enum FormCheck {
    case ours(FormToken)
    /// The form is ours but was open for more than a day; nothing was done.
    case stale
    /// The browser keeps no cookies, so that nothing could be told apart (P15).
    case noCookies
    /// The form comes from another site, or was made for another account (A51).
    case foreign

    init(_ visit: Visit) {
        let request = visit.request
        guard Self.isSameOrigin(request, siteOrigin: visit.world.configuration.siteURL.origin)
        else {
            self = .foreign
            return
        }
        guard visit.isBrowserKnown else {
            self = .noCookies
            return
        }
        guard
            let text = request.form["form-token"],
            let token = FormToken(text, from: visit.browser, in: visit.world),
            token.account == nil || visit.member == nil
                || token.account == visit.member?.account.id
        else {
            self = .foreign
            return
        }
        self = token.isFresh(at: visit.now) ? .ours(token) : .stale
    }

    /// Whether the browser says that one of our own pages sent the form.
    ///
    /// A browser which is told to send no referrer calls the origin of its own pages `null` (Fetch
    /// §3.2), so that `null` counts only beside `Sec-Fetch-Site`, which tells more.
    private static func isSameOrigin(_ request: Request, siteOrigin: String) -> Bool {
        switch request.fetchSite {
        case "same-origin": [nil, "null", siteOrigin].contains(request.origin)
        case nil: [nil, siteOrigin].contains(request.origin)
        default: false
        }
    }
}

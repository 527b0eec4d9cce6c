import Accounts
import HTTP

/// One page of the program: what it shows, and what its form does.
protocol Page {
    /// What it answers besides `GET` and `HEAD`, or instead of them.
    var methods: [Method] { get }

    /// Answers `GET`; nothing changes by it (D2).
    func get(_ visit: Visit) throws -> Response

    /// Answers `POST`, whose form is known to be ours and this browser's.
    func post(_ visit: Visit) throws -> Reply

    /// The form as it was sent, to be shown again because it had been open for too long, or in
    /// another language.
    func stale(_ visit: Visit) throws -> Response
}

extension Page {
    var methods: [Method] { [.get, .head, .post] }

    func stale(_ visit: Visit) throws -> Response {
        try get(visit)
    }
}

/// A page without a form.
protocol ReadingPage: Page {}

extension ReadingPage {
    var methods: [Method] { [.get, .head] }

    func post(_ visit: Visit) throws -> Reply {
        .refused(try get(visit))
    }
}

/// What becomes of a form.
enum Reply {
    /// It was done, and this is where to go next. Sent again, the same form leads to the same place.
    case done(Redirection)
    /// It was not done; the page says why.
    case refused(Response)
}

/// A 303, with the cookies that go along.
struct Redirection: Equatable {
    let location: String
    var cookies: [SetCookie] = []
    /// Whether the browser is to forget what it has kept of the site (S49).
    var clearsSiteData = false

    init(to location: String, setting cookies: [SetCookie] = [], clearsSiteData: Bool = false) {
        self.location = location
        self.cookies = cookies
        self.clearsSiteData = clearsSiteData
    }

    init(to route: Route, _ query: String = "", setting cookies: [SetCookie] = []) {
        self.init(to: route.path + (query.isEmpty ? "" : "?\(query)"), setting: cookies)
    }

    var response: Response {
        var response = Response.seeOther(location)
        for cookie in cookies {
            response = response.setting(cookie: cookie)
        }
        return clearsSiteData
            ? response.setting("Clear-Site-Data", to: "\"cache\", \"storage\"") : response
    }
}

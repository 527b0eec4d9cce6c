import Gateway
import Glibc
import HTTP

// Answers each request with what the program understood of it, one `name value` a line, so that a
// test can see through a real web server. Values are quoted as Swift does: control bytes are visible.

var responder = Responder()
responder.timeLimit = unsafe getenv("TIME_LIMIT").flatMap { Int(unsafe String(cString: $0)) } ?? 20
responder.trustedProxies =
    unsafe getenv("TRUSTED_PROXIES").flatMap { Int(unsafe String(cString: $0)) } ?? 0
responder.repeatable = ["user-input"]
var served = 0

do {
    try responder.run { result in
        served += 1
        switch result {
        case .success(let request): return echo(request, served: served)
        case .failure(let error): return .text("error \(error)\n", status: error.status)
        }
    }
} catch {
    let text = "gateway-echo: error: \(error)\n"
    _ = unsafe write(STDERR_FILENO, text, text.utf8.count)
    exit(2)
}

func echo(_ request: Request, served: Int) -> Response {
    guard request.path != "/account/see-other" else {
        return .seeOther(request.query["next"] ?? "/account/")
            .setting(cookie: SetCookie("__Host-echo", to: "kept", maxAge: 60)!)
    }
    guard request.method != .other else { return .methodNotAllowed(allow: [.get, .head, .post]) }

    let fields = [
        ("served", "\(served)"), ("method", "\(request.method)"), ("path", request.path),
        ("address", "\(request.remoteAddress)"), ("network", request.remoteAddress.network),
        ("cookie", request.cookies["__Host-echo"]), ("email", request.form["email"]),
        ("user-inputs", "\(request.form.values(of: "user-input"))"),
        ("next", request.query["next"]),
        ("origin", request.origin), ("fetch-site", request.fetchSite),
        ("https", "\(request.isHTTPS)"),
        ("proxy", unsafe getenv("HTTP_PROXY").map { unsafe String(cString: $0) }),
        ("arguments", "\(CommandLine.arguments.count - 1)"),
    ]
    let lines = fields.map { name, value in "\(name) \(value.map(\.debugDescription) ?? "-")\n" }
    return .text(lines.joined())
}

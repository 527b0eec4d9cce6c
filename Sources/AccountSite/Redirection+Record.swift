import HTTP

// An answer as it is kept for a form that is sent again:
//
//     /account/?notice=password-changed
//     clear no
//     cookie __Host-session=v1.…; Max-Age=2592000; Path=/; Secure; HttpOnly; SameSite=Lax

extension Redirection {
    /// The answer as bytes.
    var record: [UInt8] {
        let lines =
            [location, "clear \(clearsSiteData ? "yes" : "no")"]
            + cookies.map { "cookie \($0.text)" }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// Reads what `record` wrote.
    init?(record: [UInt8]) {
        let lines = String(decoding: record, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        guard lines.count >= 2, let clears = ["clear yes": true, "clear no": false][lines[1]] else {
            return nil
        }
        let cookies = lines.dropFirst(2).compactMap { line in
            line.hasPrefix("cookie ") ? SetCookie(text: String(line.dropFirst(7))) : nil
        }
        guard cookies.count == lines.count - 2 else { return nil }
        self.init(to: String(lines[0]), setting: cookies, clearsSiteData: clears)
    }
}

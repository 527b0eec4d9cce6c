import Accounts
import Testing

@Suite struct GateRuleTests {
    private let now = Timestamp(seconds: 1_795_000_000)

    private func rules(_ lines: String...) throws -> GateRules {
        try Configuration(
            text: """
                url https://seeds.example
                name Millbrook Seed Library
                forms /srv/postern/forms.seg
                mail-from security@seeds.example
                mail maildir mail
                \(lines.map { "gate \($0)" }.joined(separator: "\n"))
                """
        ).gate
    }

    private func rule(_ text: String) throws -> GateRule { try #require(GateRule(text)) }

    private func account(in groups: String...) throws -> Account {
        var account = Account(
            id: AccountID(unchecked: [UInt8](repeating: 1, count: 16)),
            email: try #require(EmailAddress("ada@example.org")), name: .none, password: nil,
            at: now)
        account.groups = Set(groups.compactMap(GroupName.init))
        return account
    }

    private func session(_ level: AssuranceLevel, minutesAgo: Int64) -> Session {
        Session(
            id: SessionID(unchecked: [UInt8](repeating: 2, count: 16)), level: level,
            at: now - 60 * minutesAgo, visitor: Visitor(network: "192.0.2.1/32", browser: "x"))
    }

    @Test(arguments: [
        "/members/ signed-in", "/ signed-in", "/members signed-in", "/members/board/ group board",
        "/m/ group board group staff", "/vault/ second-factor", "/vault/ fresh 15m",
        "/vault/ second-factor fresh 2h group board", "/café/ signed-in", "/a/x.pdf fresh 1d",
    ])
    func `reads a rule`(text: String) {
        #expect(GateRule(text) != nil)
    }

    @Test(arguments: [
        "", "/", "/members/", "members/ signed-in", "/members/ signed-out", "/members/ group",
        "/members/ group Board", "/members/ signed-in group board", "/members/ fresh",
        "/members/ fresh 15", "/members/ fresh 0m", "/members/ fresh 15m fresh 15m",
        "/members/ second-factor second-factor", "/a//b/ signed-in", "/a/../b/ signed-in",
        "/./a/ signed-in", "/a%20b/ signed-in", "/a?b signed-in", "/a\\b signed-in",
        "/members/ everybody",
    ])
    func `refuses what is no rule`(text: String) {
        #expect(GateRule(text) == nil)
    }

    @Test(arguments: [
        ("/members", "/members/"), ("/members/x", "/members/"),
        ("/members/board", "/members/board/"),
        ("/members/board/a/b", "/members/board/"), ("/members/boards", "/members/"),
        ("/members/board.html", "/members/"), ("/membership/", "/"), ("/", "/"),
        ("/Members/board/", "/"), ("/members/board/\u{301}x", "/members/board/"),
        ("/members/board/open/x", "/members/board/open/"),
    ])
    func `holds for whole names, and the longest path wins`(path: String, expected: String) throws {
        let board = "/members/board group board"
        let rules = try rules("/members/ group members", "/members/board/open/ fresh 1h", board)
        let all: [String: GateRule] = [
            "/": .signedIn, "/members/": try rule("/members/ group members"),
            "/members/board/": try rule(board),
            "/members/board/open/": try rule("/members/board/open/ fresh 1h"),
        ]
        #expect(rules.rule(for: path.utf8) == all[expected])
    }

    @Test(arguments: [
        ("/de/members/", "/members/"), ("/de/members", "/members/"),
        ("/pt-BR/members/x", "/members/"),
        ("/de/vault/x", "/de/vault/"), ("/vault/x", "/vault/"), ("/it/members/", "/"),
        ("/de/de/members/", "/"), ("/de/", "/"), ("/demembers/", "/"), ("/de/membership", "/"),
    ])
    func `holds for a page in each of the site's languages`(path: String, expected: String) throws {
        let rules = try rules(
            "/members/ group members", "/vault/ group keepers", "/de/vault/ group tresor")
        let all: [String: GateRule] = [
            "/": .signedIn, "/members/": try rule("/members/ group members"),
            "/vault/": try rule("/vault/ group keepers"),
            "/de/vault/": try rule("/de/vault/ group tresor"),
        ]
        #expect(rules.rule(for: path.utf8, in: ["en", "de", "pt-BR"]) == all[expected])
    }

    @Test func `asks for a group, for one of several, or for none`() throws {
        let session = session(.one, minutesAgo: 0)
        let board = try rule("/b/ group board group staff")
        #expect(board.lack(of: try account(), session, at: now) == .group)
        #expect(board.lack(of: try account(in: "boards"), session, at: now) == .group)
        #expect(board.lack(of: try account(in: "staff", "x"), session, at: now) == nil)
        #expect(try rule("/m/ signed-in").lack(of: account(), session, at: now) == nil)
    }

    @Test(
        arguments: [
            ("second-factor", .one, 0, .secondFactor),
            ("second-factor", .two, 60 * 24 * 20, nil), ("second-factor", .remembered, 0, nil),
            ("fresh 15m", .one, 14, nil), ("fresh 15m", .one, 15, .freshness),
            ("fresh 15m", .remembered, 14, nil), ("fresh 2h", .two, 119, nil),
            ("fresh 2h", .two, 120, .freshness),
            ("second-factor fresh 15m", .one, 0, .secondFactor),
            ("second-factor fresh 15m", .two, 14, nil),
            ("second-factor fresh 15m", .two, 15, .freshness),
            // What was remembered is not fresh, however short ago the password was given.
            ("second-factor fresh 15m", .remembered, 0, .freshness),
        ] as [(String, AssuranceLevel, Int64, Lack?)])
    func `asks how somebody has proved who they are, and when`(
        rule text: String, level: AssuranceLevel, minutesAgo: Int64, lack: Lack?
    ) throws {
        let session = session(level, minutesAgo: minutesAgo)
        #expect(try rule("/v/ \(text)").lack(of: account(), session, at: now) == lack)
    }

    @Test func `asks first for what cannot be helped`() throws {
        let vault = try rule("/v/ second-factor fresh 15m group board")
        #expect(vault.lack(of: try account(), session(.one, minutesAgo: 60), at: now) == .group)
    }
}

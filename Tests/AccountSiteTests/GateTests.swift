import AccountSite
import Accounts
import HTTP
import Testing

/// The gate with a clock that can be moved.
@Suite struct GateTests {
    private let site: TestSite
    private let player: ScriptPlayer

    init() throws {
        site = try TestSite()
        site.world.configuration = try Configuration(
            text: """
                url http://localhost:8080
                name Millbrook Seed Library
                forms \(site.world.configuration.forms)
                mail-from accountsecurity@example.org
                mail maildir mail
                gate /members/ signed-in
                gate /members/board/ group board
                gate /vault/ fresh 15m
                gate /safe/ second-factor
                """)
        player = ScriptPlayer(site)
        try player.play(Script("ada", text: "play ada-has-an-account\nplay ada-signs-in"))
    }

    private func play(_ text: String) throws {
        try player.play(Script("gate", text: text))
    }

    /// What the gate says of a page, and what it answers when the visitor is sent to it.
    private func ask(_ uri: String, _ status: Int, then answer: String) throws {
        try play(
            """
            GET /account/check
            send gate-uri: \(uri)
            status \(status)
            no header Location
            GET /account/gate
            send gate-uri: \(uri)
            \(answer)
            """)
    }

    @Test func `lets in whom the longest rule lets in, and says to others what is missing`() throws
    {
        try ask("/members/", 204, then: "status 403")
        try ask("/members/board/plan.html", 403, then: "status 403\nbody contains ada@example.org")
        try ask("/safe/", 403, then: "status 403\nbody contains /account/second-factor/start")
        try ask("/elsewhere/", 204, then: "status 403")
        try play("GET /account/check\nstatus 204\nheader X-Account-Groups: ")
        let board = try #require(GroupName("board")), staff = try #require(GroupName("staff"))
        let ada = try #require(EmailAddress("ada@example.org"))
        let id = try #require(try site.world.store.account(at: ada)?.id)
        _ = try site.world.store.update(id) { $0.groups = [staff, board] }
        try play(
            """
            GET /account/check
            send gate-uri: /members//./board/
            status 204
            header X-Account-Groups: board,staff
            header X-Account-Email: ada@example.org
            header X-Account-Level: 1
            header Cache-Control: no-store
            """)
    }

    @Test func `asks once more who it is after a while, and goes on to the page`() throws {
        try ask("/vault/deeds.pdf", 204, then: "status 403")
        try play("advance 15 minutes")
        try ask(
            "/vault/deeds.pdf?page=2", 403,
            then: "status 303\nlocation /account/confirm?next=%2Fvault%2Fdeeds.pdf%3Fpage%3D2")
        try play(
            """
            GET /account/confirm?next=%2Fvault%2Fdeeds.pdf
            status 200
            POST /account/confirm
            form password=marrow+lantern+quilt+thirteen
            status 303
            location /vault/deeds.pdf
            GET /account/check
            send gate-uri: /vault/deeds.pdf
            status 204
            """)
    }

    @Test func `sends somebody who is not signed in to sign in, and back`() throws {
        try play("browser stranger")
        try ask(
            "/members/", 401,
            then: """
                status 303
                location /account/sign-in?notice=please-sign-in&next=%2Fmembers%2F
                """)
        try ask("/members/%2fboard", 403, then: "status 403")
        try play("GET /account/check\nstatus 401")
    }

    @Test(arguments: [
        "//evil.example/", "///evil.example", "http://evil.example/", "/\\evil.example",
        "/%09/evil.example", "/%5cevil.example", "/..//evil.example", "/%0d%0aSet-Cookie:a=b",
    ])
    func `A22: leads to nowhere else`(uri: String) throws {
        try play("browser stranger\nGET /account/gate\nsend gate-uri: \(uri)")
        let request = ScriptRequest(method: "GET", target: "/account/gate")
        let answer = site.answer(request, fields: ["gate-uri": uri], body: "", from: "192.0.2.9")
        let location = answer[.location]?.text
        #expect(location == nil || location?.hasPrefix("/account/sign-in?") == true)
        let next = location.flatMap { $0.split(separator: "next=").last }.map(String.init)
        #expect(next?.contains("%2F%2F") != true && next?.contains("%5C") != true)
    }
}

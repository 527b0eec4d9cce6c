import AccountSite
import Accounts
import Cryptography
import Testing

/// What happens when something else happens while a password is hashed.
@Suite struct MeanwhileTests {
    private let site: TestSite
    private let player: ScriptPlayer
    private let ada: AccountID

    init() throws {
        site = try TestSite()
        player = ScriptPlayer(site)
        try player.play(Script("ada", text: "play ada-has-an-account"))
        let address = try #require(EmailAddress("ada@example.org"))
        ada = try #require(try site.world.store.account(at: address)).id
    }

    private static let signIn = """
        GET /account/sign-in
        status 200
        POST /account/sign-in
        form email=ada@example.org&password=marrow+lantern+quilt+thirteen

        """

    /// Lets something happen between the verification of the next password and its result.
    private func meanwhile(_ happening: @escaping () throws -> Void) {
        let verifies = site.world.verifies
        var isPending = true
        site.world.verifies = { password, hash in
            let result = try verifies(password, hash)
            if isPending { try happening() }
            isPending = false
            return result
        }
    }

    private func account() throws -> Account {
        try #require(try site.world.store.account(ada))
    }

    // A12, S43
    @Test func `begins no session by a password that was changed meanwhile`() throws {
        meanwhile { [site, ada] in
            _ = try site.world.store.update(ada) { $0.changePassword(to: nil, at: $0.createdAt) }
        }
        try player.play(Script("sign-in", text: Self.signIn + "status 422"))
        #expect(try account().sessions.isEmpty)
        #expect(try account().password == nil)
    }

    // A12: the older hash must not come back either, when it is raised to another cost.
    @Test func `does not store an old password again that is raised to another cost`() throws {
        site.world.needsRehash = { _ in true }
        meanwhile { [site, ada] in
            _ = try site.world.store.update(ada) { $0.changePassword(to: nil, at: $0.createdAt) }
        }
        try player.play(Script("sign-in", text: Self.signIn + "status 422"))
        #expect(try account().password == nil)
    }

    // S44
    @Test func `begins no session of an account that was disabled meanwhile`() throws {
        meanwhile { [site, ada] in
            _ = try site.world.store.update(ada) { $0.disable() }
        }
        try player.play(Script("sign-in", text: Self.signIn + "status 422"))
        #expect(try account().sessions.isEmpty)
    }

    // S43: whoever sits at a session that is over cannot change the password by it.
    @Test func `changes no password from a session that was ended meanwhile`() throws {
        try player.play(Script("sign-in", text: Self.signIn + "status 303"))
        let before = try account().password
        meanwhile { [site, ada] in
            _ = try site.world.store.update(ada) { $0.endSessions() }
        }
        try player.play(
            Script(
                "password",
                text: """
                    GET /account/password
                    status 200
                    POST /account/password
                    form current-password=marrow+lantern+quilt+thirteen&new-password=velvet+gravel+orchid+piston
                    status 303
                    location /account/sign-in?notice=please-sign-in&next=%2Faccount%2Fpassword
                    no mail to ada@example.org
                    """))
        #expect(try account().password == before)
        #expect(try account().sessions.isEmpty)
    }

    // A21, P23: whoever keeps all places taken must not shut the owner out with her own attempts.
    @Test func `does not count an attempt for which there was no room`() throws {
        let verifies = site.world.verifies
        site.world.verifies = { _, _ in throw HashingSlotsError.busy }
        for _ in 1...20 {
            try player.play(Script("busy", text: Self.signIn + "status 503"))
        }
        site.world.verifies = verifies
        try player.play(Script("sign-in", text: Self.signIn + "status 303"))
    }

    // P23: one client cannot have everybody wait for hashes by signing up without end.
    @Test func `hashes no password for a network that has caused too many messages`() throws {
        let key = ThrottleKey.mailNetwork("192.0.2.1/32")
        try site.world.store.updateThrottles([key]) { [now = site.world.now()] in
            $0 = [Throttle(failures: key.limit.free + 10, lastFailure: now)]
        }
        site.world.hash = { _ in throw HashingSlotsError.busy }
        try player.play(
            Script(
                "sign-up",
                text: """
                    GET /account/sign-up
                    status 200
                    POST /account/sign-up
                    form email=eve@example.org&password=velvet+gravel+orchid+piston
                    status 429
                    """))
    }
}

/// Each proof of identity has its line in the log (S63).
@Suite struct LoggingTests {
    @Test func `logs what came of each proof`() throws {
        let site = try TestSite()
        let player = ScriptPlayer(site)
        try player.play(
            Script(
                "proofs",
                text: """
                    GET /account/sign-up
                    status 200
                    POST /account/sign-up
                    form email=ada@example.org&password=marrow+lantern+quilt+thirteen
                    status 303
                    follow
                    status 200
                    POST /account/verify
                    form code=0000-0000
                    status 422
                    mail to ada@example.org
                    code $code
                    POST /account/verify
                    form code=$code
                    status 303
                    GET /account/reset/new?token=forged
                    status 422
                    """))
        #expect(
            try results(site) == [
                "ok sign-up", "bad-code verify", "ok verify", "bad-link reset-new",
            ])
    }

    @Test func `logs the right password of a disabled account as such`() throws {
        let site = try TestSite()
        let player = ScriptPlayer(site)
        try player.play(Script("ada", text: "play ada-has-an-account"))
        let address = try #require(EmailAddress("ada@example.org"))
        let ada = try #require(try site.world.store.account(at: address)).id
        _ = try site.world.store.update(ada) { $0.disable() }
        try player.play(
            Script(
                "disabled",
                text: """
                    GET /account/sign-in
                    status 200
                    POST /account/sign-in
                    form email=ada@example.org&password=marrow+lantern+quilt+thirteen
                    status 422
                    """))
        #expect(try results(site).last == "disabled sign-in")
    }

    private func results(_ site: TestSite) throws -> [String] {
        let line = #/auth result=(\S+) .* flow=(\S+) /#
        return try site.log.map { text in
            let match = try #require(text.firstMatch(of: line))
            return "\(match.1) \(match.2)"
        }
    }
}

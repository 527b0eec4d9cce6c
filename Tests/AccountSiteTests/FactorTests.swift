import AccountSite
import Accounts
import Cryptography
import Testing

/// Second factors with a clock that can be moved, and an authenticator that does its own arithmetic.
@Suite struct FactorTests {
    private let site: TestSite
    private let player: ScriptPlayer

    init() throws {
        site = try TestSite()
        player = ScriptPlayer(site)
        try player.play(Script("ada", text: "play ada-has-an-account\nplay ada-signs-in"))
    }

    private func play(_ text: String) throws {
        try player.play(Script("factor", text: text))
    }

    private func ada() throws -> Account {
        let address = try #require(EmailAddress("ada@example.org"))
        return try #require(try site.world.store.account(at: address))
    }

    /// The code that an app shows which was enrolled with a key in base32.
    private func code(_ key: String, steps: Int64 = 0) throws -> String {
        let bytes = try #require(Base32.decode(key.filter { $0 != " " }))
        let step = TimeStep(at: site.now.seconds).number + steps
        let number = HOTP.password(
            at: UInt64(bitPattern: step), hmac: HMAC<SHA1>(key: bytes), digitCount: 6)
        return String(repeating: "0", count: 6 - String(number).count) + String(number)
    }

    /// Enrols an app.
    ///
    /// - Returns: Its key in base32.
    private func enrol() throws -> String {
        try play("GET /account/second-factor/totp\nstatus 200")
        let key = try #require(player.text(between: "<code>", and: "</code>"))
        try play(
            """
            POST /account/second-factor/totp
            form code=\(try code(key))&name=Phone
            status 303
            location /account/second-factor/recovery-codes?notice=app-added
            follow
            status 200
            mail to ada@example.org
            subject contains authenticator app was added
            """)
        return key
    }

    private let password = """
        GET /account/sign-in
        status 200
        POST /account/sign-in
        form email=ada@example.org&password=marrow+lantern+quilt+thirteen

        """
    private let signOut = "GET /account/\nstatus 200\nPOST /account/sign-out\nstatus 303\n"

    @Test func `asks for a code after the password, and takes each once (S14, S15, A30)`() throws {
        let key = try enrol()
        let used = try code(key)
        try play(
            signOut + password + "status 303\nlocation /account/second-factor?next=%2Faccount%2F")
        try play("follow\nstatus 200\ntitle begins One more step\nGET /account/\nstatus 303")
        // The code of the enrolment is used up.
        try play("POST /account/second-factor\nform code=\(used)\nstatus 422\nproblem code")
        try play(
            "POST /account/second-factor\nform code=\(try code(key, steps: 2))\nstatus 422")
        try play(
            "POST /account/second-factor\nform code=\(try code(key, steps: -2))\nstatus 422")
        let next = try code(key, steps: 1)
        try play(
            "POST /account/second-factor\nform code=\(next.prefix(3))+\(next.suffix(3))\nstatus 303"
        )
        try play("location /account/\nGET /account/\nstatus 200")
        #expect(try ada().attempts.isEmpty)
        #expect(try ada().factorFailures == .open)
        #expect(try ada().sessions.map(\.level) == [.two])
    }

    @Test func `lets nobody past the challenge by the password alone (A27)`() throws {
        _ = try enrol()
        try play(signOut + password + "status 303\nfollow\nstatus 200")
        for path in [
            "/account/", "/account/password", "/account/sessions", "/account/second-factor/totp",
            "/account/second-factor/recovery-codes", "/account/second-factor/remove",
        ] {
            try play("GET \(path)\nstatus 303\nheader Location contains /account/sign-in")
        }
        try play("GET /account/check\nstatus 401")
        try play("advance 15 minutes\nGET /account/second-factor\nstatus 303")
    }

    @Test func `waits longer after wrong codes, and takes the password away (S24, A28)`() throws {
        _ = try enrol()
        try play(signOut)
        try play("browser two\n" + password + "status 303\nfollow\nstatus 200")
        var failures = 0
        for wait in [0, 0, 0, 0, 0, 10, 20, 40, 80, 160, 320] {
            try play("POST /account/second-factor\nform code=000000\nstatus 422")
            failures += 1
            if wait > 0 {
                try play(
                    """
                    POST /account/second-factor
                    form code=000000
                    status 429
                    header Retry-After: \(wait)
                    advance \(wait) seconds
                    """)
            }
            #expect(try ada().factorFailures.failures == failures)
        }
        // One mail for five failures, and none for the sixth to the eleventh (A39).
        try play("mail to ada@example.org\nsubject contains Somebody has your")
        while failures < 30 {
            // Another browser each time, and the attempt of the one before is over.
            try play("advance 1 hours\nbrowser j\(failures)\n" + password + "status 303")
            failures += 1
            try play(
                """
                follow
                status 200
                POST /account/second-factor
                form code=000000
                status \(failures < 30 ? 422 : 303)
                """)
        }
        #expect(try ada().password == nil)
        #expect(try ada().renewal?.reason == .secondFactorGuessed)
        try play("mail to accountsecurity@example.org\nsubject contains taken out of use")
        try play("advance 1 hours\n" + password + "status 422")
    }

    @Test func `tells of an attempt that was abandoned, once (A39, S65)`() throws {
        _ = try enrol()
        try play(signOut + "browser thief\n" + password + "status 303\nadvance 5 minutes")
        let id = try ada().id
        let start = try #require(try ada().attempts.first).startedAt
        try Watch.lookAfter([(account: id, due: start + 300)], in: site.world)
        try play("mail to ada@example.org\nsubject contains Somebody has your")
        // A second attempt within the quarter of an hour tells nobody again.
        try play(password + "status 303\nadvance 5 minutes")
        let second = try #require(try ada().attempts.last).startedAt
        try Watch.lookAfter([(account: id, due: second + 300)], in: site.world)
        try play("no mail to ada@example.org")
        // A quarter of an hour of quiet, and it would.
        try play("advance 15 minutes\n" + password + "status 303\nadvance 5 minutes")
        let third = try #require(try ada().attempts.last).startedAt
        try Watch.lookAfter([(account: id, due: third + 300)], in: site.world)
        try play("mail to ada@example.org\nsubject contains Somebody has your")
    }

    @Test func `shows at the next sign-in what was tried (S65)`() throws {
        let key = try enrol()
        try play(signOut + "browser thief\n" + password + "status 303\nfollow\nstatus 200")
        try play("POST /account/second-factor\nform code=000000\nstatus 422\nadvance 30 seconds")
        try play("browser one\n" + password + "status 303\nfollow\nstatus 200")
        try play(
            """
            POST /account/second-factor
            form code=\(try code(key))
            status 303
            header Location contains /account/attention?notice=tried
            follow
            status 200
            body contains A wrong code
            """)
    }

    @Test func `a wrong password tells nobody (A39)`() throws {
        _ = try enrol()
        try play(signOut)
        for _ in 0..<8 {
            try play(
                "GET /account/sign-in\nstatus 200\nPOST /account/sign-in\nform email=ada@example.org&password=wrong"
            )
            try play("advance 1 minutes")
        }
        try play("no mail to ada@example.org")
    }

    @Test func `a reset by mail neither removes nor passes the factor (A8, S30)`() throws {
        _ = try enrol()
        try play(
            signOut + """
                GET /account/reset
                status 200
                POST /account/reset
                form email=ada@example.org
                status 303
                mail to ada@example.org
                link $reset
                GET $reset
                status 303
                follow
                status 200
                POST /account/reset/new
                form new-password=velvet+gravel+orchid+piston
                status 303
                GET /account/
                status 303
                GET /account/sign-in
                status 200
                POST /account/sign-in
                form email=ada@example.org&password=velvet+gravel+orchid+piston
                status 303
                location /account/second-factor?next=%2Faccount%2F
                """)
        #expect(try ada().factors.apps.count == 1)
    }

    @Test func `removes a thief's app by the notice, for three days (A12)`() throws {
        try play("browser thief\n" + password + "status 303\nmail to ada@example.org")
        let key = try enrolWithoutReading()
        _ = key
        try play(
            """
            mail to ada@example.org
            link $not-me
            browser one
            GET $not-me
            status 200
            field token $token
            POST /account/not-me
            form token=$token
            status 303
            """)
        #expect(try ada().factors.isEmpty)
        #expect(try ada().password == nil)
    }

    private func enrolWithoutReading() throws -> String {
        try play("GET /account/second-factor/totp\nstatus 200")
        let key = try #require(player.text(between: "<code>", and: "</code>"))
        try play("POST /account/second-factor/totp\nform code=\(try code(key))\nstatus 303")
        return key
    }

    @Test func `asks again who somebody is, when that is long ago (S25, S47)`() throws {
        try play(
            """
            advance 10 minutes
            GET /account/second-factor/totp
            status 303
            location /account/confirm?next=%2Faccount%2Fsecond-factor%2Ftotp
            follow
            status 200
            POST /account/confirm
            form password=wrong
            status 422
            problem password
            POST /account/confirm
            form password=marrow+lantern+quilt+thirteen&next=/account/second-factor/totp
            status 303
            location /account/second-factor/totp
            follow
            status 200
            """)
    }

    @Test func `remembers a device until something changes (A36)`() throws {
        let key = try enrol()
        try play(signOut + "advance 1 minutes\n" + password + "status 303\nfollow\nstatus 200")
        try play("POST /account/second-factor\nform code=\(try code(key))&remember=yes\nstatus 303")
        try play(signOut + password + "status 303\nlocation /account/")
        // A remembered device is not fresh enough to change factors.
        try play(
            "GET /account/second-factor/totp\nstatus 303\nheader Location contains /account/confirm"
        )
        try play(
            "GET /account/\nstatus 200\nPOST /account/sessions\nform session=devices\nstatus 303")
        try play(
            signOut + password + "status 303\nlocation /account/second-factor?next=%2Faccount%2F")
        try play("advance 31 days")
    }

    @Test func `requires a factor of whom the site says, before everything else`() throws {
        site.world.configuration.secondFactors.requirement = try #require(
            FactorRequirement("staff from 2026-01-01"))
        try play("GET /account/\nstatus 200")
        let staff = try #require(GroupName("staff"))
        _ = try site.world.store.update(try ada().id) { $0.groups.insert(staff) }
        try play("GET /account/\nstatus 303\nlocation /account/second-factor/start")
        try play("GET /account/password\nstatus 303\nlocation /account/second-factor/start")
        try play("GET /account/check\nstatus 403")
        _ = try enrol()
        try play("GET /account/\nstatus 200\nGET /account/check\nstatus 204")
        site.world.configuration.secondFactors.requirement = try #require(
            FactorRequirement("everybody from 2030-01-01"))
        try play("GET /account/\nstatus 200")
    }

    @Test func `sends a text message bound to the site and to the attempt (S19, S70)`() throws {
        site.world.configuration.texts.transport = .folder(path: "texts")
        try play(
            """
            GET /account/second-factor/sms
            status 200
            POST /account/second-factor/sms
            form phone=212-555-0123
            status 303
            follow
            status 200
            """)
        let first = try #require(site.texts.last)
        #expect(first.number.text == "+12125550123")
        #expect(first.text.hasSuffix("\n@localhost #\(first.code)"))
        try play("POST /account/second-factor/sms\nform code=\(first.code)\nstatus 303")
        try play("mail to ada@example.org\nsubject contains Text messages were turned on")
        try play(signOut + password + "status 303\nfollow\nstatus 200\nbody contains text message")
        let second = try #require(site.texts.last)
        #expect(second.code != first.code)
        // A code of another attempt is no code.
        try play("browser two\n" + password + "status 303\nfollow\nstatus 200")
        try play("POST /account/second-factor\nform code=\(second.code)\nstatus 422")
        try play("browser one\nGET /account/second-factor\nstatus 200\nadvance 10 minutes")
        try play("POST /account/second-factor\nform code=\(second.code)\nstatus 422")
    }
}

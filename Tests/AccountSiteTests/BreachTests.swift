import AccountSite
import Accounts
import BreachedPasswords
import Testing

/// What the forms make of passwords that were seen in breaches (D3).
@Suite struct BreachTests {
    private let site: TestSite
    private let player: ScriptPlayer

    init() throws {
        site = try TestSite()
        site.exposures = [
            "velvet gravel orchid piston": .seen(atLeast: 3912),
            "copper thistle ledger umbrella": .seen(atLeast: 1),
        ]
        player = ScriptPlayer(site)
    }

    private func play(_ text: String) throws {
        try player.play(Script("breach", text: text))
    }

    @Test func `D3: warns at sign-up, and takes the password when it comes again`() throws {
        try play(
            """
            GET /account/sign-up
            status 200
            POST /account/sign-up
            form email=ada@example.org&password=velvet+gravel+orchid+piston
            status 422
            title begins Error: Create your account
            problem new-password
            body contains a thousand times or more
            body contains type it once more
            body contains value="ada@example.org"
            body lacks velvet
            no mail to ada@example.org
            POST /account/sign-up
            form email=ada@example.org&password=velvet+gravel+orchid+piston
            status 303
            mail to ada@example.org
            """)
        #expect(
            site.statistics == [
                "2026-11-18 sign-up score=4 breached=yes outcome=warned variant=-",
                "2026-11-18 sign-up score=4 breached=yes outcome=accepted variant=-",
            ])
    }

    @Test func `D3: warns again of another breached password`() throws {
        try play(
            """
            GET /account/sign-up
            status 200
            POST /account/sign-up
            form email=ada@example.org&password=velvet+gravel+orchid+piston
            status 422
            POST /account/sign-up
            form email=ada@example.org&password=copper+thistle+ledger+umbrella
            status 422
            body contains stands in a list of stolen passwords
            POST /account/sign-up
            form email=ada@example.org&password=velvet+gravel+orchid+piston
            status 422
            """)
    }

    @Test func `D3: does not take a form's word for what it warned of`() throws {
        // A form that has warned of nothing knows of no password, whatever fields it brings.
        try play(
            """
            GET /account/sign-up
            status 200
            POST /account/sign-up
            form email=ada@example.org&password=velvet+gravel+orchid+piston&warned=1&confirm=yes
            status 422
            """)
        // And what one browser was told of is nothing to another's form.
        try play(
            """
            browser two
            GET /account/sign-up
            status 200
            field form-token $token
            POST /account/sign-up
            form email=eve@example.org&password=velvet+gravel+orchid+piston
            status 422
            POST /account/sign-up
            form email=eve@example.org&password=velvet+gravel+orchid+piston&form-token=$token
            status 422
            """)
    }

    @Test(arguments: [("warn", true), ("off", true), ("block", false)])
    func `D3: follows the rule of the flow`(_ rule: String, _ isTakenInTheEnd: Bool) throws {
        site.world.configuration.breaches.password = try #require(BreachRule(rawValue: rule))
        try play(
            """
            play ada-has-an-account
            play ada-signs-in
            GET /account/password
            status 200
            POST /account/password
            form current-password=marrow+lantern+quilt+thirteen&new-password=velvet+gravel+orchid+piston
            status \(rule == "off" ? 303 : 422)
            """)
        guard rule != "off" else { return }
        try play(
            """
            body contains a thousand times or more
            body \(rule == "block" ? "lacks" : "contains") type it once more
            POST /account/password
            form current-password=marrow+lantern+quilt+thirteen&new-password=velvet+gravel+orchid+piston
            status \(isTakenInTheEnd ? 303 : 422)
            """)
    }

    @Test func `looks nothing up for somebody who does not know the current password`() throws {
        var lookUps = 0
        site.world.exposure = { _ in
            lookUps += 1
            return .unseen
        }
        try play(
            """
            play ada-has-an-account
            play ada-signs-in
            """)
        lookUps = 0
        try play(
            """
            GET /account/password
            status 200
            POST /account/password
            form current-password=wrong&new-password=velvet+gravel+orchid+piston
            status 422
            problem current-password
            """)
        #expect(lookUps == 0)
    }

    @Test func `A26: goes on when nobody can say`() throws {
        site.world.exposure = { _ in .unknown }
        site.world.configuration.breaches.signUp = .block
        try play("play ada-has-an-account")
        #expect(
            site.statistics == [
                "2026-11-18 sign-up score=4 breached=unknown outcome=accepted variant=-"
            ])
    }

    @Test func `warns behind the link of a reset, and blocks a reset that has to be made`() throws {
        try play(
            """
            play ada-has-an-account
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
            status 422
            body contains type it once more
            POST /account/reset/new
            form new-password=velvet+gravel+orchid+piston
            status 303
            mail to ada@example.org
            link $not-me
            GET $not-me
            status 200
            field token $token
            POST /account/not-me
            form token=$token
            status 303
            mail to ada@example.org
            link $again
            GET $again
            status 303
            follow
            status 200
            POST /account/reset/new
            form new-password=velvet+gravel+orchid+piston
            status 422
            body lacks type it once more
            POST /account/reset/new
            form new-password=velvet+gravel+orchid+piston
            status 422
            """)
        #expect(
            site.statistics.last
                == "2026-11-18 renew score=4 breached=yes outcome=refused variant=-")
    }

    @Test func `D3: tells who signs in with a breached password, once a week`() throws {
        let signIn = """
            GET /account/sign-in
            status 200
            POST /account/sign-in
            form email=ada@example.org&password=marrow+lantern+quilt+thirteen&next=/account/sessions
            status 303
            """
        let signOut = """
            GET /account/
            POST /account/sign-out
            status 303
            """
        let isNotTold = "location /account/sessions"
        try play("play ada-has-an-account")
        site.exposures["marrow lantern quilt thirteen"] = .seen(atLeast: 10)
        // The address was proved a moment ago, and the password looked up then.
        try play([signIn, isNotTold, signOut, "advance 7 days"].joined(separator: "\n"))
        try play(
            """
            \(signIn)
            follow
            status 200
            title begins Before you go on
            body contains href="/account/password"
            body contains href="/account/sessions"
            """)
        try play([signOut, signIn, isNotTold].joined(separator: "\n"))
        // By a link nobody is told, whatever it says.
        try play(
            """
            GET /account/attention?notice=breached
            send Sec-Fetch-Site: cross-site
            status 303
            location /account/
            """)
    }
}

import Accounts
import HTTP

extension Visit {
    /// Somebody who is signed in.
    struct Member {
        let account: Account
        let session: Session
        /// Whether the web server in front has found out who it is; then there is no session here.
        var isSignedOnElsewhere = false
    }
}

extension Visit.Member {
    /// Finds out who makes a request; an account's file is read where there is a session.
    init?(_ request: Request, in world: World) throws {
        guard
            let member = try Self.signedOnElsewhere(request, in: world)
                ?? Self.signedIn(request, in: world)
        else { return nil }
        self = member
    }

    /// Whom the web server in front has recognised, if the site trusts it for that account (A67).
    private static func signedOnElsewhere(_ request: Request, in world: World) throws -> Self? {
        guard let address = Visit.remoteIdentity(request, in: world),
            let account = try world.store.account(at: address), !account.isDisabled,
            world.configuration.secondFactors.singleSignOn.covers(account)
        else { return nil }
        let visitor = Visitor(
            network: request.remoteAddress.network, browser: BrowserName.of(request.userAgent))
        let session = Session(
            id: SessionID(unchecked: account.id.bytes), level: .two, at: world.now(),
            visitor: visitor)
        return Self(account: account, session: session, isSignedOnElsewhere: true)
    }

    private static func signedIn(_ request: Request, in world: World) throws -> Self? {
        guard
            let text = request.cookies[SessionCookie.name],
            let cookie = SessionCookie(text, in: world),
            let account = try world.store.account(cookie.account),
            !world.configuration.secondFactors.singleSignOn.covers(account),
            let session = cookie.session(
                of: account, siteEpoch: try world.store.siteEpoch(), in: world)
        else { return nil }
        let now = world.now()
        if now - session.usedAt >= Session.touchInterval {
            _ = try world.store.update(account.id) { $0.touch(session.id, at: now) }
        }
        return Self(account: account, session: session)
    }

    /// Whether they must have a second factor before they can do anything else.
    func mustEnrol(in world: World) -> Bool {
        account.factors.isEmpty && !isSignedOnElsewhere
            && world.configuration.secondFactors.requirement.isInForce(
                for: account, at: world.now())
    }
}

import Accounts
import Cryptography
import HTTP

/// What the session cookie says: whose session it is, and for which state of the account it holds.
///
///     account 16 ‖ session 16 ‖ generation 4 ‖ epoch 4 ‖ site's epoch 4 ‖ level 1 ‖ signed in 8
///
/// It names no address. Whether the session still goes on is for the account's file to say (P1).
struct SessionCookie: Equatable {
    static let name: CookieName = "__Host-session"
    private static let purpose: Purpose = "session"

    let account: AccountID
    let session: SessionID
    let generation: UInt32
    let epoch: UInt32
    let siteEpoch: UInt32
    let level: AssuranceLevel
    let signedInAt: Timestamp

    /// Says that `session` of `account` goes on.
    init(_ session: Session, of account: Account, siteEpoch: UInt32) {
        self.account = account.id
        self.session = session.id
        generation = account.generation
        epoch = account.epoch
        self.siteEpoch = siteEpoch
        level = session.level
        signedInAt = session.signedInAt
    }

    /// Reads the cookie that a request brought; anything that was not sealed here is none.
    init?(_ text: String, in world: World) {
        guard
            let payload = try? Self.sealer(in: world).open(text),
            case var reader = PayloadReader(payload),
            let account = reader.identifier(AccountID.self),
            let session = reader.identifier(SessionID.self),
            let generation = reader.integer(UInt32.self), let epoch = reader.integer(UInt32.self),
            let siteEpoch = reader.integer(UInt32.self),
            let level = reader.integer(UInt8.self).flatMap(AssuranceLevel.init),
            let signedInAt = reader.timestamp(), reader.isAtEnd
        else { return nil }
        self.account = account
        self.session = session
        self.generation = generation
        self.epoch = epoch
        self.siteEpoch = siteEpoch
        self.level = level
        self.signedInAt = signedInAt
    }

    /// The cookie to be set.
    func set(in world: World) -> SetCookie? {
        let payload =
            account.bytes + session.bytes + generation.bigEndianBytes + epoch.bigEndianBytes
            + siteEpoch.bigEndianBytes + [level.rawValue] + signedInAt.payload
        return SetCookie(
            Self.name, to: Self.sealer(in: world).seal(payload),
            maxAge: world.configuration.sessionDays * Int(Duration.day))
    }

    /// Whether the cookie's session is one of the account's and has not run out (S43, S45).
    func session(of account: Account, siteEpoch: UInt32, in world: World) -> Session? {
        let now = world.now()
        guard
            !account.isDisabled, account.generation == generation, account.epoch == epoch,
            self.siteEpoch == siteEpoch, signedInAt.isPast(at: now),
            let session = account.sessions.first(where: { $0.id == session }),
            session.level == level, session.signedInAt == signedInAt,
            now < signedInAt + Int64(world.configuration.sessionDays) * Duration.day,
            now < session.usedAt + Int64(world.configuration.sessionIdleDays) * Duration.day
        else { return nil }
        return session
    }

    private static func sealer(in world: World) -> Sealer {
        world.sealer(for: purpose)
    }
}

extension World {
    /// What seals and opens texts of this site for one purpose.
    func sealer(for purpose: Purpose) -> Sealer {
        keys.sealer(for: purpose, audience: configuration.siteURL.origin)
    }
}

import Accounts
import Cryptography
import HTTP

/// Says that this browser has given the right password of an account, and nothing more (P3).
///
///     account 16 ‖ attempt 16 ‖ generation 4 ‖ epoch 4 ‖ made at 8
///
/// Whether the attempt goes on is for the account's file to say.
struct AttemptCookie: Equatable {
    private static let name: CookieName = "__Host-attempt"
    private static let purpose: Purpose = "attempt"

    let account: AccountID
    let attempt: AttemptID
    private let generation: UInt32
    private let epoch: UInt32
    private let madeAt: Timestamp

    /// Says that `attempt` at `account` goes on.
    init(_ attempt: SignInAttempt, at account: Account) {
        self.account = account.id
        self.attempt = attempt.id
        generation = account.generation
        epoch = account.epoch
        madeAt = attempt.startedAt
    }

    /// Reads the cookie that a request brought.
    init?(_ cookies: Cookies, in world: World) {
        guard
            let text = cookies[Self.name],
            let payload = try? world.sealer(for: Self.purpose).open(text),
            case var reader = PayloadReader(payload),
            let account = reader.identifier(AccountID.self),
            let attempt = reader.identifier(AttemptID.self),
            let generation = reader.integer(UInt32.self), let epoch = reader.integer(UInt32.self),
            let madeAt = reader.timestamp(), reader.isAtEnd
        else { return nil }
        self.account = account
        self.attempt = attempt
        self.generation = generation
        self.epoch = epoch
        self.madeAt = madeAt
    }

    /// The attempt, if it goes on: the password that was right is still the account's.
    func attempt(at account: Account, now: Timestamp) -> SignInAttempt? {
        guard
            !account.isDisabled, account.generation == generation, account.epoch == epoch,
            let attempt = account.attempts.first(where: { $0.id == attempt }),
            attempt.startedAt == madeAt, attempt.isOpen(at: now)
        else { return nil }
        return attempt
    }

    /// The cookie to be set.
    func set(in world: World) -> SetCookie? {
        let payload =
            account.bytes + attempt.bytes + generation.bigEndianBytes + epoch.bigEndianBytes
            + madeAt.payload
        return SetCookie(Self.name, to: world.sealer(for: Self.purpose).seal(payload))
    }

    static let removal = SetCookie.removing(name)
}

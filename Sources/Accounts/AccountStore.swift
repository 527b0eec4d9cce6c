/// Where accounts are kept, and everything else that outlives a request.
///
/// Whatever returns has happened and outlives a crash, unless its description says otherwise. When
/// something could not be done, nothing has changed, and a `StoreError` is thrown.
package protocol AccountStore: Sendable {
    /// The account of that name, or nil if there is none.
    func account(_ id: AccountID) throws -> Account?

    /// The account at an address, or nil if nobody has it.
    func account(at address: EmailAddress) throws -> Account?

    /// Adds an account, whose address nobody else can have from then on.
    ///
    /// - Returns: Whether it was added; false if the address already has an account.
    func add(_ account: Account) throws -> Bool

    /// Changes an account while nobody else can.
    ///
    /// The account is read after its lock was taken, and written if it was changed.
    ///
    /// - Returns: What `change` returned, or nil if there is no such account.
    func update<Result>(
        _ id: AccountID, _ change: (inout Account) throws -> Result
    ) throws -> Result?

    /// Moves an account to another address, and makes the other changes in the same write.
    ///
    /// - Returns: False if the address already has an account, or the account is gone.
    func move(
        _ id: AccountID, to address: EmailAddress, _ change: (inout Account) throws -> Void
    ) throws -> Bool

    /// Deletes an account and all that belongs to it; its address is free again.
    func remove(_ id: AccountID) throws

    /// The latest events of an account, newest first.
    func events(of id: AccountID, atMost count: Int) throws -> [Event]

    /// Notes an event. The note may be lost in a crash.
    func note(_ event: Event, of id: AccountID) throws

    /// Remembers to look after an account at a time. The note may be lost in a crash.
    func lookAfter(_ id: AccountID, at moment: Timestamp) throws

    /// The name under which something waits for a mailbox, of which an address has one at most.
    func key(_ purpose: Confirmation.Purpose, of address: EmailAddress) -> ConfirmationKey

    /// What waits for a mailbox, or nil.
    func confirmation(_ key: ConfirmationKey) throws -> Confirmation?

    /// Changes, makes or removes (by nil) a confirmation while nobody else can.
    func updateConfirmation<Result>(
        _ key: ConfirmationKey, _ change: (inout Confirmation?) throws -> Result
    ) throws -> Result

    /// Reads and changes several throttles while nobody else can. Changes may be lost in a crash.
    func updateThrottles<Result>(
        _ keys: [ThrottleKey], _ change: (inout [Throttle]) -> Result
    ) throws -> Result

    /// Counts how often every session of every account was ended.
    func siteEpoch() throws -> UInt32

    /// Ends every session of every account, by one write.
    func advanceSiteEpoch() throws

    /// Does what a form asks for once, however often the form is sent.
    ///
    /// The first time, `work` runs, and the bytes it returns are kept for a while; a second sender of
    /// the same form waits for the first and is given the same bytes. Nothing is kept where `work`
    /// returns nil, and the next sender's work runs.
    ///
    /// - Returns: The bytes, and whether they are a repetition.
    func once(
        _ form: FormID, at now: Timestamp, _ work: () throws -> [UInt8]?
    ) throws -> (bytes: [UInt8], isRepetition: Bool)?
}

/// Names a confirmation: what it is for, and whose address it is about.
package struct ConfirmationKey: Sendable, Hashable {
    package let purpose: Confirmation.Purpose
    /// The first 16 bytes of the keyed hash of the canonical address, by which files are named; of a
    /// notice, random ones.
    package let addressTag: [UInt8]

    package init(purpose: Confirmation.Purpose, addressTag: [UInt8]) {
        self.purpose = purpose
        self.addressTag = addressTag
    }

    /// The name of a new notice.
    ///
    /// An address can have many, each with a link that works: a thief who brings about a second
    /// notice must not void the link of the first (A40).
    package static func notice(randomBytes: (_ count: Int) -> [UInt8]) -> Self {
        Self(purpose: .notMe, addressTag: randomBytes(16))
    }
}

/// Why the store could not do what it was asked; nothing has changed then.
package enum StoreError: Error, Equatable, CustomStringConvertible {
    /// A file cannot be read or written. The text names the file and the system's reason.
    case unavailable(String)
    /// A file holds something that this program did not write. The text names the file and the line.
    case damaged(String)

    package var description: String {
        switch self {
        case .unavailable(let reason), .damaged(let reason): reason
        }
    }
}

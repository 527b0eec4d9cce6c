import AccountFiles
import Accounts
import HTTP
import Installation

/// What may be counted, as far as the accounts and the log tell: keys by the names of their counts.
struct KnownThrottles {
    private var keys: [ThrottleName: ThrottleKey] = [:]
    private let store: AccountDirectory

    /// Gathers the accounts, and the addresses and networks of the log and of the one before it.
    ///
    /// - Parameters:
    ///   - store: The accounts.
    ///   - log: The log.
    ///   - textsPerDay: How many text messages the site sends in a day.
    /// - Throws: `StoreError` or `FileError`.
    init(_ store: AccountDirectory, _ log: LogFile, textsPerDay: Int) throws {
        self.store = store
        add(.textDay(Timestamp.now.dayNumber, most: textsPerDay))
        try store.forEachAccount { id in
            // One that cannot be read is a matter of `postern doctor`.
            if let account = try? store.account(id) { add(account) }
        }
        var readers = [log.readerOfLast(), log.reader()]
        for index in readers.indices {
            var lines = try readers[index].lines()
            while !lines.isEmpty {
                lines.compactMap(LogLine.init).forEach { add($0) }
                lines = try readers[index].lines()
            }
        }
    }

    /// Everything that is counted still, with what is known of it; the next to be heard comes last.
    func counts(in store: AccountDirectory, at now: Timestamp) throws -> [ThrottleCount] {
        var counts: [ThrottleCount] = []
        try store.forEachThrottle { name, throttle in
            let key = keys[name]
            // Without its key it is not known for how long a count is kept; the longest is this.
            let memory = key?.limit.memory ?? Duration.day
            guard now - throttle.lastFailure < memory else { return }
            counts.append(ThrottleCount(name: name, throttle: throttle, key: key))
        }
        return counts.sorted { left, right in
            (left.opensAt ?? left.throttle.lastFailure, left.name.text)
                > (right.opensAt ?? right.throttle.lastFailure, right.name.text)
        }
    }

    private mutating func add(_ key: ThrottleKey) {
        keys[store.throttleName(of: key)] = key
    }

    private mutating func add(_ account: Account) {
        add(address: account.email)
        add(.session(account.id))
        add(.phoneProof(account.id))
        add(.textAccount(account.id))
        if let phone = account.factors.phone { add(.textNumber(phone.number)) }
        for session in account.sessions {
            add(network: session.visitor.network)
            add(.pair(address: account.email.canonical, network: session.visitor.network))
        }
    }

    private mutating func add(_ line: LogLine) {
        let network = line["ip"].flatMap(NetworkAddress.init)?.network
        let address = line["user"].flatMap(EmailAddress.init)
        if let network { add(network: network) }
        if let address { add(address: address) }
        if let network, let address {
            add(.pair(address: address.canonical, network: network))
        }
    }

    private mutating func add(address: EmailAddress) {
        add(.address(address.canonical))
        add(.mail(address.canonical))
    }

    private mutating func add(network: String) {
        for key in [
            ThrottleKey.network(network), .mailNetwork(network), .lookUps(network),
            .textNetwork(network),
        ] {
            add(key)
        }
    }
}

/// Something that is counted, and what it is if that is known.
struct ThrottleCount {
    let name: ThrottleName
    let throttle: Throttle
    let key: ThrottleKey?

    /// When the next attempt is heard; nil where it is not known what is counted.
    var opensAt: Timestamp? { key.map { throttle.opensAt(under: $0.limit) } }

    /// Whether it makes somebody wait, or may do so.
    func mayMakeWait(at now: Timestamp) -> Bool {
        opensAt.map { $0 > now } ?? (throttle.failures > 5)
    }
}

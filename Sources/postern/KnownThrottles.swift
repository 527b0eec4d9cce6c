import AccountFiles
import Accounts
import HTTP
import Installation

/// What may be counted, as far as the accounts and the log tell: keys by the names of their counts.
struct KnownThrottles {
    private var keys: [ThrottleName: ThrottleKey] = [:]
    private let store: AccountDirectory

    /// Gathers the addresses and networks of the log and of the one before it.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - store: Where the counts are.
    /// - Throws: `FileError`.
    init(_ log: LogFile, of store: AccountDirectory) throws {
        self.store = store
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
    func counts(at now: Timestamp) throws -> [ThrottleCount] {
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

    mutating func add(_ key: ThrottleKey) {
        keys[store.throttleName(of: key)] = key
    }

    mutating func add(_ account: Account) {
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

    mutating func add(address: EmailAddress) {
        add(.address(address.canonical))
        add(.mail(address.canonical))
    }

    mutating func add(network: String) {
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

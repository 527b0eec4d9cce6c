import AccountFiles
import Accounts
import Cryptography
import Glibc

/// The commands, and what they do to the store.
struct Exerciser {
    private let store: AccountDirectory
    private let now = Timestamp(seconds: 1_795_000_000)

    init(path: String) throws {
        // The bytes 0 to 31, so that the test can hash addresses too.
        store = try AccountDirectory(path: path, namesKey: AuthenticationKey([UInt8](0..<32)))
    }

    /// Does one command.
    ///
    /// - Returns: `ok` and its outcome, or `error` and the store's sentence.
    func perform(_ command: String) -> String {
        let words = command.split(separator: " ").map(String.init)
        do {
            return "ok \(try outcome(of: words[0], Array(words.dropFirst())))"
        } catch {
            return "error \(error)"
        }
    }

    private func outcome(of name: String, _ words: [String]) throws -> String {
        switch name {
        case "add": "\(try store.add(account(words[0], at: words[1])))"
        case "update": try update(id(words[0]))
        case "move": "\(try store.move(id(words[0]), to: address(words[1])) { _ in })"
        case "remove": try removed(id(words[0]))
        case "show": show(try store.account(id(words[0])))
        case "at": try store.account(at: address(words[0]))?.id.text ?? "none"
        case "list": try list()
        case "confirm": try confirm(address(words[0]))
        case "forget": try forget(address(words[0]))
        case "waiting": waiting(try store.confirmation(key(words[0])))
        case "note": try note(id(words[0]))
        case "events": "\(try store.events(of: id(words[0]), atMost: 1000).count)"
        case "fail": try fail(words)
        case "failures": try failures(words)
        case "once": try once(words[0], words[1])
        case "epoch": "\(try store.siteEpoch())"
        case "advance": try advance()
        case "sweep": try sweep(Int64(words[0]) ?? 0)
        default: "unknown"
        }
    }
}

// MARK: - Accounts

extension Exerciser {
    private func account(_ name: String, at text: String) -> Account {
        Account(id: id(name), email: address(text), name: .none, password: nil, at: now)
    }

    private func update(_ id: AccountID) throws -> String {
        let generation = try store.update(id) { account in
            account.changePassword(to: nil, at: now)
            return account.generation
        }
        return generation.map { "\($0)" } ?? "none"
    }

    private func removed(_ id: AccountID) throws -> String {
        try store.remove(id)
        return "removed"
    }

    private func show(_ account: Account?) -> String {
        account.map { "\($0.email.text) \($0.generation)" } ?? "none"
    }

    private func list() throws -> String {
        var names: [String] = []
        try store.forEachAccount { names.append($0.text) }
        return names.sorted().joined(separator: " ")
    }

    private func note(_ id: AccountID) throws -> String {
        let visitor = Visitor(network: "192.0.2.7", browser: "Firefox on Linux")
        try store.note(Event(.signedIn, at: now, by: visitor), of: id)
        return "noted"
    }
}

// MARK: - What else is kept

extension Exerciser {
    private func key(_ text: String) -> ConfirmationKey {
        store.key(.reset, of: address(text))
    }

    /// Counts one more wrong code.
    private func confirm(_ address: EmailAddress) throws -> String {
        try store.updateConfirmation(store.key(.reset, of: address)) { confirmation in
            if confirmation != nil {
                confirmation?.misses += 1
            } else {
                let secret = AuthenticationKey([UInt8](0..<32)).tag(of: [])
                confirmation = Confirmation(.reset, of: address, at: now, secret: secret)
            }
            return waiting(confirmation)
        }
    }

    private func forget(_ address: EmailAddress) throws -> String {
        try store.updateConfirmation(store.key(.reset, of: address)) { $0 = nil }
        return "forgotten"
    }

    private func waiting(_ confirmation: Confirmation?) -> String {
        confirmation.map { "\($0.misses)" } ?? "none"
    }

    private func fail(_ networks: [String]) throws -> String {
        try store.updateThrottles(networks.map { .network($0) }) { throttles in
            throttles = throttles.map { Throttle(failures: $0.failures + 1, lastFailure: now) }
            return throttles.map { "\($0.failures)" }.joined(separator: " ")
        }
    }

    private func failures(_ networks: [String]) throws -> String {
        try store.updateThrottles(networks.map { .network($0) }) { throttles in
            throttles.map { "\($0.failures)" }.joined(separator: " ")
        }
    }

    private func once(_ form: String, _ text: String) throws -> String {
        guard let form = FormID(text: form) else { return "no form" }
        let answer = try store.once(form, at: now) {
            // Long enough that others come while it is being done.
            usleep(20_000)
            return Array(text.utf8)
        }
        return answer.map {
            String(decoding: $0.bytes, as: UTF8.self) + ($0.isRepetition ? " again" : "")
        } ?? "none"
    }

    private func advance() throws -> String {
        try store.advanceSiteEpoch()
        return "advanced"
    }

    private func sweep(_ seconds: Int64) throws -> String {
        try store.sweep(at: now + seconds)
        return "swept"
    }
}

// MARK: - Words

private func id(_ text: String) -> AccountID {
    guard let id = AccountID(text: text) else { fatalError("\(text) is no account's name") }
    return id
}

private func address(_ text: String) -> EmailAddress {
    guard let address = EmailAddress(text) else { fatalError("\(text) is no address") }
    return address
}

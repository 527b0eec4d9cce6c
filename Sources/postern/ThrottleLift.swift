import AccountFiles
import Accounts
import ArgumentParser
import Glibc
import HTTP
import Installation

/// `postern throttle lift`: lets somebody try again at once.
struct ThrottleLift: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lift",
        abstract: "Let somebody try again at once who has to wait.",
        discussion: """
            Forgets the failures that were counted for an address and its account, from wherever they \
            came, or for a network, whichever address it tried. What 'postern throttle list' calls \
            unknown is lifted by the name of its hash. Passwords and second factors stay as they are, \
            and whoever fails again is counted again.

            Each count that was forgotten is printed. It stands in the log that you did it.

            Examples:
              postern throttle lift ada@example.org --data /var/lib/millbrook
              postern throttle lift 203.0.113.9
            """)

    /// What is to be lifted.
    private enum Target {
        case address(EmailAddress)
        case network(String)
        case name(ThrottleName)
    }

    @Argument(
        help: ArgumentHelp(
            "An e-mail address, the address of a network, or the name of a hash.",
            valueName: "whom"))
    var whom: String

    @OptionGroup var data: DataOption

    func run() throws {
        let target = try target()
        let (data, store) = try data.openStore()
        try stored {
            var known = try KnownThrottles(data.log, of: store)
            var account: AccountID?
            switch target {
            case .address(let address):
                known.add(address: address)
                if let found = try store.account(at: address) {
                    known.add(found)
                    account = found.id
                }
            case .network(let network): known.add(network: network)
            case .name: break
            }
            var lifted = 0
            for count in try known.counts(at: .now) where Self.covers(target, account, count) {
                guard try store.liftThrottle(count.name) else { continue }
                print(count.key?.text ?? "unknown \(count.name.text)")
                lifted += 1
            }
            guard lifted > 0 else {
                throw Complaint(
                    "nothing is counted for \(whom.escaped(limit: 254))",
                    hint: "'postern throttle list --all' shows all that is counted"
                ).exit(EX_DATAERR)
            }
            log(target, account, in: data)
        }
    }

    private func target() throws -> Target {
        if let address = EmailAddress(whom) { return .address(address) }
        if let network = Self.network(whom) { return .network(network) }
        if let name = ThrottleName(whom) { return .name(name) }
        throw Complaint(
            "'\(whom.escaped(limit: 254))' is no e-mail address, no address of a network and no name",
            hint: "such as ada@example.org, 203.0.113.9 or 2001:db8::/64"
        ).exit(EX_USAGE)
    }

    /// The network of an address, which may have the length of its prefix behind it.
    private static func network(_ text: String) -> String? {
        let parts = text.split(separator: "/", maxSplits: 1)
        guard let first = parts.first, let network = NetworkAddress(String(first))?.network,
            parts.count == 1 || network.hasSuffix("/\(parts[1])")
        else { return nil }
        return network
    }

    private static func covers(
        _ target: Target, _ account: AccountID?, _ count: ThrottleCount
    ) -> Bool {
        switch (target, count.key) {
        case (.name(let name), _): count.name == name
        case (.address(let address), .address(let counted)),
            (.address(let address), .pair(let counted, _)),
            (.address(let address), .mail(let counted)):
            counted == address.canonical
        case (.address, .session(let counted)), (.address, .phoneProof(let counted)),
            (.address, .textAccount(let counted)):
            counted == account
        case (.network(let network), .network(let counted)),
            (.network(let network), .pair(_, let counted)),
            (.network(let network), .mailNetwork(let counted)),
            (.network(let network), .lookUps(let counted)),
            (.network(let network), .textNetwork(let counted)):
            counted == network
        default: false
        }
    }

    private func log(_ target: Target, _ account: AccountID?, in data: DataDirectory) {
        let event: LogEntry.Event =
            switch target {
            case .address(let address):
                .operated(.throttleLifted, account: account, user: address)
            case .network(let network): .throttleLifted(holder: network)
            case .name(let name): .throttleLifted(holder: name.text)
            }
        data.log.write(LogEntry(event, at: .now))
    }
}

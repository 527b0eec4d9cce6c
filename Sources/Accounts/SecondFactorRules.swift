/// What the operator decides about second factors.
package struct SecondFactorRules: Sendable, Equatable {
    /// Whether people without a factor are told that there are factors.
    package var advises: Bool
    /// Who must have a factor.
    package var requirement: FactorRequirement
    /// Whose password and factors are the business of the web server in front.
    package var singleSignOn: SingleSignOn
    /// Of which changes the owner of an account is told by mail (S35, S25).
    package var notices: [Confirmation.Change]
    /// What is watched for.
    package var audiences: [Audience]
}

/// Who must have a second factor, and from when on.
///
///     nobody
///     everybody from 2027-01-31
///     staff editors
package struct FactorRequirement: Sendable, Equatable {
    package enum Extent: Sendable, Equatable {
        case nobody
        case everybody
        case groups(Set<GroupName>)
    }

    package let extent: Extent
    /// The day on which it begins; nil if it has begun.
    package let start: Timestamp?

    /// Reads a setting.
    package init?(_ text: String) {
        var words = text.split(separator: " ").map(String.init)
        start =
            words.count > 2 && words[words.count - 2] == "from" ? Timestamp(day: words.last) : nil
        if words.contains("from") {
            guard start != nil else { return nil }
            words.removeLast(2)
        }
        switch words {
        case ["nobody"] where start == nil: extent = .nobody
        case ["everybody"]: extent = .everybody
        default:
            let groups = words.compactMap(GroupName.init)
            guard groups.count == words.count, !groups.isEmpty,
                !words.contains("nobody"), !words.contains("everybody")
            else { return nil }
            extent = .groups(Set(groups))
        }
    }

    /// Whether an account is among those who must have a factor, be it now or later.
    package func covers(_ account: Account) -> Bool {
        switch extent {
        case .nobody: false
        case .everybody: true
        case .groups(let groups): !groups.isDisjoint(with: account.groups)
        }
    }

    /// Whether an account must have a factor now.
    package func isInForce(for account: Account, at now: Timestamp) -> Bool {
        covers(account) && start.map { $0 <= now } ?? true
    }
}

/// Whose identity the web server in front has found out, by an identity provider of theirs.
///
///     none
///     corp.example group:staff
package struct SingleSignOn: Sendable, Equatable {
    /// Domains of mail addresses, in A-labels and small letters.
    package let domains: Set<String>
    package let groups: Set<GroupName>

    package static let none = Self(domains: [], groups: [])

    private init(domains: Set<String>, groups: Set<GroupName>) {
        self.domains = domains
        self.groups = groups
    }

    /// Reads a setting.
    package init?(_ text: String) {
        guard text != "none" else {
            self = .none
            return
        }
        var domains: Set<String> = []
        var groups: Set<GroupName> = []
        for word in text.split(separator: " ").map(String.init) {
            if word.hasPrefix("group:") {
                guard let group = GroupName(String(word.dropFirst(6))) else { return nil }
                groups.insert(group)
            } else {
                guard let address = EmailAddress("a@\(word)") else { return nil }
                domains.insert(String(address.domain))
            }
        }
        self.init(domains: domains, groups: groups)
    }

    /// Whether the web server is asked about anybody at all.
    package var isOn: Bool { self != .none }

    /// Whether the owners of addresses at a domain sign in there, whoever they are.
    package func covers(_ address: EmailAddress) -> Bool {
        !domains.isEmpty
            && domains.contains(String(address.canonical.split(separator: "@").last ?? ""))
    }

    /// Whether the owner of an account signs in there.
    package func covers(_ account: Account) -> Bool {
        covers(account.email) || !groups.isDisjoint(with: account.groups)
    }
}

extension Timestamp {
    /// The beginning of a day that is written as `2027-01-31`, in UTC.
    fileprivate init?(day: String?) {
        self.init(text: "\(day ?? "")T00:00:00Z")
    }
}

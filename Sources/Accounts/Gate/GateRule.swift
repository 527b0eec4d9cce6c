/// Who may have the pages at a path and below it.
///
///     /members/ signed-in
///     /members/board/ group board group staff
///     /vault/ second-factor fresh 15m
package struct GateRule: Sendable, Equatable {
    /// The path in bytes, with a slash at its end: whatever begins with it is below it.
    let path: [UInt8]
    /// The groups of which an account must be in one; none where anybody will do.
    package let groups: Set<GroupName>
    /// Whether a second factor must have been given, now or when the device was remembered.
    package let needsSecondFactor: Bool
    /// For how many seconds a proof of who somebody is serves; of a second factor, too, where one is
    /// needed.
    package let freshness: Int64?

    /// What holds where no rule does: being signed in is enough, and not being signed in is not.
    package static let signedIn = GateRule(
        path: [UInt8(ascii: "/")], groups: [], needsSecondFactor: false, freshness: nil)

    private init(path: [UInt8], groups: Set<GroupName>, needsSecondFactor: Bool, freshness: Int64?)
    {
        self.path = path
        self.groups = groups
        self.needsSecondFactor = needsSecondFactor
        self.freshness = freshness
    }

    /// Reads a setting.
    package init?(_ text: String) {
        var words = text.split(separator: " ").map(String.init)[...]
        guard let path = words.popFirst(), Self.isPath(path), !words.isEmpty else { return nil }
        var groups: Set<GroupName> = []
        var needsSecondFactor = false
        var freshness: Int64?
        if words == ["signed-in"] { words = [] }
        while let word = words.popFirst() {
            switch word {
            case "group":
                guard let group = words.popFirst().flatMap(GroupName.init) else { return nil }
                groups.insert(group)
            case "second-factor" where !needsSecondFactor: needsSecondFactor = true
            case "fresh" where freshness == nil:
                guard let period = words.popFirst().flatMap(Duration.seconds) else { return nil }
                freshness = period
            default: return nil
            }
        }
        self.init(
            path: Self.withLastSlash(Array(path.utf8)), groups: groups,
            needsSecondFactor: needsSecondFactor, freshness: freshness)
    }

    /// The path with a slash at its end, without which it is the same.
    static func withLastSlash(_ path: [UInt8]) -> [UInt8] {
        path.last == UInt8(ascii: "/") ? path : path + [UInt8(ascii: "/")]
    }

    /// Whether it is a decoded path in its one spelling, with or without a slash at its end.
    private static func isPath(_ text: String) -> Bool {
        let names = text.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
        return names.first?.isEmpty == true
            && !names.dropFirst().dropLast().contains(where: \.isEmpty)
            && !names.contains { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }
            && !text.utf8.contains { "%?#\\".utf8.contains($0) }
    }
}

/// What a rule asks for that somebody has not given.
package enum Lack: Sendable, Equatable {
    /// The account is in none of the groups.
    case group
    /// No second factor was given.
    case secondFactor
    /// It is too long ago that the person proved who they are.
    case freshness
}

extension GateRule {
    /// Finds what an account lacks, in a session of it.
    ///
    /// - Returns: What cannot be helped before what can; nil if nothing is lacking.
    package func lack(of account: Account, _ session: Session, at now: Timestamp) -> Lack? {
        guard groups.isEmpty || !groups.isDisjoint(with: account.groups) else { return .group }
        guard !needsSecondFactor || session.level != .one else { return .secondFactor }
        guard let freshness else { return nil }
        // At a device that is remembered, the second factor is as old as that.
        let isAllFresh = !needsSecondFactor || session.level == .two
        return isAllFresh && now - session.signedInAt < freshness ? nil : .freshness
    }
}

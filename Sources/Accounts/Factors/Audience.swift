/// A condition on what happens to an account, and what is done once when it comes true.
///
///     password-known when second-factor-failed 5 within 15m or second-factor-abandoned 1 within 15m do mail log
///
/// An account that has entered an audience stays in it until nothing of the kind has happened for the
/// longest time that a condition names; only then can it enter again. So whoever causes the events
/// cannot flood a mailbox (A39).
package struct Audience: Sendable, Equatable {
    /// That an event happened so often within so much time.
    package struct Condition: Sendable, Equatable {
        package let event: Event.Kind
        package let count: Int
        /// In seconds.
        package let period: Int64
    }

    /// What is done when an account enters.
    package enum Action: String, Sendable, CaseIterable {
        /// The template `NAME-mail` is sent to the owner.
        case mail
        /// The account is said to be in the audience wherever the operator looks at it.
        case flag
        /// A line is written into the log.
        case log
    }

    package let name: AudienceName
    /// Any of them is enough.
    package let conditions: [Condition]
    package let actions: [Action]

    /// Reads one from a line of the configuration.
    package init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard
            let name = words.first.flatMap(AudienceName.init), words.dropFirst().first == "when",
            let doing = words.firstIndex(of: "do"), doing > 2
        else { return nil }
        let conditions = words[2..<doing].split(separator: "or", omittingEmptySubsequences: false)
            .map { Condition(words: Array($0)) }
        let actions = words[(doing + 1)...].map(Action.init(rawValue:))
        guard
            !actions.isEmpty, !conditions.contains(nil), !actions.contains(nil),
            Set(actions).count == actions.count
        else { return nil }
        self.name = name
        self.conditions = conditions.compactMap(\.self)
        self.actions = actions.compactMap(\.self)
        // A mail to a person must not be for any stranger to cause (A39).
        guard !self.actions.contains(.mail) || self.conditions.allSatisfy(\.event.needsPassword)
        else { return nil }
    }

    /// After how many quiet seconds an account can enter again.
    var rearmingPeriod: Int64 { conditions.map(\.period).max() ?? 0 }

    /// Whether a condition is true of the latest events, newest first.
    func isTrue(of events: [Event], at now: Timestamp) -> Bool {
        conditions.contains { condition in
            events.count { $0.kind == condition.event && now - $0.at < condition.period }
                >= condition.count
        }
    }
}

extension Audience.Condition {
    /// Reads `EVENT N within T`, with T as in `15m`, `2h` or `7d`.
    fileprivate init?(words: [String]) {
        guard
            words.count == 4, words[2] == "within",
            let event = Event.Kind(rawValue: words[0]),
            let count = Int(words[1]), (1...Audience.mostEvents).contains(count),
            let period = Duration.seconds(words[3])
        else { return nil }
        self.event = event
        self.count = count
        self.period = period
    }
}

extension Audience {
    /// How many events are looked at, and so the most that a condition can name.
    package static let mostEvents = 60
}

extension Event.Kind {
    /// Whether it takes the password of the account to bring it about, or a session of it.
    var needsPassword: Bool {
        switch self {
        case .wrongPassword, .resetAsked: false
        default: true
        }
    }
}

extension Account {
    /// Finds the audiences that an account enters by an event, and notes that it is in them.
    ///
    /// - Parameters:
    ///   - all: Every audience of the site.
    ///   - event: What has just happened.
    ///   - events: The latest events, newest first, that one among them.
    /// - Returns: The audiences that it was not in before.
    package mutating func enter(_ all: [Audience], by event: Event, _ events: [Event]) -> [Audience]
    {
        var entered: [Audience] = []
        for audience in all where audience.conditions.contains(where: { $0.event == event.kind }) {
            let last = audiences[audience.name]
            let isInside = last.map { event.at - $0 < audience.rearmingPeriod } ?? false
            if isInside {
                audiences[audience.name] = event.at
            } else if audience.isTrue(of: events, at: event.at) {
                audiences[audience.name] = event.at
                entered.append(audience)
            }
        }
        return entered
    }
}

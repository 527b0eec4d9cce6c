/// One line of the log.
///
///     2026-11-21T07:00:00+00:00 auth result=bad-password ip=203.0.113.9 account=- flow=sign-in user="ada@example.org"
///     2026-11-21T07:00:00+00:00 error status=503 reason="accounts/5f: Permission denied"
///     2026-11-21T07:00:00+00:00 breach-check result=unknown reason="no answer in time"
///     2026-11-21T07:00:00+00:00 factors-removed account=q6urq6urq6urq6urq6urqw reason="called back"
///     2026-11-21T07:00:00+00:00 operator act=disabled account=q6urq6urq6urq6urq6urqw user="ada@example.org"
///     2026-11-21T07:00:00+00:00 operator act=imported accounts=1200
///     2026-11-21T07:00:00+00:00 operator act=throttle-lifted of=203.0.113.9/32
///     2026-11-21T07:00:00+00:00 operator act=sessions-ended
///     2026-11-21T07:00:00+00:00 audience name=password-known account=q6urq6urq6urq6urq6urqw
///
/// The order is fixed, so that programs such as fail2ban can read it. What somebody typed stands
/// last, in quotes, in printable ASCII without quotes or line breaks of its own, and never in full
/// if it is long; it can be taken neither for another field nor for another line (A54, S63).
package struct LogEntry: Sendable, Equatable {
    package let at: Timestamp
    package let event: Event

    package enum Event: Sendable, Equatable {
        /// Somebody tried to prove who they are.
        case authentication(Authentication)
        /// A request could not be answered; `reason` is for the operator's eyes.
        case failure(status: Int, reason: String)
        /// Nobody could say whether a password was breached; `reason` is for the operator's eyes.
        case noBreachAnswer(reason: String)
        /// An account has entered an audience.
        case audience(AudienceName, account: AccountID)
        /// The operator has removed the second factors of an account.
        case factorsRemoved(account: AccountID, reason: String)
        /// The operator has done something to one account, or to an address that has none yet.
        case operated(OperatorAct, account: AccountID?, user: EmailAddress)
        /// The operator has moved accounts in or out.
        case moved(MovingAct, accounts: Int)
        /// The operator has let a network, or whoever a hash stands for, try again at once.
        case throttleLifted(holder: String)
        /// The operator has done something to the whole site.
        case maintained(SiteAct)
    }

    /// What the operator does to one account.
    package enum OperatorAct: String, Sendable, CaseIterable {
        case invited
        case disabled
        case enabled
        case groupAdded = "group-added"
        case groupRemoved = "group-removed"
        case resetMailed = "reset-mailed"
        case deleted
        /// They may try to sign in again at once.
        case throttleLifted = "throttle-lifted"
    }

    /// How the operator moves accounts.
    package enum MovingAct: String, Sendable, CaseIterable {
        case imported
        case exported
        /// With the hashes of the passwords.
        case exportedWithHashes = "exported-with-hashes"
        case backedUp = "backed-up"
        case backedUpWithoutKeys = "backed-up-without-keys"
        case restored
    }

    /// What the operator does to the whole site.
    package enum SiteAct: String, Sendable, CaseIterable {
        case sessionsEnded = "sessions-ended"
        case keysRotated = "keys-rotated"
    }

    /// One attempt to prove who one is, and what came of it.
    package struct Authentication: Sendable, Equatable {
        package let result: Result
        package let flow: Flow
        /// The client's address in canonical text; anything else is left out of the line.
        package let ip: String
        /// The account that the attempt was about, if there is one.
        package let account: AccountID?
        /// The address that was typed or that the account has.
        package let user: String

        package init(
            _ result: Result, in flow: Flow, from ip: String, account: AccountID?, user: String
        ) {
            self.result = result
            self.flow = flow
            self.ip = ip
            self.account = account
            self.user = user
        }
    }

    /// What came of an attempt.
    package enum Result: String, Sendable, CaseIterable {
        case ok
        case badPassword = "bad-password"
        case badCode = "bad-code"
        /// A mailed link that is forged, used up or too old.
        case badLink = "bad-link"
        /// An attempt before its time; what it held was not looked at.
        case throttled
        /// A form that came from another site, or without its token.
        case csrf
        /// The right password of an account which the operator has disabled.
        case disabled
        /// A wrong code, the last that was let pass: the password was taken away.
        case exhausted
    }

    /// The form at which the attempt was made.
    package enum Flow: String, Sendable, CaseIterable {
        case signUp = "sign-up"
        case verify
        case signIn = "sign-in"
        case signOut = "sign-out"
        case password
        case address
        case addressConfirm = "address-confirm"
        case reset
        case resetNew = "reset-new"
        case sessions
        case close
        case notMe = "not-me"
        case secondFactor = "second-factor"
        case factors
        case confirm
    }

    package init(_ event: Event, at moment: Timestamp) {
        self.event = event
        at = moment
    }

    /// The line, without its end.
    package var line: String {
        switch event {
        case .authentication(let attempt):
            "\(time) auth result=\(attempt.result.rawValue) ip=\(attempt.ip.isIPText ? attempt.ip : "-") "
                + "account=\(attempt.account?.text ?? "-") flow=\(attempt.flow.rawValue) "
                + "user=\"\(attempt.user.escaped(limit: Self.longestUser))\""
        case .failure(let status, let reason):
            "\(time) error status=\(status) reason=\"\(reason.escaped(limit: Self.longestReason))\""
        case .audience(let name, let account):
            "\(time) audience name=\(name.text) account=\(account.text)"
        case .factorsRemoved(let account, let reason):
            "\(time) factors-removed account=\(account.text) reason=\"\(reason.escaped(limit: Self.longestReason))\""
        case .operated(let act, let account, let user):
            "\(time) operator act=\(act.rawValue) account=\(account?.text ?? "-") "
                + "user=\"\(user.text.escaped(limit: Self.longestUser))\""
        case .moved(let act, let accounts):
            "\(time) operator act=\(act.rawValue) accounts=\(accounts)"
        case .throttleLifted(let holder):
            "\(time) operator act=throttle-lifted of=\(holder)"
        case .maintained(let act):
            "\(time) operator act=\(act.rawValue)"
        case .noBreachAnswer(let reason):
            "\(time) breach-check result=unknown reason=\"\(reason.escaped(limit: Self.longestReason))\""
        }
    }

    /// The longest address that mail can be sent to (RFC 5321 §4.5.3.1.3).
    private static let longestUser = 254
    private static let longestReason = 1000

    /// The moment with the offset in digits, as fail2ban reads it.
    private var time: String { at.text.dropLast() + "+00:00" }
}

extension String {
    /// The text in printable ASCII without quotes, everything else as `\u{…}`, cut off after so
    /// many characters.
    package func escaped(limit: Int) -> String {
        let start = unicodeScalars.prefix(limit)
        let escaped = start.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case " "..."~": String(scalar)
            default: "\\u{\(String(scalar.value, radix: 16))}"
            }
        }.joined()
        return start.endIndex == unicodeScalars.endIndex ? escaped : escaped + "..."
    }

    /// Whether the text has no character that cannot stand in an IP address.
    fileprivate var isIPText: Bool {
        !isEmpty
            && utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                    UInt8(ascii: "."), UInt8(ascii: ":"):
                    true
                default: false
                }
            }
    }
}

/// Something that happened to an account, as its owner may read it.
package struct Event: Sendable, Equatable {
    package let at: Timestamp
    package let kind: Kind
    package let visitor: Visitor

    package enum Kind: String, Sendable, CaseIterable {
        case signedIn = "signed-in"
        case signedOut = "signed-out"
        case wrongPassword = "wrong-password"
        case passwordChanged = "password-changed"
        case passwordReset = "password-reset"
        case resetAsked = "reset-asked"
        case addressChanged = "address-changed"
        case sessionEnded = "session-ended"
        case sessionsEnded = "sessions-ended"
        case verified = "verified"
        case notMe = "not-me"
        case newDevice = "new-device"
        case secondFactorFailed = "second-factor-failed"
        case secondFactorAbandoned = "second-factor-abandoned"
        case appAdded = "app-added"
        case appRemoved = "app-removed"
        case phoneAdded = "phone-added"
        case phoneRemoved = "phone-removed"
        case recoveryCodesMade = "recovery-codes-made"
        case recoveryCodeUsed = "recovery-code-used"
        case devicesForgotten = "devices-forgotten"
        case resetRequired = "reset-required"
    }

    package init(_ kind: Kind, at moment: Timestamp, by visitor: Visitor) {
        self.kind = kind
        at = moment
        self.visitor = visitor
    }
}

// An event's line in the account's file of events; the browser's name is the rest of it:
//
//     2026-11-21T09:12:00Z signed-in 192.0.2.7 Firefox on Linux

extension Event {
    package var text: String {
        "\(at.text) \(kind.rawValue) \(visitor.network) \(visitor.browser)"
    }

    package init?(text: String) {
        guard
            let fields = text[...].fields(4), let at = Timestamp(text: fields[0]),
            let kind = Kind(rawValue: String(fields[1]))
        else { return nil }
        self.init(kind, at: at, by: Visitor(network: String(fields[2]), browser: String(fields[3])))
    }
}

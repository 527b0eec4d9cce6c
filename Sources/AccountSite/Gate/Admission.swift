import Accounts
import HTTP
import Hypertext

/// What the gate says to somebody who wants a page.
enum Admission {
    case open(Visit.Member)
    case signedOut
    /// The rule asks for something that they have not given.
    case lacking(Lack, Visit.Member)
    /// They must have a second factor before they can do anything else.
    case notEnrolled(Visit.Member)
    /// The path could be understood in two ways.
    case ambiguous

    /// Decides whether somebody may have a page.
    init(of member: Visit.Member?, to page: AskedPage, in world: World) {
        let rule: GateRule
        switch page {
        case .none: rule = .signedIn
        case .page(let path, _):
            rule = world.configuration.gate
                .rule(for: path.text.utf8, in: world.templates.languages)
        case .ambiguous:
            self = .ambiguous
            return
        }
        guard let member else {
            self = .signedOut
            return
        }
        guard !member.mustEnrol(in: world) else {
            self = .notEnrolled(member)
            return
        }
        let lack = rule.lack(of: member.account, member.session, at: world.now())
        self = lack.map { .lacking($0, member) } ?? .open(member)
    }
}

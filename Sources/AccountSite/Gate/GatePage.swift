import Accounts
import HTTP

/// `/account/gate`: where the web server sends somebody who may not have a page, by itself and without
/// telling the browser.
struct GatePage: ReadingPage {
    func get(_ visit: Visit) throws -> Response {
        let page = visit.request.askedPage.behindGate
        guard page != .none || visit.member == nil else {
            return Redirection(to: .account).response
        }
        return try visit.keepOut(Admission(of: visit.member, to: page, in: visit.world), from: page)
    }
}

extension Visit {
    /// Leads somebody to where they can do what is missing, or says why they are kept out.
    func keepOut(_ admission: Admission, from page: AskedPage) throws -> Response {
        let refusal = try refusal(admission, from: page)
        return refusal.leadsOn
            ? Redirection(to: refusal.link).response : try self.page(refusal, admission.status)
    }

    /// What somebody is told who is kept out.
    ///
    /// Whoever may have the page is told that there is none to be seen: the web server itself has kept
    /// them out, and would again.
    func refusal(_ admission: Admission, from page: AskedPage) throws -> GateForm {
        let next = "next=\(ReturnPath(page).queryValue)"
        switch admission {
        case .signedOut where try challenge() != nil:
            return GateForm(reason: .signIn, link: "\(Route.secondFactor.path)?\(next)")
        case .signedOut:
            return GateForm(
                reason: .signIn, link: "\(Route.signIn.path)?notice=please-sign-in&\(next)")
        case .lacking(.secondFactor, let member) where member.account.factors.isEmpty:
            return GateForm(reason: .enrol, link: Route.factorStart.path)
        case .lacking(.secondFactor, _), .lacking(.freshness, _):
            return GateForm(reason: .confirm, link: "\(Route.confirm.path)?\(next)")
        case .notEnrolled: return GateForm(reason: .required, link: Route.factorStart.path)
        case .lacking(.group, let member):
            return GateForm(
                reason: .group, link: Route.account.path, email: member.account.email.text)
        case .open, .ambiguous: return GateForm(reason: .closed, link: Route.account.path)
        }
    }
}

extension ReturnPath {
    /// The page that the web server was asked for, or the account page where it cannot be gone back to.
    init(_ page: AskedPage) {
        guard case .page(let path, let query) = page else {
            self = .account
            return
        }
        let whole = query.isEmpty ? path.uri : "\(path.uri)?\(query)"
        self = ReturnPath(whole) ?? ReturnPath(path.uri) ?? .account
    }
}

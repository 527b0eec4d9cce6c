import Accounts
import HTTP

/// `/account/check`: tells the web server who is signed in and whether they may have a page; never by a
/// redirect (A69).
///
/// It is asked for every file behind the gate, so it does nothing that no answer needs.
enum GateCheck {
    /// Answers the web server's question.
    ///
    /// - Throws: `StoreError`.
    static func answer(_ request: Request, in world: World) throws -> Response {
        let member = try Visit.Member(request, in: world)
        let page = request.askedPage.behindGate
        let admission = Admission(of: member, to: page, in: world)
        if case .open(let member) = admission {
            return request.isForAuthorizer ? variables(of: member) : fields(of: member)
        }
        // As an authorizer, it answers the visitor itself.
        guard request.isForAuthorizer else { return Response(admission.status) }
        let visit = try Visit(request, in: world)
        return try visit.page(try visit.refusal(admission, from: page), admission.status)
    }

    /// What the web server can hand on to a program behind it.
    private static func fields(of member: Visit.Member) -> Response {
        Response(.noContent).adding([
            Field(name: .accountID, value: member.id),
            Field(name: .accountEmail, value: member.email),
            Field(name: .accountLevel, value: member.level),
            Field(name: .accountGroups, value: member.groups),
        ])
    }

    /// The same as an authorizer says it: variables of the request from then on (FastCGI 1.0 §6.3).
    private static func variables(of member: Visit.Member) -> Response {
        Response(.ok).adding([
            Field(name: .idVariable, value: member.id),
            Field(name: .emailVariable, value: member.email),
            Field(name: .levelVariable, value: member.level),
            Field(name: .groupsVariable, value: member.groups),
        ])
    }
}

// A name is checked where it is made, and so made once.
extension FieldName {
    fileprivate static let accountID: FieldName = "X-Account-Id"
    fileprivate static let accountEmail: FieldName = "X-Account-Email"
    fileprivate static let accountLevel: FieldName = "X-Account-Level"
    fileprivate static let accountGroups: FieldName = "X-Account-Groups"
    fileprivate static let idVariable: FieldName = "Variable-ACCOUNT_ID"
    fileprivate static let emailVariable: FieldName = "Variable-ACCOUNT_EMAIL"
    fileprivate static let levelVariable: FieldName = "Variable-ACCOUNT_LEVEL"
    fileprivate static let groupsVariable: FieldName = "Variable-ACCOUNT_GROUPS"
}

extension Admission {
    /// The status with which somebody is kept out.
    var status: Status {
        switch self {
        case .signedOut: .unauthorized
        case .open, .lacking, .notEnrolled, .ambiguous: .forbidden
        }
    }
}

extension AskedPage {
    /// The same page, but none where it is one of the program's own, about which nobody asks the gate.
    ///
    /// A web server's configuration may name the page with every request that it hands over.
    var behindGate: AskedPage {
        if case .page(let path, _) = self, Route(path: path.text) != nil { return .none }
        return self
    }
}

extension Visit.Member {
    fileprivate var id: FieldValue { FieldValue(account.id.text) ?? "" }
    fileprivate var email: FieldValue { FieldValue(account.email.text) ?? "" }
    fileprivate var level: FieldValue { FieldValue(session.level.number) }
    fileprivate var groups: FieldValue {
        FieldValue(account.groups.map(\.text).sorted().joined(separator: ",")) ?? ""
    }
}

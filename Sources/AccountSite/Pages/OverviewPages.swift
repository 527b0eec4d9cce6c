import Accounts
import Cryptography
import HTTP

/// `/account/`: a person's account and its security.
struct OverviewPage: ReadingPage {
    private static let mostEvents = 60
    private static let mostRows = 12

    func get(_ visit: Visit) throws -> Response {
        guard let member = visit.member else { return visit.signInFirst }
        let events = try visit.world.store.events(
            of: member.account.id, atMost: Self.mostEvents)
        return try visit.page(
            OverviewForm(
                account: member.account, factors: visit.factorRows(of: member.account),
                sendsTexts: visit.sendsTexts, hasAdvice: visit.advisesFactors(member),
                requiredFrom: visit.requiredFrom(member),
                isSignedOnElsewhere: member.isSignedOnElsewhere, now: visit.now,
                notice: visit.notice(OverviewNotice.self) ?? .none, ended: visit.endedCount,
                sessions: visit.sessionRows(of: member),
                events: Array(rows(of: events, at: visit.now).prefix(Self.mostRows))))
    }

    /// Draws what happened several times in a row, from one place, together in one row.
    private func rows(of events: [Event], at now: Timestamp) -> [EventRow] {
        var rows: [EventRow] = []
        for event in events {
            if let last = rows.last, last.event.kind == event.kind,
                last.event.visitor == event.visitor
            {
                rows[rows.count - 1].count += 1
            } else {
                rows.append(EventRow(event: event, now: now))
            }
        }
        return rows
    }
}

/// `/account/sessions`: where a person is signed in; ends one session, or all others (S46).
struct SessionsPage: Page {
    func get(_ visit: Visit) throws -> Response {
        guard let member = visit.member else { return visit.signInFirst }
        return try visit.page(
            SessionsForm(
                notice: visit.notice(OverviewNotice.self) ?? .none, ended: visit.endedCount,
                sessions: visit.sessionRows(of: member)))
    }

    func post(_ visit: Visit) throws -> Reply {
        guard let member = visit.member else { return .refused(visit.signInFirst) }
        switch visit.request.form["session"] {
        case "others": break
        case "devices": return try forgetDevices(member, visit)
        default: return try endOne(member, visit)
        }

        let session = try visit.begin(
            visit.renamedSession(of: member), of: member.account, inPlaceOf: member.session.id
        ) { $0.endSessions() }
        guard let session else { return .refused(visit.signInFirst) }
        try visit.note(.sessionsEnded, of: member.account.id)
        return .done(
            Redirection(
                to: .account, "notice=sessions-ended&ended=\(member.account.sessions.count - 1)",
                setting: [session]))
    }

    /// Forgets every device at which no second factor is asked for (A36).
    private func forgetDevices(_ member: Visit.Member, _ visit: Visit) throws -> Reply {
        _ = try visit.world.store.update(member.account.id) { $0.factors.forgetDevices() }
        try visit.note(.devicesForgotten, of: member.account.id)
        return .done(Redirection(to: .account, "notice=devices-forgotten"))
    }

    private func endOne(_ member: Visit.Member, _ visit: Visit) throws -> Reply {
        guard let id = SessionID(text: visit.request.form["session"] ?? "") else {
            return .refused(try get(visit))
        }
        let wasThere = try visit.world.store.update(member.account.id) { $0.end(id) }
        if wasThere == true {
            try visit.note(.sessionEnded, of: member.account.id)
        }
        guard id != member.session.id else {
            return .done(
                Redirection(
                    to: .signIn, "notice=signed-out", setting: [.removing(SessionCookie.name)]))
        }
        return .done(Redirection(to: .account, "notice=session-ended"))
    }
}

extension Visit {
    /// Whether a member is told on the account page that there are second factors.
    func advisesFactors(_ member: Member) -> Bool {
        member.account.factors.isEmpty && !member.isSignedOnElsewhere
            && member.account.adviceDismissedAt == nil
            && world.configuration.secondFactors.advises
    }

    /// The day from which on a member must have a second factor, if it is to come.
    func requiredFrom(_ member: Member) -> DayPhrase? {
        let requirement = world.configuration.secondFactors.requirement
        guard let start = requirement.start, start > now, member.account.factors.isEmpty,
            requirement.covers(member.account), !member.isSignedOnElsewhere
        else { return nil }
        return DayPhrase(start)
    }

    /// The sessions of a member, this one first and then the latest.
    func sessionRows(of member: Member) -> [SessionRow] {
        member.account.sessions
            .map { SessionRow(session: $0, isCurrent: $0.id == member.session.id, now: now) }
            .sorted { left, right in
                left.isCurrent != right.isCurrent
                    ? left.isCurrent : left.session.usedAt > right.session.usedAt
            }
    }

    /// How many sessions the last page ended, as its redirection says.
    var endedCount: Int {
        guard notice(OverviewNotice.self) != nil, let count = UInt8(request.query["ended"] ?? "")
        else { return 0 }
        return Int(count)
    }
}

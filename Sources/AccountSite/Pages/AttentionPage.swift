import Accounts
import HTTP

/// `/account/attention`: tells somebody who has just signed in what they should know first.
///
/// It says so only to whom signing in has led here, so that nobody is frightened by a link.
struct AttentionPage: ReadingPage {
    /// What there is to say.
    enum Notice: String {
        /// The password was seen in breaches.
        case breached
        /// Others have got past the password since the last time (S65).
        case tried
        case both
    }

    func get(_ visit: Visit) throws -> Response {
        guard let member = visit.member else { return visit.signInFirst }
        guard let notice = visit.notice(Notice.self) else {
            return Redirection(to: .account).response
        }
        let start = Timestamp(seconds: visit.request.query["since"].flatMap(Int64.init) ?? 0)
        // Behind the latest sign-in stands what came since the one before.
        let events = try visit.world.store.events(
            of: member.account.id, atMost: Audience.mostEvents)
        let before = events.drop { $0.kind != .signedIn }.dropFirst()
        return try visit.page(
            AttentionForm(
                next: visit.next.text, isBreached: notice != .tried,
                tried: notice == .breached
                    ? []
                    : TriedRow.rows(
                        Array(before), before: start, member.session.visitor, now: visit.now)))
    }
}

extension TriedRow {
    /// What others have tried since the last sign-in.
    ///
    /// - Parameters:
    ///   - events: The latest events, newest first.
    ///   - start: When the present sign-in began.
    ///   - visitor: Who signs in, whose own mistakes since then are left out.
    ///   - now: The time.
    /// - Returns: A row for each.
    static func rows(
        _ events: [Event], before start: Timestamp, _ visitor: Visitor, now: Timestamp
    ) -> [TriedRow] {
        events.prefix { $0.kind != .signedIn }.filter { event in
            [.secondFactorFailed, .secondFactorAbandoned].contains(event.kind)
                && (event.at < start || event.visitor != visitor)
        }.map { TriedRow(event: $0, now: now) }
    }
}

import Testing

@testable import Accounts

/// What is watched for: how it is written, and when an account enters (A39).
@Suite struct AudienceTests {
    let noon = Timestamp(seconds: 1_795_262_400)
    let visitor = Visitor(network: "192.0.2.7", browser: "Firefox on Linux")
    let known = Audience(
        "known when second-factor-failed 3 within 15m or second-factor-abandoned 1 within 2h do mail log"
    )!

    /// An account, and what happens to it.
    struct Watched {
        var account = Account(
            id: AccountID(bytes: [UInt8](repeating: 1, count: 16))!,
            email: EmailAddress("ada@example.org")!, name: .none, password: nil,
            at: Timestamp(seconds: 0))
        var events: [Event] = []

        /// The names of the audiences that the account enters by an event.
        mutating func happens(
            _ kind: Event.Kind, at now: Timestamp, to audiences: [Audience], by visitor: Visitor
        ) -> [String] {
            let event = Event(kind, at: now, by: visitor)
            events.insert(event, at: 0)
            return account.enter(audiences, by: event, events).map(\.name.text)
        }
    }

    @Test func `reads a line of the configuration`() {
        #expect(known.name.text == "known")
        #expect(known.conditions.map(\.event) == [.secondFactorFailed, .secondFactorAbandoned])
        #expect(known.conditions.map(\.count) == [3, 1])
        #expect(known.conditions.map(\.period) == [900, 7200])
        #expect(known.actions == [.mail, .log])
        #expect(Audience("x when wrong-password 60 within 7d do flag log") != nil)
    }

    @Test(arguments: [
        "", "x", "x when", "x when do log", "x do log",
        "x when second-factor-failed 5 within 15m", "x when second-factor-failed 5 within 15m do",
        "x when second-factor-failed 5 within 15m do shout",
        "x when second-factor-failed 5 within 15m do log log",
        "x when second-factor-failed 0 within 15m do log",
        "x when second-factor-failed 61 within 15m do log",
        "x when second-factor-failed five within 15m do log",
        "x when second-factor-failed 5 within 15 do log",
        "x when second-factor-failed 5 within m do log",
        "x when second-factor-failed 5 within -1m do log",
        "x when second-factor-failed 5 within 1001d do log",
        "x when second-factor-failed 5 in 15m do log", "x when second-factor-failed 5 15m do log",
        "x when no-such-thing 5 within 15m do log",
        "x when second-factor-failed 5 within 15m or do log",
        "x when or second-factor-failed 5 within 15m do log",
        "X when second-factor-failed 5 within 15m do log",
        "1 when second-factor-failed 5 within 15m do log",
    ])
    func `refuses what is none`(text: String) {
        #expect(Audience(text) == nil)
    }

    @Test(arguments: ["wrong-password", "reset-asked"])
    func `A39: refuses mail for what a stranger can cause`(event: String) {
        #expect(Audience("x when \(event) 5 within 15m do mail") == nil)
        #expect(
            Audience("x when second-factor-failed 5 within 15m or \(event) 5 within 15m do mail")
                == nil)
        #expect(Audience("x when \(event) 5 within 15m do log") != nil)
    }

    @Test func `A39: lets an account enter once, and again only after a quiet while`() {
        var ada = Watched()
        func fails(at seconds: Int64) -> [String] {
            ada.happens(.secondFactorFailed, at: noon + seconds, to: [known], by: visitor)
        }
        #expect(fails(at: 0) == [])
        #expect(fails(at: 10) == [])
        #expect(fails(at: 20) == ["known"])
        #expect(fails(at: 30) == [])
        // The longest time of its conditions is two hours; every event begins it anew.
        #expect(fails(at: 20 + 7000) == [])
        #expect(fails(at: 20 + 7000 + 7199) == [])
        let quiet: Int64 = 20 + 7000 + 7199 + 7200
        #expect(fails(at: quiet) == [])
        #expect(fails(at: quiet + 1) == [])
        #expect(fails(at: quiet + 2) == ["known"])
    }

    @Test func `counts only what happened within the time`() {
        var ada = Watched()
        for seconds: Int64 in [0, 600, 900, 1500, 1800] {
            let entered = ada.happens(
                .secondFactorFailed, at: noon + seconds, to: [known], by: visitor)
            #expect(entered == [], "after \(seconds) seconds")
        }
    }

    @Test func `takes one of several conditions for enough, and other events for nothing`() {
        var ada = Watched()
        #expect(ada.happens(.signedIn, at: noon, to: [known], by: visitor) == [])
        #expect(ada.account.audiences.isEmpty)
        #expect(
            ada.happens(.secondFactorAbandoned, at: noon, to: [known], by: visitor) == ["known"])
        for seconds: Int64 in 1...5 {
            #expect(
                ada.happens(.secondFactorFailed, at: noon + seconds, to: [known], by: visitor) == []
            )
        }
    }

    @Test func `watches for several things side by side`() {
        let often = Audience("often when second-factor-failed 4 within 1d do flag")!
        var ada = Watched()
        let entered = (0..<5).map {
            ada.happens(.secondFactorFailed, at: noon + $0, to: [known, often], by: visitor)
        }
        #expect(entered == [[], [], ["known"], ["often"], []])
    }
}

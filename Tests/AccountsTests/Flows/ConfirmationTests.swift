import Accounts
import Cryptography
import Testing

@Suite struct ConfirmationTests {
    let noon = Timestamp(seconds: 1_795_262_400)
    let right = AuthenticationKey([UInt8](repeating: 1, count: 16)).tag(of: [1])
    let wrong = AuthenticationKey([UInt8](repeating: 1, count: 16)).tag(of: [2])

    func confirmation(_ purpose: Accounts.Confirmation.Purpose = .signUp) throws
        -> Accounts.Confirmation
    {
        Accounts.Confirmation(
            purpose, of: try #require(EmailAddress("ada@example.org")), at: noon, secret: right,
            code: right)
    }

    // A4.
    @Test func `accepts a link once`() throws {
        var open = try confirmation()
        #expect(open.use(.link(right), at: noon + 1) == nil)
        #expect(open.use(.link(right), at: noon + 2) == .used)
        #expect(open.use(.link(wrong), at: noon + 2) == .wrong)
    }

    @Test func `tells nothing of its state to a wrong link`() throws {
        var open = try confirmation()
        #expect(open.use(.link(wrong), at: noon + 1) == .wrong)
        #expect(open.use(.link(wrong), at: noon + 90_000) == .wrong)
        #expect(open.state == .open)
    }

    @Test(
        arguments: [
            (Accounts.Confirmation.Purpose.signUp, 24), (.address, 24), (.reset, 1), (.notMe, 720),
            (.invitation, 168),
        ] as [(Accounts.Confirmation.Purpose, Int64)])
    func `expires after its lifetime`(purpose: Accounts.Confirmation.Purpose, hours: Int64) throws {
        let open = try confirmation(purpose)
        let lifetime = hours * 3600
        #expect(open.refusal(of: .link(right), at: noon + (lifetime - 1)) == nil)
        #expect(open.refusal(of: .link(right), at: noon + lifetime) == .expired)
    }

    // A clock that was set back does not revive it, and one from the future is not believed (P7).
    @Test func `is not open before it was asked for`() throws {
        #expect(try confirmation().refusal(of: .link(right), at: noon - 1) == .expired)
    }

    @Test func `gives up a code after ten wrong ones, but not the link`() throws {
        var open = try confirmation()
        for _ in 1...10 {
            #expect(open.use(.code(wrong), at: noon) == .wrong)
        }
        #expect(open.use(.code(right), at: noon) == .expired)
        #expect(open.use(.code(nil), at: noon) == .expired)
        #expect(open.use(.link(right), at: noon) == nil)
    }

    @Test func `counts only wrong codes`() throws {
        var open = try confirmation()
        #expect(open.use(.link(wrong), at: noon) == .wrong)
        #expect(open.misses == 0)
        #expect(open.use(.code(nil), at: noon) == .wrong)
        #expect(open.misses == 1)
    }

    @Test func `is void once it was asked for again`() throws {
        let renewed = try confirmation().renewed(secret: wrong, code: wrong, at: noon + 60)
        #expect(renewed.refusal(of: .link(right), at: noon + 61) == .wrong)
        #expect(renewed.refusal(of: .code(right), at: noon + 61) == .wrong)
        #expect(renewed.refusal(of: .link(wrong), at: noon + 61) == nil)
    }
}

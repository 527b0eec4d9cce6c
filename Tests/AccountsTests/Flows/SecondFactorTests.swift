import Cryptography
import Testing

@testable import Accounts

/// Proving a second factor: what is counted, used up and taken away.
@Suite struct SecondFactorTests {
    let noon = Timestamp(seconds: 1_795_262_400)
    let holder = CodeHolder(bytes: [UInt8](repeating: 7, count: 16))!
    let other = CodeHolder(bytes: [UInt8](repeating: 8, count: 16))!
    let number = PhoneNumber(text: "+12125550167")!

    func tag(_ byte: UInt8) -> AuthenticationTag {
        AuthenticationTag(received: [UInt8](repeating: byte, count: 32))!
    }

    /// An account with a phone and two recovery codes.
    var ada: Account {
        var account = Account(
            id: AccountID(bytes: [UInt8](repeating: 1, count: 16))!,
            email: EmailAddress("ada@example.org")!, name: .none, password: nil, at: noon)
        account.factors.setPhone(
            Phone(
                id: FactorID(bytes: [UInt8](repeating: 2, count: 16))!, number: number,
                addedAt: noon))
        account.factors.setRecoveryCodes([tag(1), tag(2)])
        return account
    }

    func prove(
        _ account: inout Account, text: AuthenticationTag? = nil,
        recoveryCode: AuthenticationTag? = nil, by holder: CodeHolder? = nil, at now: Timestamp
    ) -> SecondFactor.Outcome {
        let proof = SecondFactor.Proof(
            digits: nil, text: text, recoveryCode: recoveryCode, holder: holder ?? self.holder)
        return account.prove(proof, at: now) { _ in preconditionFailure("there is no app") }
    }

    @Test func `A32: takes a recovery code once`() {
        var account = ada
        #expect(prove(&account, recoveryCode: tag(2), at: noon) == .accepted(.recoveryCode))
        #expect(account.factors.recoveryCodes == [tag(1)])
        #expect(prove(&account, recoveryCode: tag(2), at: noon) == .wrong)
    }

    @Test func `S19: takes a code once, from its holder, for ten minutes`() {
        var account = ada
        account.send(SentCode(holder: holder, tag: tag(3), sentAt: noon))
        #expect(prove(&account, text: tag(3), by: other, at: noon + 1) == .wrong)
        #expect(prove(&account, text: tag(4), at: noon + 1) == .wrong)
        var late = account
        #expect(prove(&late, text: tag(3), at: noon + 600) == .wrong)
        #expect(prove(&account, text: tag(3), at: noon + 599) == .accepted(.text))
        #expect(prove(&account, text: tag(3), at: noon + 599) == .wrong)
    }

    @Test
    func `S24: waits longer after each wrong code, and takes the password away at the thirtieth`() {
        var account = ada
        var now = noon
        var waits: [Int64] = []
        for count in 1..<30 {
            #expect(prove(&account, text: tag(9), at: now) == .wrong, "code \(count)")
            let opensAt = account.factorFailures.opensAt(under: SecondFactor.limit)
            waits.append(opensAt - now)
            if opensAt > now {
                // Not even a right one is looked at.
                let early = prove(&account, recoveryCode: tag(1), at: opensAt - 1)
                #expect(early == .throttled(until: opensAt))
            }
            now = opensAt
        }
        #expect(waits.prefix(9) == [0, 0, 0, 0, 0, 10, 20, 40, 80])
        #expect(waits.suffix(10).allSatisfy { $0 == 3600 })
        #expect(prove(&account, text: tag(9), at: now) == .exhausted)
        #expect(account.password == nil && account.renewal?.reason == .secondFactorGuessed)
        #expect(account.factors.phone != nil)
    }

    @Test func `A29: counts on through a new password, until it has taken one away`() throws {
        let hash = try #require(PasswordHash(text: Self.hash))
        for (failures, left) in [(29, 29), (30, 0)] {
            var account = ada
            account.factorFailures = Throttle(failures: failures, lastFailure: noon)
            account.changePassword(to: hash, at: noon)
            #expect(account.factorFailures.failures == left)
        }
    }

    @Test func `S23: takes no recovery code where there is no factor that it stands in for`() {
        var account = ada
        _ = account.factors.remove(account.factors.phone!.id)
        #expect(account.factors.recoveryCodes.isEmpty)
        account.factors.setRecoveryCodes([tag(1)])
        #expect(prove(&account, recoveryCode: tag(1), at: noon) == .wrong)
    }

    @Test func `forgets devices by each change of the factors, and by itself`() {
        var factors = ada.factors
        let before = factors.generation
        factors.forgetDevices()
        _ = factors.remove(factors.phone!.id)
        #expect(factors.generation == before + 2)
    }

    private static let hash =
        "$scrypt$ln=4,r=8,p=1,keyid=0a1b2c3d$AAECAwQFBgcICQoLDA0ODw"
        + "$a6AHKJYyZ23ClXGXhYHevMlu4olGqz4TF+T6saUmF60"
}

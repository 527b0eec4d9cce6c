import Testing

@testable import Accounts

/// Who must have a second factor, and who is recognised elsewhere.
@Suite struct SecondFactorRulesTests {
    let eve = Timestamp(text: "2027-01-30T23:59:59Z")!
    let day = Timestamp(text: "2027-01-31T00:00:00Z")!

    func account(_ address: String, in groups: String...) -> Account {
        var account = Account(
            id: AccountID(bytes: [UInt8](repeating: 1, count: 16))!,
            email: EmailAddress(address)!, name: .none, password: nil, at: eve)
        account.groups = Set(groups.compactMap(GroupName.init))
        return account
    }

    @Test func `requires a factor of nobody, of everybody, or of groups`() throws {
        let ada = account("ada@example.org", in: "editors")
        for (text, isRequired) in [
            ("nobody", false), ("everybody", true), ("staff", false), ("staff editors", true),
        ] {
            let requirement = try #require(FactorRequirement(text))
            #expect(requirement.covers(ada) == isRequired, "\(text)")
            #expect(requirement.isInForce(for: ada, at: eve) == isRequired, "\(text)")
        }
    }

    @Test func `requires it from a day on, which begins at midnight`() throws {
        let ada = account("ada@example.org", in: "staff")
        for text in ["everybody from 2027-01-31", "staff from 2027-01-31"] {
            let requirement = try #require(FactorRequirement(text))
            #expect(requirement.covers(ada))
            #expect(!requirement.isInForce(for: ada, at: eve))
            #expect(requirement.isInForce(for: ada, at: day))
        }
    }

    @Test(arguments: [
        "", "nobody from 2027-01-31", "everybody from", "from 2027-01-31",
        "everybody from 2027-02-30",
        "everybody from tomorrow", "everybody from 31.1.2027", "everybody staff", "nobody staff",
        "Staff", "staff,editors", "from", "staff from 2027-01-31 editors",
    ])
    func `refuses a requirement that is none`(text: String) {
        #expect(FactorRequirement(text) == nil)
    }

    @Test func `A67: recognises a domain's addresses and a group's accounts alone`() throws {
        let rule = try #require(SingleSignOn("corp.example bücher.example group:staff"))
        for (address, isCovered) in [
            ("ada@corp.example", true), ("Ada@CORP.example", true), ("ada@sub.corp.example", false),
            ("ada@corp.example.org", false), ("ada@notcorp.example", false),
            ("ada@bücher.example", true), ("ada@xn--bcher-kva.example", true),
        ] {
            #expect(rule.covers(EmailAddress(address)!) == isCovered, "\(address)")
        }
        #expect(rule.covers(account("ada@example.org", in: "staff")))
        #expect(!rule.covers(account("ada@example.org", in: "editors")))
        #expect(!SingleSignOn.none.covers(account("ada@corp.example", in: "staff")))
        #expect(!SingleSignOn.none.isOn && rule.isOn)
    }

    @Test(arguments: [
        "*", "corp..example", "group:", "group:Staff", "corp.example none", "@corp.example",
    ])
    func `A67: refuses a rule of single sign-on that is none`(text: String) {
        #expect(SingleSignOn(text) == nil)
    }
}

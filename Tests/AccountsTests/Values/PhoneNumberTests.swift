import Accounts
import Testing

@Suite struct PhoneNumberTests {
    let home: [Country]

    init() throws {
        home = [try #require(Country("US")), try #require(Country("CA"))]
    }

    // Numbers that are kept free for such uses: 555-01xx by the North American plan, 020 7946 0xxx
    // by Ofcom, 030 23125 xxx by the Bundesnetzagentur.
    @Test(arguments: [
        ("+12125550123", "+12125550123"),
        ("2125550123", "+12125550123"),
        ("12125550123", "+12125550123"),
        (" (212) 555-0123 ", "+12125550123"),
        ("1 212.555.0123", "+12125550123"),
        ("212/555 01 23", "+12125550123"),
        ("+1\u{A0}212\u{2011}555\u{2013}0123", "+12125550123"),
        ("\u{202A}+1 (212) 555‑0123\u{202C}", "+12125550123"),  // as a telephone copies it
        ("２１２－５５５－０１２３", "+12125550123"),
        ("＋１　（２１２）　５５５　０１２３", "+12125550123"),
        ("٢١٢ ٥٥٥ ٠١٢٣", "+12125550123"),
        ("001 212 555 0123", "+12125550123"),
        ("011 44 20 7946 0958", "+442079460958"),
        ("0044 20 7946 0958", "+442079460958"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("+49 30 23125 000", "+493023125000"),
    ])
    func `reads what people type`(written: String, text: String) throws {
        #expect(try #require(PhoneNumber(written, in: home)).text == text)
    }

    @Test(arguments: [
        "", "+", "ada@example.org", "555-0123", "212 555 012", "212 555 0123 4", "2 212 555 0123",
        "+1 212 555 0123 ext. 7", "212 555 O123", "+1 212 555 0123,+1 212 555 0124",
        "++12125550123", "1+2125550123", "212+5550123", "+0 20 7946 0958",
        // Areas and exchanges begin with 2 to 9, and services end in 11.
        "+1 112 555 0123", "+1 212 055 0123", "+1 212 155 0123", "+1 212 911 0123",
        "+1 212 411 0123",
        // ITU-T E.164 §6.2.1: at most fifteen digits.
        "+49 123", "+49 1234 5678 9012 34",
        // No country has these calling codes.
        "+999 123 4567", "+210 123 4567",
    ])
    func `refuses what is no number`(written: String) {
        #expect(PhoneNumber(written, in: home) == nil)
    }

    @Test func `asks for the calling code where no two countries agree on what stands before`()
        throws
    {
        let countries = [try #require(Country("DE")), try #require(Country("US"))]
        #expect(PhoneNumber("030 23125 000", in: countries) == nil)
        #expect(PhoneNumber("212 555 0123", in: countries) == nil)
        #expect(PhoneNumber("011 44 20 7946 0958", in: countries) == nil)
        #expect(PhoneNumber("0049 30 23125 000", in: countries)?.text == "+493023125000")
        #expect(PhoneNumber("+1 212 555 0123", in: countries)?.text == "+12125550123")
    }

    // Each of them looks like a number in the United States.
    @Test(
        arguments: [
            ("212", "US"), ("907", "US"), ("808", "US"), ("984", "US"),
            ("416", "CA"), ("438", "CA"), ("867", "CA"), ("204", "CA"),
            ("876", "JM"), ("658", "JM"), ("809", "DO"), ("829", "DO"), ("849", "DO"),
            ("242", "BS"), ("246", "BB"), ("264", "AI"), ("268", "AG"), ("284", "VG"),
            ("340", "VI"), ("345", "KY"), ("441", "BM"), ("473", "GD"), ("649", "TC"),
            ("664", "MS"), ("670", "MP"), ("671", "GU"), ("684", "AS"), ("721", "SX"),
            ("758", "LC"), ("767", "DM"), ("784", "VC"), ("787", "PR"), ("939", "PR"),
            ("868", "TT"), ("869", "KN"),
        ])
    func `A37 tells the countries that share the code 1 by their area codes`(
        area: String, country: String
    ) throws {
        let number = try #require(PhoneNumber("\(area) 555 0123", in: home))
        #expect(number.country.text == country)
        #expect(number.callingCode == "1")
    }

    @Test(arguments: [
        "900", "800", "833", "844", "855", "866", "877", "888", "500", "521", "533", "600", "622",
        "700", "710", "211", "911", "555", "999",
    ])
    func `A37 refuses area codes that cost more or belong to nobody`(area: String) {
        #expect(PhoneNumber(text: "+1\(area)5550123") == nil)
    }

    @Test func `A37 refuses the exchange for calls at a premium`() {
        #expect(PhoneNumber(text: "+12129760123") == nil)
        #expect(PhoneNumber(text: "+12129770123") != nil)
    }

    @Test(arguments: [
        ("+442079460958", "GB", "44"), ("+447700900123", "JE", "44"), ("+447911123456", "GG", "44"),
        ("+447624123456", "IM", "44"), ("+447400123456", "GB", "44"), ("+493023125000", "DE", "49"),
        ("+4791234567", "NO", "47"), ("+79161234567", "RU", "7"), ("+77011234567", "KZ", "7"),
        ("+59991234567", "CW", "599"), ("+5993181234", "BQ", "599"), ("+35312345678", "IE", "353"),
        ("+6834002", "NU", "683"), ("+38344123456", "XK", "383"),
    ])
    func `knows the country of every calling code`(text: String, country: String, code: String)
        throws
    {
        let number = try #require(PhoneNumber(text: text))
        #expect(number.country.text == country)
        #expect(number.callingCode == code)
        #expect("+\(code)\(number.nationalNumber)" == text)
    }

    // Satellites, networks without a country, and calls at a premium from everywhere.
    @Test(arguments: [
        "+8001234567", "+870123456789", "+881612345678", "+882161234567", "+979123456789",
    ])
    func `A37 refuses what is in no country`(text: String) {
        #expect(PhoneNumber(text: text) == nil)
    }

    @Test(arguments: [
        "12125550123", "+1 2125550123", "+1-212-555-0123", "+1２125550123", "0012125550123",
    ])
    func `has one spelling`(text: String) {
        #expect(PhoneNumber(text: text) == nil)
    }

    @Test func `hides all but its last two digits`() throws {
        #expect(
            try #require(PhoneNumber(text: "+12125550167")).masked
                == "+1\u{A0}•••\u{A0}•••\u{A0}••67")
        #expect(
            try #require(PhoneNumber(text: "+493023125000")).masked
                == "+49\u{A0}•••\u{A0}•••\u{A0}••00")
    }

    @Test(arguments: ["", "us", "UK", "USA", "XX", "U", "1", "EU"])
    func `a country has two capital letters that mean one`(text: String) {
        #expect(Country(text) == nil)
    }
}

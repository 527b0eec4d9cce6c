internal import Cryptography

/// A name that may stand in `postern.conf`, and what a value of it may be.
struct Setting<Value>: Sendable {
    let description: SettingDescription
    /// Reads a value; nil if the text is not one.
    let parse: @Sendable (String) -> Value?

    init(
        _ name: String, standard: String? = nil, expects expectation: String,
        meaning: String, _ parse: @escaping @Sendable (String) -> Value?
    ) {
        description = SettingDescription(
            name: name, standard: standard, expectation: expectation, meaning: meaning)
        self.parse = parse
    }
}

/// What is known of a setting without its type: the material of documentation and of errors.
package struct SettingDescription: Sendable, Equatable {
    package let name: String
    /// The value that holds where none is given; nil for a setting which must be given.
    package let standard: String?
    /// What a value must be, in words that follow “must be”.
    package let expectation: String
    /// What it decides, in one sentence.
    package let meaning: String
}

/// Every name that `postern.conf` knows.
enum Settings {
    static let url = Setting(
        "url", expects: "an address such as https://example.org, with nothing behind the host",
        meaning: "The site’s address; every mailed link begins with it.",
        SiteURL.init)

    static let name = Setting(
        "name", expects: "one line of text",
        meaning: "The site’s name, as people know it.",
        { $0 })

    static let forms = Setting(
        "forms", expects: "an absolute path",
        meaning: "The compiled templates, as `postern build` wrote them.",
        { $0.hasPrefix("/") ? $0 : nil })

    static let mailFrom = Setting(
        "mail-from", expects: "an e-mail address",
        meaning: "The address from which mail comes.",
        EmailAddress.init)

    static let mail = Setting(
        "mail", expects: "'maildir PATH' or 'sendmail /PATH/OF/THE/PROGRAM'",
        meaning:
            "How mail leaves: into a Maildir (relative to the data directory), or by a program "
            + "that takes `-i -f SENDER -- RECIPIENT`.",
        Configuration.MailTransport.init)

    static let sandbox = Setting(
        "sandbox", standard: "on", expects: "on or off",
        meaning: "Whether `account`, once it has started, gives up every right that it does not "
            + "need; a change of what it needs then takes a new start.",
        either("on", or: "off"))

    static let askName = Setting(
        "ask-name", standard: "no", expects: "yes or no",
        meaning: "Whether sign-up asks for a name.",
        either("yes", or: "no"))

    static let shortestPassword = Setting(
        "shortest-password", standard: "8", expects: "a number from 8 to 64",
        meaning:
            "The fewest characters of a password; NIST SP 800-63B-4 asks for 15 where there is "
            + "no second factor.",
        number(in: 8...64))

    static let trustedProxies = Setting(
        "trusted-proxies", standard: "0", expects: "a number from 0 to 8",
        meaning: "How many proxies in front of the web server are trusted to name the client in "
            + "`X-Forwarded-For`; with 0 the header is ignored.",
        number(in: 0...8))

    static let scrypt = Setting(
        "scrypt", standard: "ln=14,r=8,p=5",
        expects: "the cost in the form ln=14,r=8,p=5, of at most 144 MiB",
        meaning:
            "The cost of hashing a password; older hashes are raised to it at the next sign-in.",
        ScryptParameters.init(text:))

    static let hashingSlots = Setting(
        "hashing-slots", standard: "4", expects: "a number from 1 to 64",
        meaning: "How many passwords may be hashed at once, by all processes together.",
        number(in: 1...64))

    static let pepper = Setting(
        "pepper", standard: "keys/pepper", expects: "a path",
        meaning: "The file of the key that goes into every password hash, relative to the data "
            + "directory; a copy of the accounts is worth nothing without it.",
        { $0 })

    static let sessionIdleDays = Setting(
        "session-idle-days", standard: "14", expects: "a number from 1 to 400",
        meaning: "After how many days without use a session ends.",
        number(in: 1...400))

    static let sessionDays = Setting(
        "session-days", standard: "30", expects: "a number from 1 to 400",
        meaning: "After how many days a session ends in any case.",
        number(in: 1...400))

    static let breachedFilter = Setting(
        "breached-filter", standard: "none", expects: "none or a path",
        meaning: "The filter of breached passwords that `postern breached build` wrote, relative "
            + "to the data directory.",
        { $0 })

    static let breachedService = Setting(
        "breached-service", standard: "none",
        expects: "none or an address such as https://api.pwnedpasswords.com/range/",
        meaning: "The service that is asked about passwords which the filter does not know, by "
            + "the first five digits of their hash.",
        { $0 == "none" || $0.hasPrefix("https://") ? $0 : nil })

    static let certificates = Setting(
        "certificates", standard: "/etc/ssl/certs/ca-certificates.crt",
        expects: "an absolute path",
        meaning: "The file of certificates by which services that are asked are recognised, or a "
            + "directory of them.",
        { $0.hasPrefix("/") ? $0 : nil })

    static let breachedSignUp = breachRule("breached-sign-up", .warn, at: "sign-up")

    static let breachedPassword = breachRule(
        "breached-password", .warn, at: "the change of a password")

    static let breachedReset = breachRule(
        "breached-reset", .warn, at: "the reset of a forgotten password")

    static let breachedRenew = breachRule(
        "breached-renew", .block, at: "a reset that the person has to make")

    static let breachedSignIn = Setting(
        "breached-sign-in", standard: "warn", expects: "off or warn",
        meaning: "Whether somebody who signs in with a breached password is told, at most once a "
            + "week.",
        { text in [BreachRule.off, .warn].first { $0.rawValue == text } })

    static let texts = Setting(
        "texts", standard: "none",
        expects: "none, 'folder PATH', 'program /PATH/OF/THE/PROGRAM' or 'gateway PATH'",
        meaning: "How text messages leave: not at all, into a directory, by a program that takes "
            + "the number and the text on standard input, or by the service that a file describes "
            + "(both relative to the data directory).",
        Configuration.TextTransport.init)

    static let textCountries = Setting(
        "text-countries", standard: "US CA",
        expects: "countries such as 'US CA', each by its two capital letters (ISO 3166)",
        meaning: "To which countries text messages are sent.",
        { text in
            let names = text.split(separator: " ").map(String.init)
            let countries = names.compactMap(Country.init)
            return countries.count == names.count ? countries : nil
        })

    static let textsPerDay = Setting(
        "texts-per-day", standard: "200", expects: "a number from 1 to 100000",
        meaning: "How many text messages the whole site sends in a day at most.",
        number(in: 1...100_000))

    static let secondFactorAdvice = Setting(
        "second-factor-advice", standard: "yes", expects: "yes or no",
        meaning: "Whether people without a second factor are told on their account page that there "
            + "are some.",
        either("yes", or: "no"))

    static let secondFactorRequired = Setting(
        "second-factor-required", standard: "nobody",
        expects: "nobody, everybody or names of groups, and then perhaps 'from 2027-01-31'",
        meaning: "Who must have a second factor before they can do anything else.",
        FactorRequirement.init)

    static let singleSignOn = Setting(
        "single-sign-on", standard: "none",
        expects: "none, or domains of mail addresses and groups such as 'corp.example group:staff'",
        meaning: "Whose identity the web server finds out and says in `REMOTE_USER`; they have no "
            + "password and no second factor here.",
        SingleSignOn.init)

    static let notices = Setting(
        "notices", standard: "all",
        expects: changes.reduce("all, none, or some of") { "\($0) \($1.rawValue)" },
        meaning: "Of which changes the owner of an account is told by mail.",
        { text in
            guard text != "all" else { return changes }
            guard text != "none" else { return [] }
            let words = text.split(separator: " ").map(String.init)
            let some = changes.filter { words.contains($0.rawValue) }
            return some.count == words.count ? some : nil
        })

    static let audience = Setting(
        "audience",
        standard: "password-known when second-factor-failed 5 within 15m "
            + "or second-factor-abandoned 1 within 15m do mail log",
        expects: "'NAME when EVENT N within 15m do mail log', with further conditions behind 'or'",
        meaning: "What is watched for, and what is done once when it happens; may stand several "
            + "times.",
        Audience.init)

    static let gate = Setting(
        "gate", standard: "/ signed-in",
        expects: "a path and who may have it, such as '/members/ signed-in', "
            + "'/members/board/ group board' or '/vault/ second-factor fresh 15m'",
        meaning: "Who may have the pages below a path which the web server keeps behind the gate; "
            + "may stand several times.",
        GateRule.init)

    static let privateFiles = Setting(
        "private-files", standard: "none", expects: "none or an absolute path",
        meaning: "The directory of files behind the gate that the program itself hands out, where "
            + "the web server cannot ask it.",
        { $0 == "none" || $0.hasPrefix("/") ? $0 : nil })

    /// All of them, in the order of the documentation.
    static let all = [
        url.description, name.description, forms.description, mailFrom.description,
        mail.description, sandbox.description, askName.description, shortestPassword.description,
        trustedProxies.description, scrypt.description, hashingSlots.description,
        pepper.description, sessionIdleDays.description, sessionDays.description,
        breachedFilter.description, breachedService.description, certificates.description,
        breachedSignUp.description, breachedPassword.description, breachedReset.description,
        breachedRenew.description, breachedSignIn.description, texts.description,
        textCountries.description, textsPerDay.description, secondFactorAdvice.description,
        secondFactorRequired.description, singleSignOn.description, notices.description,
        audience.description, gate.description, privateFiles.description,
    ]

    /// The changes of which an owner may choose to be told.
    private static let changes = Confirmation.Change.allCases.filter { $0 != .passwordKnown }

    /// The names that may stand several times.
    static let repeatable = [audience.description.name, gate.description.name]

    private static func breachRule(
        _ name: String, _ standard: BreachRule, at flow: String
    ) -> Setting<BreachRule> {
        Setting(
            name, standard: standard.rawValue, expects: "off, warn or block",
            meaning: "What becomes of a breached password at \(flow).",
            BreachRule.init(rawValue:))
    }

    /// Reads one of two words, of which the first means yes.
    private static func either(
        _ yes: String, or no: String
    ) -> @Sendable (String) -> Bool? {
        { $0 == yes ? true : $0 == no ? false : nil }
    }

    private static func number(in range: ClosedRange<Int>) -> @Sendable (String) -> Int? {
        { text in
            guard let number = Int(text), "\(number)" == text, range.contains(number) else {
                return nil
            }
            return number
        }
    }
}

extension Configuration {
    /// Every name that `postern.conf` may have, in the order of the documentation.
    package static var settings: [SettingDescription] { Settings.all }
}

extension ScryptParameters {
    /// Reads the form `ln=14,r=8,p=5`, as in the PHC string of a hash.
    fileprivate init?(text: String) {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        }
        guard
            numbers.map(\.first) == ["ln", "r", "p"], numbers.allSatisfy({ $0.count == 2 }),
            let ln = Int(numbers[0][1]), let r = Int(numbers[1][1]), let p = Int(numbers[2][1]),
            text == "ln=\(ln),r=\(r),p=\(p)"
        else { return nil }
        self.init(ln: ln, r: r, p: p)
    }
}

extension Configuration.MailTransport {
    /// Reads `maildir PATH` or `sendmail PROGRAM`.
    package init?(_ text: String) {
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2 else { return nil }
        switch words[0] {
        case "maildir": self = .maildir(path: words[1])
        case "sendmail" where words[1].hasPrefix("/"): self = .sendmail(program: words[1])
        default: return nil
        }
    }

    /// The form that stands in the configuration.
    package var text: String {
        switch self {
        case .maildir(let path): "maildir \(path)"
        case .sendmail(let program): "sendmail \(program)"
        }
    }
}

extension Configuration.TextTransport {
    /// Reads `none`, `folder PATH`, `program PROGRAM` or `gateway PATH`.
    package init?(_ text: String) {
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        switch (words.first, words.last) {
        case ("none", "none") where words.count == 1: self = .nowhere
        case ("folder", let path?) where words.count == 2: self = .folder(path: path)
        case ("program", let path?) where path.hasPrefix("/"): self = .program(path: path)
        case ("gateway", let path?) where words.count == 2: self = .gateway(file: path)
        default: return nil
        }
    }
}

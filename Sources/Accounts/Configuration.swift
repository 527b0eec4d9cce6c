package import Cryptography

/// What the operator decides about an installation, as written in `postern.conf`.
package struct Configuration: Sendable, Equatable {
    /// The site's address, such as `https://example.org`; every mailed link begins with it (A1).
    package var siteURL: SiteURL
    /// The name of the site, as people know it.
    package var siteName: String
    /// The compiled templates, as an absolute path.
    package var forms: String
    /// From whom mail comes.
    package var mailFrom: EmailAddress
    /// How mail leaves.
    package var mailTransport: MailTransport
    /// Whether sign-up asks for a name.
    package var asksName: Bool
    /// The fewest code points of a password (S1).
    package var shortestPassword: Int
    /// How many proxies in front of the web server are trusted to name the client (A18).
    package var trustedProxies: Int
    /// The cost of hashing a password (S9).
    package var scrypt: ScryptParameters
    /// How many passwords may be hashed at once, by all processes together (P23).
    package var hashingSlots: Int
    /// The file of the pepper, named relative to the data directory or absolutely (S10).
    package var pepper: String
    /// After how many days without use a session ends (S45).
    package var sessionIdleDays: Int
    /// After how many days a session ends in any case (S45).
    package var sessionDays: Int
    /// Where breached passwords are looked up, and what becomes of them.
    package var breaches: Breaches
    /// Where text messages go, and how they leave.
    package var texts: Texts
    /// Who has a second factor, and what is watched for.
    package var secondFactors: SecondFactorRules
    /// Who may have the pages behind the gate.
    package var gate: GateRules
    /// The directory of files that the program itself hands out, as an absolute path.
    package var privateFiles: String?

    /// Where breached passwords are looked up, and what becomes of them (D3).
    package struct Breaches: Sendable, Equatable {
        /// The filter, as a path relative to the data directory or an absolute one.
        package var filter: String?
        /// The address of the service below which the ranges stand.
        package var service: String?
        /// The file of certificates by which the service is recognised.
        package var certificates: String
        package var signUp: BreachRule
        package var password: BreachRule
        package var reset: BreachRule
        package var renew: BreachRule
        package var signIn: BreachRule

        /// What becomes of a breached password at a form; nothing where it cannot be looked up.
        package subscript(flow: PasswordStatistic.Flow) -> BreachRule {
            guard filter != nil || service != nil else { return .off }
            return switch flow {
            case .signUp: signUp
            case .signIn: signIn
            case .password: password
            case .reset: reset
            case .renew: renew
            }
        }
    }

    /// Where text messages go, and how they leave.
    package struct Texts: Sendable, Equatable {
        package var transport: TextTransport
        /// The countries to which they are sent (A37).
        package var countries: [Country]
        /// How many the whole site sends in a day at most (A37).
        package var perDay: Int
    }

    /// A way for text messages to leave.
    package enum TextTransport: Sendable, Equatable {
        /// They do not leave, and nobody is offered any.
        case nowhere
        /// Into a directory, named relative to the data directory or absolutely.
        case folder(path: String)
        /// By a program that takes the number and the text on standard input.
        case program(path: String)
        /// By the service which a file describes, named relative to the data directory or absolutely.
        case gateway(file: String)
    }

    /// A way for mail to leave.
    package enum MailTransport: Sendable, Equatable {
        /// Into a Maildir, named relative to the data directory or absolutely.
        case maildir(path: String)
        /// By a program that takes `-i -f SENDER -- RECIPIENT` and the message on standard input.
        case sendmail(program: String)
    }
}

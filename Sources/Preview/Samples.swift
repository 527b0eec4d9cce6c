internal import Hypertext
private import QRCode

/// What stands in the slots of a preview, made by hand.
///
/// A slot of which nothing is known here shows its own name.
enum Samples {
    /// How the words of a preview are.
    enum Manner {
        case ordinary
        /// Longer than nearly every person's, and without a space where one may have none.
        case long
        /// Written from right to left, as far as a person wrote it.
        case rightToLeft
    }

    /// Returns what stands in a slot.
    ///
    /// - Parameters:
    ///   - slot: The slot, of type text or URL.
    ///   - manner: How it is to be.
    ///   - row: The row of the list, so that no two have the same name.
    /// - Returns: Words, or an address.
    static func text(_ slot: SlotDeclaration, _ manner: Manner, row: Int = 0) -> String {
        let peculiar =
            switch manner {
            case .ordinary: nil as [String]?
            case .long: long[slot.name]
            case .rightToLeft: rightToLeft[slot.name]
            }
        if let texts = peculiar ?? ordinary[slot.name] {
            return texts[row % texts.count]
        }
        return slot.type == .url ? "/" : slot.name
    }

    /// Returns how many there are of something, in a slot of the page itself.
    static func count(_ slot: SlotDeclaration) -> Int { counts[slot.name] ?? 3 }

    private static let counts = [
        "codes-left": 8, "days": 7, "hours": 24, "minimum": 8, "minutes": 30,
    ]

    private static let uri =
        "otpauth://totp/Millbrook%20Seed%20Library:rowan.ash%40example.org"
        + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Millbrook%20Seed%20Library"
    private static let picture = QRCode(text: uri)
    private static let link = "https://millbrook.example.org/account/"
    private static let token = "vZ3kQd0Yb1mT7uXe5sRnLw2HcPaJg8fKi4oB6yVtDqE"

    private static let ordinary = [
        "account": ["a4f09c27d1e85b36"],
        "browser": ["Firefox"],
        "code": ["7KX2-9MQD-3HTV-W0PC", "Q4SM-0V2R-8XKD-T6NB", "J8PW-5FHC-1ZGE-M3YA"],
        "countries": ["+1, +44, +49"],
        "device-name": ["Authenticator"],
        "email": ["rowan.ash@example.org"],
        "form-token": [token],
        "id": ["b7e1", "c2d9", "f508"],
        "key": ["GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"],
        "label": ["Authenticator", "+44 ••••• 123", "The app on the old phone"],
        "link": [link + "verify?token=" + token],
        "mark": ["1"],
        "name": ["Rowan Ash"],
        "new-email": ["rowan@ash.example"],
        "next": ["/members/"],
        "not-me": [link + "not-me?token=" + token],
        "passphrase": [
            "copper thistle ledger umbrella", "harbour velvet onion lantern",
            "meadow pocket cinder violin",
        ],
        "phone": ["+44 ••••• 123"],
        "picture": [picture?.path ?? ""],
        "picture-size": [picture.map { String($0.pictureSize) } ?? ""],
        "place": ["198.51.100.0/24", "2001:db8:51::/48", "203.0.113.0/24"],
        "reset": [link + "reset"],
        "sent-to": ["+44 ••••• 123"],
        "sign-in": [link + "sign-in"],
        "sign-up": [link + "sign-up"],
        "token": [token],
        "uri": [uri],
    ]

    // The local part of an address has up to 64 bytes, a label of a host's name up to 63.
    private static let longAddress =
        "wilhelmina.featherstonehaugh-cholmondeley.of.lower.millbrook"
        + "@llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch.example"

    private static let long = [
        "browser": ["SamsungInternetBrowserForTelevisions on an operating system of its own"],
        "device-name": ["Donaudampfschifffahrtselektrizitätenhauptbetriebswerk telephone"],
        "email": [longAddress],
        "label": ["Donaudampfschifffahrtselektrizitätenhauptbetriebswerk telephone"],
        "name": ["Wilhelmina Theodora Featherstonehaugh-Wolfeschlegelsteinhausenbergerdorff"],
        "new-email": ["new." + longAddress],
        "place": ["2001:db8:ffff:eeee:dddd:cccc:bbbb::/112"],
    ]

    private static let rightToLeft = [
        "device-name": ["הטלפון של רחל"],
        "email": ["rahel@דוגמה.example"],
        "label": ["הטלפון של רחל", "هاتف ليلى"],
        "name": ["רחל אבן-שושן"],
        "new-email": ["ليلى@example.org"],
        "phone": ["\u{2067}+972 ••••• 123\u{2069}"],
    ]
}

// MARK: - What goes with what

extension Samples {
    /// The slots that hold what a person types, which a page shows empty at first.
    static let typed: [String: Set<String>] = [
        "address": ["new-email"],
        "enrol-phone": ["phone"],
        "reset": ["email"],
        "sign-in": ["email"],
        "sign-up": ["email", "name"],
    ]

    /// The pages that are only ever shown to somebody who is signed in.
    static let membersPages: Set<String> = [
        "account", "sessions", "password", "address", "address-sent", "close", "confirm",
        "factor-start", "enrol-app", "enrol-phone", "recovery-codes", "remove-factor",
    ]

    /// What the program says along with a problem.
    static let companions = [
        "password-breached": ["breached"],
        "password-guessable": ["advice", "suggestions"],
        "throttled": ["wait"],
    ]

    /// What has to be there so that something is seen: a slot, a case of a choice, or a problem.
    static let conditions = [
        "codes-left": "factors",
        "end-others": "others",
        "ended": "notice-sessions-ended",
        "factor-code-missing": "factors",
        "factor-code-wrong": "factors",
        "few": "factors",
        "left": "factors",
        "may-insist": "password-breached",
        "name": "asks-name",
        "name-missing": "asks-name",
        "name-too-long": "asks-name",
        "others": "sent-to",
        "score": "password-guessable",
        "sent": "phone",
        "sightings": "password-breached",
        "text-code-missing": "sent-to",
        "text-code-wrong": "sent-to",
        "texts": "factors",
        "warning": "password-guessable",
    ]

    /// Flags that take away most of what else there is.
    static let hiding = ["single-sign-on", "show-password"]

    /// The field where a page says what is wrong.
    static func field(of problem: String, among fields: [String]) -> String {
        let beginnings: KeyValuePairs = [
            "current-": ["current-password"],
            "email-": ["new-email", "email"],
            "factor-missing": ["factor"],
            "name-": ["name"],
            "password-": ["new-password", "password", "current-password"],
            "phone-": ["phone"],
            "single-sign-on": ["email"],
        ]
        let likely =
            problem.contains("code-")
            ? ["code"] : beginnings.first { problem.hasPrefix($0.key) }?.value ?? []
        return (likely + ["form"] + fields).first(where: fields.contains) ?? ""
    }
}

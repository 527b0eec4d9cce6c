/// A telephone number to which a text message can be sent, and the country it belongs to.
///
/// It has one spelling (ITU-T E.164): a plus sign, the calling code and the national number, such
/// as `+12125550123`. Numbers that belong to no country are none, and nor are those of the North
/// American plan that nobody has or that cost more than others (A37).
package struct PhoneNumber: Sendable, Hashable {
    /// The number in E.164.
    package let text: String
    /// The country in whose plan it is.
    package let country: Country
    /// The digits between the plus sign and the national number.
    package let callingCode: String

    /// Reads the one spelling.
    package init?(text: String) {
        let digits = text.dropFirst()
        guard
            text.hasPrefix("+"), (7...15).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let entry = CallingCodes.entry(ofNumber: String(digits)),
            let country = Country(entry.country),
            entry.code != Self.northAmerica
                || Self.isNorthAmerican(digits.utf8.dropFirst(Self.northAmerica.utf8.count))
        else { return nil }
        self.text = text
        self.country = country
        callingCode = entry.code
    }

    /// Reads what a person typed or pasted.
    ///
    /// Spaces, hyphens, dots, slashes, parentheses and invisible characters are skipped, and
    /// full-width ones and the digits of every script taken for plain ones. `00` in front stands for the plus sign. Where all
    /// countries have the calling code 1, so does `011`, and ten digits alone, or behind a 1, are a
    /// number of the North American plan; anywhere else the calling code is needed, because no two
    /// countries agree on what stands before a national number.
    ///
    /// - Parameters:
    ///   - written: The text.
    ///   - countries: Those that the site sends to. The number may belong to another.
    package init?(_ written: String, in countries: [Country]) {
        let digits = Self.digits(of: written)
        let isNorthAmerican = countries.allSatisfy { $0.callingCode == Self.northAmerica }
        if digits.hasPrefix("+") {
            self.init(text: digits)
        } else if digits.hasPrefix("00") {
            self.init(text: "+" + digits.dropFirst(2))
        } else if isNorthAmerican, digits.hasPrefix("011") {
            self.init(text: "+" + digits.dropFirst(3))
        } else if isNorthAmerican {
            self.init(text: (digits.hasPrefix("1") ? "+" : "+1") + digits)
        } else {
            return nil
        }
    }

    /// What was written, without what stands between the digits.
    private static func digits(of written: String) -> String {
        let scalars = written.unicodeScalars.map(\.narrowed)
        var digits = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() where !scalar.isSeparator {
            // Many write the zero that is dialled at home behind the calling code: +44 (0)20.
            let isTrunkZero =
                scalars[..<index].last == "(" && scalar == "0"
                && scalars[(index + 1)...].first == ")"
            if !isTrunkZero { digits.append(scalar) }
        }
        return String(digits)
    }

    /// The number without its calling code.
    package var nationalNumber: Substring { text.dropFirst(1 + callingCode.utf8.count) }

    /// The number with all but its last two digits hidden, for a page that others might see.
    ///
    /// Its spaces keep it in one line.
    package var masked: String {
        "+\(callingCode)\u{A0}•••\u{A0}•••\u{A0}••\(text.suffix(2))"
    }
}

extension PhoneNumber {
    /// The calling code that the countries of the North American plan share.
    private static let northAmerica = "1"

    /// Whether ten digits may be an area code, an exchange and a line.
    ///
    /// No exchange begins with 0 or 1 or ends in 11, and 976 is the one for calls at a premium.
    private static func isNorthAmerican(_ digits: Substring.UTF8View) -> Bool {
        guard digits.count == 10 else { return false }
        let exchange = Substring(digits.dropFirst(3).prefix(3))
        return exchange >= "200" && !exchange.hasSuffix("11") && exchange != "976"
    }
}

/// A country as telephones know it, by its two letters (ISO 3166-1), such as `US`.
package struct Country: Sendable, Hashable {
    /// The two letters.
    package let text: String
    /// The digits with which its numbers begin behind the plus sign.
    package let callingCode: String

    /// Takes the two capital letters of a country that has telephone numbers of its own.
    package init?(_ text: String) {
        guard let entry = CallingCodes.entry(of: text) else { return nil }
        self.text = entry.country
        callingCode = entry.code
    }
}

extension Unicode.Scalar {
    /// The ASCII character that a full-width form or a digit of another script stands for.
    fileprivate var narrowed: Self {
        if properties.generalCategory == .decimalNumber, let value = properties.numericValue {
            return Self(UInt8(ascii: "0") + UInt8(value))
        }
        guard ("\u{FF01}"..."\u{FF5E}").contains(self) else { return self }
        return Self(value - 0xFEE0) ?? self
    }

    /// Whether people put it between the digits of a number, or a program did so unseen.
    fileprivate var isSeparator: Bool {
        switch properties.generalCategory {
        case .dashPunctuation, .format: true
        default: properties.isWhitespace || "./()\u{2212}".unicodeScalars.contains(self)
        }
    }
}

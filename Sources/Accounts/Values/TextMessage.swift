// A message is words, and a line by which a telephone knows for which site the code in it is
// (https://wicg.github.io/sms-one-time-codes/):
//
//     Millbrook Seed Library: 123456 is your code. It works for 10 minutes.
//     @seeds.example #123456
//
// A browser that fills the code in does so at that site alone. There is nothing behind the code.

/// A text message with a code in it.
package struct TextMessage: Sendable, Equatable {
    package let number: PhoneNumber
    /// All that is sent, its last line bound to the site.
    package let text: String

    /// Writes a message.
    ///
    /// Typographic quotes, dashes, dots and spaces become plain ones. They would make the message
    /// one of 70 characters instead of 160, and nobody misses them.
    ///
    /// - Parameters:
    ///   - number: To whom it goes.
    ///   - words: What the person is told, which is put into one line.
    ///   - code: The code, without spaces.
    ///   - site: The site, as configured; what a request says of its host has no part in it (A38).
    package init(to number: PhoneNumber, words: String, code: String, site: SiteURL) {
        precondition(code.isCode, "a code is letters and digits")
        self.number = number
        text = "\(words.inOneLine)\n@\(site.host) #\(code)"
    }

    /// Takes the text of a message that was written before; nil if it does not end like one (S70).
    package init?(to number: PhoneNumber, text: String) {
        let words = text.split(separator: "\n", omittingEmptySubsequences: false).last?
            .split(separator: " ", omittingEmptySubsequences: false)
        guard
            let words, words.count == 2, words[0].hasPrefix("@"), words[0].utf8.count > 1,
            words[1].hasPrefix("#"), String(words[1].dropFirst()).isCode,
            text.unicodeScalars.allSatisfy({
                $0 == "\n" || $0.properties.generalCategory != .control
            })
        else { return nil }
        self.number = number
        self.text = text
    }

    /// The code in it.
    package var code: Substring {
        text.lastIndex(of: "#").map { text[text.index(after: $0)...] } ?? ""
    }
}

extension String {
    fileprivate var isCode: Bool {
        !isEmpty && utf8.allSatisfy { $0 < 0x80 } && allSatisfy { $0.isLetter || $0.isNumber }
    }

    /// The text with plain punctuation, and one space for any white space and control characters.
    fileprivate var inOneLine: String {
        let words = unicodeScalars.split {
            $0.properties.isWhitespace || $0.properties.generalCategory == .control
        }
        return words.map { $0.map(\.plainPunctuation).joined() }.joined(separator: " ")
    }
}

extension Unicode.Scalar {
    /// What people type for it who do not typeset.
    fileprivate var plainPunctuation: String {
        switch self {
        case "‘", "’", "‚": "'"
        case "“", "”", "„": "\""
        case "–", "—", "‑": "-"
        case "…": "..."
        default: String(self)
        }
    }
}

// MARK: - Length

// A message is carried in parts of 140 bytes. One in the alphabet of 3GPP TS 23.038 has seven bits
// for a character, two times that for some; any other has sixteen bits (UTF-16). A message of
// several parts has a header of six bytes in each (3GPP TS 23.040).

extension TextMessage {
    /// How many parts the message is carried and charged as.
    package var partCount: Int {
        if let septets = text.septetCount {
            return septets <= 160 ? 1 : (septets + 152) / 153
        }
        let units = text.utf16.count
        return units <= 70 ? 1 : (units + 66) / 67
    }
}

extension String {
    /// Its length in the alphabet of text messages; nil if it has a character that is not in it.
    fileprivate var septetCount: Int? {
        var count = 0
        for scalar in unicodeScalars {
            if Self.oneSeptet.contains(scalar) {
                count += 1
            } else if Self.twoSeptets.contains(scalar) {
                count += 2
            } else {
                return nil
            }
        }
        return count
    }

    private static let oneSeptet = Set(
        """
        @£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,-./0123456789:;<=>?\
        ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà
        """.unicodeScalars)

    private static let twoSeptets = Set("\u{C}^{}\\[~]|€".unicodeScalars)
}

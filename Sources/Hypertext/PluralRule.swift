/// By which number of things a language has which form: `1 day`, `2 days`.
///
/// These are the rules for cardinal numbers of Unicode's CLDR 48, as far as they are about whole
/// numbers (https://www.unicode.org/cldr/charts/48/supplemental/language_plural_rules.html).
package enum PluralRule: Sendable {
    /// One form for all numbers.
    case alike
    /// 1 apart from the rest.
    case one
    /// 0 and 1 apart from the rest.
    case oneWithZero
    /// 1, and full millions, which are followed by “de”.
    case oneAndMillions
    /// 0 and 1, and full millions.
    case oneWithZeroAndMillions
    /// 0 by itself and 1 by itself.
    case zeroAndOne
    /// 1, and 2.
    case oneAndTwo
    case arabic, breton, cornish, czech, filipino, gaelic, icelandic, irish, latvian, lithuanian
    case maltese, manx, moroccanBerber, polish, romanian, russian, samogitian, serbian, slovenian,
        tamazight
    case welsh

    /// Finds the rule of a language.
    ///
    /// There is none for a language that CLDR does not know.
    ///
    /// - Parameter tag: The language, as `en` or `pt-BR`; only `pt-PT` differs from its language.
    package init?(language tag: String) {
        guard tag != "pt-PT" else {
            self = .oneAndMillions
            return
        }
        switch tag.prefix(while: { $0 != "-" }) {
        case "bm", "bo", "dz", "hnj", "id", "ig", "ii", "ja", "jbo", "jv", "kde", "kea", "km", "ko",
            "lkt", "lo", "ms", "my", "nqo", "osa", "sah", "ses", "sg", "su", "th", "to", "tpi",
            "wo", "yo", "yue", "zh":
            self = .alike
        case "af", "an", "asa", "ast", "az", "bal", "bem", "bez", "bg", "brx", "ce", "cgg", "chr",
            "ckb", "da", "de", "dv", "ee", "el", "en", "eo", "et", "eu", "fi", "fo", "fur", "fy",
            "gsw", "ha", "haw", "hu", "ia", "ie", "io", "jgo", "jmc", "ka", "kaj", "kcg", "kk",
            "kkj", "kl", "ks", "ksb", "ku", "ky", "lb", "lg", "lij", "mas", "mgo", "ml", "mn",
            "mr", "nah", "nb", "nd", "ne", "nl", "nn", "nnh", "no", "nr", "ny", "nyn", "om", "or",
            "os", "pap", "ps", "rm", "rof", "rwk", "saq", "sc", "sd", "sdh", "seh", "sn", "so",
            "sq",
            "ss", "ssy", "st", "sv", "sw", "syr", "ta", "te", "teo", "tig", "tk", "tn", "tr", "ts",
            "ug", "ur", "uz", "ve", "vo", "vun", "wae", "xh", "xog", "yi":
            self = .one
        case "ak", "am", "as", "bho", "bn", "csw", "doi", "fa", "ff", "gu", "guw", "hi", "hy",
            "kab", "kn", "kok", "ln", "mg", "nso", "pa", "pcm", "si", "tg", "ti", "vi", "wa", "zu":
            self = .oneWithZero
        case "ca", "es", "gl", "it", "lld", "scn", "vec": self = .oneAndMillions
        case "fr", "pt": self = .oneWithZeroAndMillions
        case "blo", "cv", "ksh", "lag": self = .zeroAndOne
        case "he", "iu", "naq", "sat", "se", "sma", "smi", "smj", "smn", "sms": self = .oneAndTwo
        case "ar", "ars": self = .arabic
        case "be", "ru", "uk": self = .russian
        case "br": self = .breton
        case "bs", "hr", "sh", "sr": self = .serbian
        case "ceb", "fil", "tl": self = .filipino
        case "cs", "sk": self = .czech
        case "cy": self = .welsh
        case "dsb", "hsb", "sl": self = .slovenian
        case "ga": self = .irish
        case "gd": self = .gaelic
        case "gv": self = .manx
        case "is", "mk": self = .icelandic
        case "kw": self = .cornish
        case "lt": self = .lithuanian
        case "lv", "prg": self = .latvian
        case "mo", "ro": self = .romanian
        case "mt": self = .maltese
        case "pl": self = .polish
        case "sgs": self = .samogitian
        case "shi": self = .moroccanBerber
        case "tzm": self = .tamazight
        default: return nil
        }
    }

    /// Returns the form for a number of things.
    package func form(of number: Int) -> PluralForm {
        let n = number.magnitude
        let tens = n % 100
        let ones = n % 10
        switch self {
        case .alike: return .other
        case .one: return n == 1 ? .one : .other
        case .oneWithZero: return n < 2 ? .one : .other
        case .oneAndMillions:
            return n == 1 ? .one : n != 0 && n % 1_000_000 == 0 ? .many : .other
        case .oneWithZeroAndMillions:
            return n < 2 ? .one : n % 1_000_000 == 0 ? .many : .other
        case .zeroAndOne: return n == 0 ? .zero : n == 1 ? .one : .other
        case .oneAndTwo: return n == 1 ? .one : n == 2 ? .two : .other
        case .arabic:
            switch (n, tens) {
            case (0, _): return .zero
            case (1, _): return .one
            case (2, _): return .two
            case (_, 3...10): return .few
            case (_, 11...99): return .many
            default: return .other
            }
        case .breton:
            switch (ones, tens) {
            case (1, _) where ![11, 71, 91].contains(tens): return .one
            case (2, _) where ![12, 72, 92].contains(tens): return .two
            case (3...4, 20...69), (3...4, 0...9), (3...4, 80...89), (9, 20...69), (9, 0...9),
                (9, 80...89):
                return .few
            default: return n != 0 && n % 1_000_000 == 0 ? .many : .other
            }
        case .cornish:
            let thousands = n % 100_000
            switch (n, tens) {
            case (0, _): return .zero
            case (1, _): return .one
            case (_, 2), (_, 22), (_, 42), (_, 62), (_, 82): return .two
            case _ where n % 1000 == 0 && (1000...20_000).contains(thousands): return .two
            case _ where [40_000, 60_000, 80_000].contains(thousands): return .two
            case _ where n % 1_000_000 == 100_000: return .two
            case (_, 3), (_, 23), (_, 43), (_, 63), (_, 83): return .few
            case (_, 1), (_, 21), (_, 41), (_, 61), (_, 81): return .many
            default: return .other
            }
        case .czech: return n == 1 ? .one : (2...4).contains(n) ? .few : .other
        case .filipino:
            return (1...3).contains(n) || ![4, 6, 9].contains(ones) ? .one : .other
        case .gaelic:
            switch n {
            case 1, 11: return .one
            case 2, 12: return .two
            case 3...10, 13...19: return .few
            default: return .other
            }
        case .icelandic: return ones == 1 && tens != 11 ? .one : .other
        case .irish:
            switch n {
            case 1: return .one
            case 2: return .two
            case 3...6: return .few
            case 7...10: return .many
            default: return .other
            }
        case .latvian:
            return ones == 0 || (11...19).contains(tens) ? .zero : ones == 1 ? .one : .other
        case .lithuanian:
            return (11...19).contains(tens) || ones == 0 ? .other : ones == 1 ? .one : .few
        case .maltese:
            switch (n, tens) {
            case (1, _): return .one
            case (2, _): return .two
            case (0, _), (_, 3...10): return .few
            case (_, 11...19): return .many
            default: return .other
            }
        case .manx:
            return ones == 1 ? .one : ones == 2 ? .two : tens % 20 == 0 ? .few : .other
        case .moroccanBerber: return n < 2 ? .one : n <= 10 ? .few : .other
        case .polish:
            return n == 1 ? .one : (2...4).contains(ones) && tens / 10 != 1 ? .few : .many
        case .romanian:
            return n == 1 ? .one : n == 0 || (1...19).contains(tens) ? .few : .other
        case .russian:
            guard tens / 10 != 1 else { return .many }
            return ones == 1 ? .one : (2...4).contains(ones) ? .few : .many
        case .samogitian:
            guard n != 2 else { return .two }
            return (11...19).contains(tens) || ones == 0 ? .other : ones == 1 ? .one : .few
        case .serbian:
            guard tens / 10 != 1 else { return .other }
            return ones == 1 ? .one : (2...4).contains(ones) ? .few : .other
        case .slovenian:
            return tens == 1 ? .one : tens == 2 ? .two : (3...4).contains(tens) ? .few : .other
        case .tamazight: return n < 2 || (11...99).contains(n) ? .one : .other
        case .welsh:
            switch n {
            case 0: return .zero
            case 1: return .one
            case 2: return .two
            case 3: return .few
            case 6: return .many
            default: return .other
            }
        }
    }

    /// The forms that some number has, in the order of `PluralForm`.
    package var forms: [PluralForm] {
        switch self {
        case .alike: [.other]
        case .one, .oneWithZero, .filipino, .icelandic, .tamazight: [.one, .other]
        case .oneAndMillions, .oneWithZeroAndMillions: [.one, .many, .other]
        case .zeroAndOne, .latvian: [.zero, .one, .other]
        case .oneAndTwo: [.one, .two, .other]
        case .arabic, .cornish, .welsh: PluralForm.allCases
        case .breton, .irish, .maltese: [.one, .two, .few, .many, .other]
        case .czech, .lithuanian, .moroccanBerber, .romanian, .serbian: [.one, .few, .other]
        case .gaelic, .manx, .samogitian, .slovenian: [.one, .two, .few, .other]
        // A fraction has the form `other`.
        case .polish, .russian: [.one, .few, .many]
        }
    }
}

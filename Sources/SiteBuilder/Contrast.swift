import Glibc

/// Holds the colours of a theme against WCAG 2.2, 1.4.3 and 1.4.11.
///
/// Which colours meet on a page cannot be told from a style sheet alone, so `site.yml` says it:
/// `contrast:` is a list of `ink on paper`, for text, and of `edge on sheet at 3`, for what is
/// larger or no text. The names are custom properties of the style sheets.
struct Contrast {
    private let sheets: [StyleSheetColours]
    private let problems: Problems

    init(_ sheets: [SourceFile], _ problems: Problems) {
        self.sheets = sheets.sorted { $0.path < $1.path }.map(StyleSheetColours.init)
        self.problems = problems
    }

    /// Checks pairs in the light and in the dark.
    ///
    /// - Parameters:
    ///   - pairs: The pairs.
    ///   - isOptional: Whether a pair of which a colour is not there counts for nothing.
    func check(_ pairs: [Scalar], ifGiven isOptional: Bool = false) {
        for pair in pairs {
            let words = pair.text.split(separator: " ").map(String.init)
            let least = words.count == 5 && words[3] == "at" ? Double(words[4]) : nil
            guard words.count == 3 || least != nil, words[1] == "on" else {
                problems.report(
                    "a pair of colours is \"ink on paper\" or \"edge on sheet at 3\"",
                    at: pair.location)
                continue
            }
            let isThere = find(words[0], false) != nil && find(words[2], false) != nil
            for isDark in [false, true] where isThere || !isOptional {
                check(words[0], on: words[2], atLeast: least ?? 4.5, isDark, pair)
            }
        }
    }

    private func check(
        _ front: String, on back: String, atLeast least: Double, _ isDark: Bool, _ pair: Scalar
    ) {
        guard let (colour, place) = find(front, isDark, for: pair),
            let (ground, _) = find(back, isDark, for: pair)
        else { return }
        let ratio = colour.contrast(with: ground)
        guard ratio < least else { return }
        let theme = isDark ? "dark" : "light"
        problems.report(
            "--\(front) on --\(back) has a contrast of \(Self.text(ratio)) in the \(theme) theme; "
                + "it needs \(Self.text(least))", at: place)
    }

    private func find(_ name: String, _ isDark: Bool) -> (Colour, Location)? {
        sheets.compactMap { $0.colour(name, isDark: isDark) }.last
    }

    private func find(
        _ name: String, _ isDark: Bool, for pair: Scalar
    ) -> (Colour, Location)? {
        guard let declared = find(name, isDark) else {
            let names = sheets.flatMap(\.names).filter { $0 != name }
            problems.report(
                "no style sheet gives --\(name) a colour, as #1f1b16"
                    + suggestion(for: name, among: names), at: pair.location)
            return nil
        }
        return declared
    }

    /// A ratio with two digits, cut off so that what is too little never looks like enough.
    private static func text(_ ratio: Double) -> String {
        let hundredths = Int((ratio * 100).rounded(.down))
        guard hundredths % 100 != 0 else { return String(hundredths / 100) }
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}

/// A colour without transparency.
struct Colour {
    private let red, green, blue: Double

    /// Reads `#1f1b16` or `#fff`.
    init?(_ text: some StringProtocol) {
        let digits = text.dropFirst().compactMap(\.hexDigitValue)
        guard text.first == "#", digits.count == text.count - 1 else { return nil }
        let values: [Int]
        switch digits.count {
        case 3: values = digits.map { $0 * 17 }
        case 6: values = stride(from: 0, to: 6, by: 2).map { digits[$0] * 16 + digits[$0 + 1] }
        default: return nil
        }
        (red, green, blue) = (Double(values[0]), Double(values[1]), Double(values[2]))
    }

    /// The contrast ratio of WCAG 2.2.
    func contrast(with other: Colour) -> Double {
        let (a, b) = (luminance, other.luminance)
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private var luminance: Double {
        func linear(_ value: Double) -> Double {
            let part = value / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
}

/// The custom properties of a style sheet's `:root`, in the light and in the dark.
struct StyleSheetColours {
    private typealias Properties = [String: (value: String, location: Location)]

    private var light: Properties = [:]
    private var dark: Properties = [:]

    init(_ file: SourceFile) {
        let text = Self.withoutComments(file.bytes)
        var preludes: [String] = []
        var start = 0
        for (offset, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "{"):
                preludes.append(String(decoding: text[start..<offset], as: UTF8.self))
                start = offset + 1
            case UInt8(ascii: "}"), UInt8(ascii: ";"):
                read(start..<offset, of: text, in: file, within: preludes)
                if byte == UInt8(ascii: "}") {
                    _ = preludes.popLast()
                }
                start = offset + 1
            default:
                break
            }
        }
    }

    var names: [String] { Array(light.keys) }

    /// Finds what a property comes to, through `var(--…)` if need be.
    func colour(_ name: String, isDark: Bool, depth: Int = 0) -> (Colour, Location)? {
        guard let (value, location) = (isDark ? dark[name] : nil) ?? light[name] else { return nil }
        if let colour = Colour(value) {
            return (colour, location)
        }
        guard value.hasPrefix("var(--"), value.hasSuffix(")"), depth < 8 else { return nil }
        return colour(String(value.dropFirst(6).dropLast()), isDark: isDark, depth: depth + 1)
    }

    private mutating func read(
        _ range: Range<Int>, of text: [UInt8], in file: SourceFile, within preludes: [String]
    ) {
        guard preludes.last?.trimmed == ":root",
            let first = text[range].firstIndex(where: { !$0.isBlank }),
            text[first..<range.upperBound].starts(with: "--".utf8),
            let colon = text[first..<range.upperBound].firstIndex(of: UInt8(ascii: ":"))
        else { return }
        let name = String(decoding: text[(first + 2)..<colon], as: UTF8.self).trimmed
        let value = String(decoding: text[(colon + 1)..<range.upperBound], as: UTF8.self).trimmed
        let place = text[(colon + 1)..<range.upperBound].firstIndex { !$0.isBlank } ?? colon
        let conditions = preludes.dropLast().joined()
        if conditions.contains("prefers-color-scheme: dark") {
            dark[name] = (value, file.location(place))
        } else if preludes.count == 1 {
            light[name] = (value, file.location(place))
        }
    }

    /// The bytes with blanks in the place of comments, so that offsets stay.
    private static func withoutComments(_ bytes: [UInt8]) -> [UInt8] {
        var text = bytes
        var isComment = false
        var index = 0
        while index < text.count {
            let mark = isComment ? "*/" : "/*"
            let isMark = bytes[index...].starts(with: mark.utf8)
            if isMark || isComment {
                text[index] = 0x20
            }
            if isMark {
                text[index + 1] = 0x20
                index += 1
                isComment.toggle()
            }
            index += 1
        }
        return text
    }
}

extension String {
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { String(start[...$0]) } ?? ""
    }
}

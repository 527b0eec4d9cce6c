internal import Hypertext

/// What the program says in the form of the page's language: days, moments, waits, browsers.
struct SamplePhrases {
    /// The schemas of plain texts, by name.
    private let schemas: [String: Schema]

    /// Takes what the program fills.
    init(_ schemas: [Schema]) {
        self.schemas = Dictionary(schemas.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }

    /// Returns what stands in a slot, or `nil` if it holds no phrase.
    ///
    /// - Parameters:
    ///   - slot: The name of the slot.
    ///   - row: The row of the list.
    /// - Returns: A phrase.
    func content(of slot: String, row: Int) -> SlotContent? {
        switch slot {
        case "added", "created", "date", "day", "required-from": day
        case "last-used", "password-changed", "since", "when": moment(row)
        case "wait": phrase("wait", ["count": .count(2), "unit": .choice("minute")])
        case "browser": browser(row)
        default: nil
        }
    }

    private var day: SlotContent? {
        phrase(
            "day", ["day": .count(3), "month": .choice("march"), "year": .text("2026")])
    }

    private func moment(_ row: Int) -> SlotContent? {
        let moments = [("today", "09:12"), ("yesterday", "21:40"), ("day", "08:05")]
        let (kind, time) = moments[row % moments.count]
        return phrase("moment", ["kind": .choice(kind), "day": day, "time": .text(time)])
    }

    private func browser(_ row: Int) -> SlotContent? {
        let browsers = [("Firefox", "Linux"), ("Safari", "iPhone"), ("Chrome", "Windows")]
        let (browser, system) = browsers[row % browsers.count]
        return phrase(
            "browser",
            ["kind": .choice("both"), "browser": .text(browser), "system": .text(system)])
    }

    private func phrase(_ name: String, _ content: [String: SlotContent?]) -> SlotContent? {
        schemas[name].map { .message($0, content.compactMapValues(\.self)) }
    }
}

import Hypertext

/// Finds for every slot how it is escaped at its place in HTML, and refuses the places where
/// nothing could make it harmless; gathers what the page has and points at, and leaves out white
/// space that shows nowhere.
struct ContextChecker {
    private let template: Template
    private let index: SiteIndex
    private let problems: Problems

    private var state = HTMLState()
    private var space = SpaceSaver()
    private var facts = PageFacts()
    private var guards: PageFacts.Guard = [:]
    // What the attribute that is being read may come to, and what it speaks of. Empty outside of
    // values, and in those that speak of nothing.
    private var values: [AttributeValue] = []
    private var use = Attributes.Use.other
    private var valueStart: Location
    // The form whose tag is being read and has not said yet where it is sent.
    private var aimlessForm: Location?

    // More ways than this are not followed; such a value counts as one with a slot.
    private static let mostWays = 64

    private init(_ template: Template, _ index: SiteIndex, _ problems: Problems) {
        self.template = template
        self.index = index
        self.problems = problems
        valueStart = template.frontMatter.location
        space.isOn = !template.isMail
    }

    /// Checks a whole HTML template.
    static func check(
        _ pieces: [Piece], of template: Template, in index: SiteIndex, _ problems: Problems
    ) -> (segments: [Segment], facts: PageFacts) {
        var checker = ContextChecker(template, index, problems)
        let segments = checker.segments(pieces)
        if checker.state.place != .text {
            let end = template.file.location(template.file.bytes.count)
            problems.report("the page ends \(checker.state.words)", at: end)
        }
        return (segments, checker.facts)
    }

    private mutating func segments(_ pieces: [Piece]) -> [Segment] {
        var segments: [Segment] = []
        add(pieces, to: &segments)
        return segments
    }

    private mutating func add(_ pieces: [Piece], to segments: inout [Segment]) {
        for piece in pieces {
            switch piece {
            case .markup(let bytes, let location):
                segments.append(read(bytes, at: location, stride: 1))
            case .inlineMarkup(let bytes, let location):
                let continuesTag =
                    state.place == .value(quote: UInt8(ascii: "\""))
                    && bytes.first == UInt8(ascii: "\"")
                if state.place != .text && !continuesTag {
                    report("a text with markup \(state.words)", at: location)
                    segments.append(bytes)
                } else {
                    segments.append(read(bytes, at: location, stride: 0))
                }
            case .unit(let unit):
                add(unit, to: &segments)
            case .markdown(let markdown):
                add(markdown, to: &segments)
            case .value(let text, let location):
                put(text, at: location, to: &segments)
            case .slot(let reference, let location):
                space.endGap()
                if let escaper = escaper(for: reference, at: location) {
                    segments.append(.slot(reference, escaper))
                }
            case .branch(let reference, let then, let otherwise, let location):
                let ways = ways(
                    [(then, [1]), (otherwise, [0])], of: reference, at: location)
                segments.append(.branch(reference, then: ways[0], otherwise: ways[1]))
            case .choose(let reference, let branches, let branchOfCase, let location):
                let ways = branches.enumerated().map { branch, pieces in
                    (pieces, Set(branchOfCase.indices.filter { branchOfCase[$0] == branch }))
                }
                segments.append(
                    .choose(
                        reference, branches: self.ways(ways, of: reference, at: location),
                        branchOfCase: branchOfCase))
            case .each(let reference, let body, let location):
                // The rows may be none, one or many, so the body ends where it begins.
                space.endGap()
                let ways = ways([(body, [1]), ([], [0])], of: reference, at: location)
                for way in values.indices {
                    values[way].hasSlot = true
                }
                segments.append(.each(reference, body: ways[0]))
            }
        }
    }

    // MARK: - What is the same on every page

    /// Adds what was checked once, or checks it now.
    private mutating func add(_ unit: Unit, to segments: inout [Segment]) {
        guard state.place == .text, guards.isEmpty, space.isBetweenElements else {
            add(unit.pieces, to: &segments)
            return
        }
        if let checked = unit.checked {
            checked.segments.forEach { segments.append(joining: $0) }
            merge(checked.facts)
            return
        }
        let pageFacts = facts
        facts = PageFacts()
        let own = self.segments(unit.pieces)
        let ownFacts = facts
        facts = pageFacts
        own.forEach { segments.append(joining: $0) }
        merge(ownFacts)
        if state.place == .text, space.isBetweenElements {
            unit.checked = (own, ownFacts)
        }
    }

    private mutating func merge(_ other: PageFacts) {
        for (id, anchors) in other.anchors {
            for anchor in anchors {
                add(id: id, at: anchor.location)
            }
        }
        other.references.forEach { facts.add($0) }
        for (name, location) in other.classes {
            facts.add(class: name, at: location)
        }
    }

    /// Adds what CommonMark made, whose only markup that needs reading is what the author wrote.
    private mutating func add(_ markdown: Markdown, to segments: inout [Segment]) {
        guard state.place == .text else {
            report("{{content}} \(state.words)", at: template.frontMatter.location)
            return
        }
        for (bytes, location) in markdown.rawHTML {
            _ = read(bytes, at: location, stride: 1)
            if state.place != .text {
                report("the HTML ends \(state.words)", at: location)
                state = HTMLState()
            }
        }
        for (id, location) in markdown.ids {
            add(id: id, at: location)
        }
        for (link, location) in markdown.links {
            check(link, attribute: "href", at: location)
        }
        space.endGap()
        segments.append(markdown.html)
    }

    private func report(_ message: String, at location: Location) {
        problems.report(message, at: location, building: template.file.path)
    }

    // MARK: - Markup

    /// Reads markup; `stride` is 0 where the location does not move along.
    ///
    /// - Returns: The markup without what shows nowhere.
    private mutating func read(_ bytes: [UInt8], at location: Location, stride: Int) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            // Most bytes are text or part of a value, and change nothing.
            switch state.place {
            case .text where byte != UInt8(ascii: "<"):
                space.addText(byte, to: &output)
                index += 1
                continue
            case .value(let quote) where byte != quote:
                let end = bytes[index...].firstIndex(of: quote) ?? bytes.count
                output += bytes[index..<end]
                for way in values.indices {
                    values[way].text += bytes[index..<end]
                }
                index = end
                continue
            default:
                break
            }
            let event = state.advance(byte)
            space.add(byte, in: state, to: &output)
            if let event {
                handle(event, at: location.advanced(by: index * stride))
            } else if case .value = state.place {
                beginValue(at: stride == 0 ? location : location.advanced(by: index + 1))
            }
            if state.place == .text, let form = aimlessForm {
                report("a form that does not say where it is sent; write action=\"…\"", at: form)
                aimlessForm = nil
            }
            index += 1
        }
        return output
    }

    private mutating func beginValue(at location: Location) {
        use = Attributes.use(of: state.attribute)
        if use != .other {
            values = [AttributeValue()]
            valueStart = location
        }
    }

    private var isInLink: Bool {
        guard !values.isEmpty else { return false }
        return use == .link || use == .action
    }

    private mutating func handle(_ event: HTMLState.Event, at location: Location) {
        switch event {
        case .mistake(let message):
            report(message, at: location)
        case .startTag:
            space.readTag(state.element, isEnd: state.isEndTag)
            guard !state.isEndTag else { return }
            let objection = Attributes.objection(
                toElement: state.element, inMail: template.isMail)
            if let objection {
                report("<\(state.element)>: \(objection)", at: before(location, state.element))
            }
            if state.element == "form" {
                aimlessForm = before(location, state.element)
            }
        case .attribute:
            if let objection = Attributes.objection(to: state.attribute, inMail: template.isMail) {
                report("\(state.attribute)=: \(objection)", at: before(location, state.attribute))
            }
        case .valueEnd:
            endValue()
        }
    }

    /// Checks what the attribute may have come to.
    private mutating func endValue() {
        let ways = values
        values = []
        for value in ways {
            switch use {
            case .link:
                check(value, attribute: state.attribute, at: valueStart)
            case .action:
                check(value, attribute: state.attribute, at: valueStart)
                if let objection = index.objection(toAction: value) {
                    report(objection, at: valueStart)
                }
                if !value.text.isEmpty {
                    aimlessForm = nil
                }
            case .id:
                // The ways of one attribute exclude each other.
                let id = String(decoding: value.text, as: UTF8.self)
                if ways.count == 1 {
                    add(id: id, at: valueStart)
                } else {
                    _ = facts.add(id: id, PageFacts.Anchor(guards: guards, location: valueStart))
                }
            case .references:
                for id in value.words {
                    facts.add(
                        PageFacts.Reference(
                            path: "", id: id, attribute: state.attribute, location: valueStart))
                }
            case .classes:
                for name in value.words {
                    check(class: name)
                }
            case .other:
                break
            }
        }
    }

    private mutating func check(_ link: AttributeValue, attribute: String, at location: Location) {
        if let objection = index.objection(to: link, inMail: template.isMail) {
            report(objection, at: location)
            return
        }
        guard let first = link.text.first, first == 0x23 || first == 0x2f || first == 0x3f,
            let fragment = SiteIndex.fragment(of: link.text)
        else { return }
        facts.add(
            PageFacts.Reference(
                path: SiteIndex.path(of: link.text), id: fragment, attribute: attribute,
                location: location))
    }

    private mutating func check(class name: String) {
        facts.add(class: name, at: valueStart)
        guard let classes = index.classes, !classes.contains(name), !template.isMail,
            !template.isStyleguide, !name.contains("\0")
        else { return }
        report(
            "the styleguide does not show the class \"\(name)\""
                + suggestion(for: name, among: classes), at: valueStart)
    }

    private mutating func add(id: String, at location: Location) {
        let anchor = PageFacts.Anchor(guards: guards, location: location)
        if let earlier = facts.add(id: id, anchor), !id.contains("\0") {
            report(
                "a second id \"\(id)\" on this page; the first stands at \(earlier.location)",
                at: location)
        }
    }

    private func before(_ location: Location, _ name: String) -> Location {
        Location(file: location.file, offset: max(0, location.offset - name.utf8.count))
    }

    // MARK: - Values and slots

    private mutating func put(_ text: String, at location: Location, to segments: inout [Segment]) {
        guard isPlaceForValue else {
            report("a value \(state.words)", at: location)
            return
        }
        space.endGap()
        for way in values.indices {
            values[way].text += text.utf8
        }
        var bytes: [UInt8] = []
        Escaper.html.append(text, to: &bytes)
        segments.append(bytes)
    }

    /// Values stand in text, and in quotes.
    private var isPlaceForValue: Bool {
        switch state.place {
        case .text, .escapableText(matched: 0), .value: true
        default: false
        }
    }

    private mutating func escaper(
        for reference: SlotReference, at location: Location
    ) -> Escaper? {
        guard isPlaceForValue else {
            report("the slot \"\(reference.path)\" \(state.words)", at: location)
            return nil
        }
        guard case .value = state.place else { return .html }
        guard !Attributes.isUnsafe(state.attribute, of: state.element) else {
            report("the slot \"\(reference.path)\" in \(state.attribute)=", at: location)
            return nil
        }
        guard isInLink else {
            markValues(reference)
            return .html
        }
        guard case .url = reference.type else {
            markValues(reference)
            report(
                "\"\(reference.path)\" is \(reference.type == .text ? "text" : "no URL"); a link "
                    + "takes a slot of type url", at: location)
            return nil
        }
        defer { markValues(reference) }
        guard values == [AttributeValue()] else {
            report(
                "the slot \"\(reference.path)\" is a whole URL; nothing may stand before it in a link",
                at: location)
            return nil
        }
        return .url
    }

    private mutating func markValues(_ reference: SlotReference) {
        for way in values.indices {
            values[way].append(reference)
        }
    }

    // MARK: - Ways

    private var isPlaceForWays: Bool {
        switch state.place {
        case .beforeValue, .unquotedValue, .tagOpen, .endTagOpen, .declaration, .comment,
            .rawText(matched: 1...), .escapableText(matched: 1...):
            false
        default:
            true
        }
    }

    /// Follows each way from the same place and sees that all end in the same.
    ///
    /// - Parameters:
    ///   - ways: The pieces of each way, and the cases of the slot in which it is taken.
    ///   - reference: The slot that decides.
    ///   - location: Where the ways part.
    /// - Returns: What each way comes to.
    private mutating func ways(
        _ ways: [([Piece], cases: Set<Int>)], of reference: SlotReference, at location: Location
    ) -> [[Segment]] {
        var hasReported = !isPlaceForWays
        if hasReported {
            report("a condition or list \(state.words)", at: location)
        }
        if let event = state.completeName() {
            handle(event, at: location)
        }
        let start = (state, values, space)
        let outerGuards = guards
        var end: HTMLState?
        var endSpace: SpaceSaver?
        var endValues: [AttributeValue] = []
        let branches = ways.map { pieces, cases in
            (state, values, space) = start
            guards[reference] = outerGuards[reference].map(cases.intersection) ?? cases
            let segments = segments(pieces)
            if let event = state.completeName() {
                handle(event, at: location)
            }
            let joined = end.map { $0.joined(with: state) } ?? state
            if let joined {
                end = joined
            } else if !hasReported {
                hasReported = true
                report(
                    "the ways from here end in different places: one \((end ?? state).words), one "
                        + state.words, at: location)
            }
            endSpace = endSpace.map { $0.joined(with: space) } ?? space
            for value in values where !endValues.contains(value) {
                endValues.append(value)
            }
            return segments
        }
        state = end ?? start.0
        space = endSpace ?? start.2
        guards = outerGuards
        let isFollowed = endValues.count <= Self.mostWays
        values = isFollowed ? endValues : [AttributeValue(text: [0], hasSlot: true)]
        return branches
    }
}

extension HTMLState {
    /// The place, as the end of a sentence.
    fileprivate var words: String {
        switch place {
        case .text: "between elements"
        case .tagOpen, .endTagOpen, .tagName: "in the name of a tag"
        case .declaration: "in a declaration"
        case .comment: "in a comment"
        case .betweenAttributes, .afterAttribute, .attributeName, .afterAttributeName:
            "in the tag <\(element)>, outside of quotation marks"
        case .beforeValue, .unquotedValue: "in \(attribute)= without quotation marks"
        case .value: "in \(attribute)=\"…\""
        case .escapableText: "in <\(element)>"
        case .rawText: "in <\(element)>, which holds no text"
        }
    }
}

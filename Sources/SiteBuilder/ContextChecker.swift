import Hypertext

/// Finds for every slot how it is escaped at its place in HTML, and refuses the places where
/// nothing could make it harmless.
struct ContextChecker {
    private let template: Template
    private let links: LinkChecker
    private let problems: Problems

    private var state = HTMLState()
    // What the link that is being read may come to. Empty outside of links.
    private var link: Set<LinkValue> = []
    private var linkStart: Location

    // More ways than this are not followed; such a link counts as one with a slot.
    private static let mostWays = 64

    private init(_ template: Template, links: LinkChecker, _ problems: Problems) {
        self.template = template
        self.links = links
        self.problems = problems
        linkStart = template.frontMatter.location
    }

    /// Checks a whole HTML template.
    static func check(
        _ pieces: [Piece], of template: Template, links: LinkChecker, _ problems: Problems
    ) -> [Segment] {
        var checker = ContextChecker(template, links: links, problems)
        let segments = checker.segments(pieces)
        if checker.state.place != .text {
            let end = template.file.location(template.file.bytes.count)
            problems.report("the page ends \(checker.state.words)", at: end)
        }
        return segments
    }

    private mutating func segments(_ pieces: [Piece]) -> [Segment] {
        var segments: [Segment] = []
        for piece in pieces {
            switch piece {
            case .markup(let bytes, let location):
                read(bytes, at: location, stride: 1)
                segments.append(bytes)
            case .inlineMarkup(let bytes, let location):
                let continuesTag =
                    state.place == .value(quote: UInt8(ascii: "\""))
                    && bytes.first == UInt8(ascii: "\"")
                if state.place != .text && !continuesTag {
                    report("a text with markup \(state.words)", at: location)
                } else {
                    read(bytes, at: location, stride: 0)
                }
                segments.append(bytes)
            case .value(let text, let location):
                put(text, at: location, to: &segments)
            case .slot(let reference, let location):
                if let escaper = escaper(for: reference, at: location) {
                    segments.append(.slot(reference, escaper))
                }
            case .branch(let reference, let then, let otherwise, let location):
                let ways = ways([then, otherwise], at: location)
                segments.append(.branch(reference, then: ways[0], otherwise: ways[1]))
            case .choose(let reference, let branches, let branchOfCase, let location):
                segments.append(
                    .choose(
                        reference, branches: ways(branches, at: location),
                        branchOfCase: branchOfCase))
            case .each(let reference, let body, let location):
                // The rows may be none, one or many, so the body ends where it begins.
                let ways = ways([body, []], at: location)
                markLink()
                segments.append(.each(reference, body: ways[0]))
            }
        }
        return segments
    }

    private func report(_ message: String, at location: Location) {
        problems.report(message, at: location, building: template.file.path)
    }

    // MARK: - Markup

    /// Reads markup byte by byte; `stride` is 0 where the location does not move along.
    private mutating func read(_ bytes: [UInt8], at location: Location, stride: Int) {
        for (index, byte) in bytes.enumerated() {
            let place = location.advanced(by: index * stride)
            let isInLink = isInLink
            if let event = state.advance(byte) {
                handle(event, at: place)
            } else if isInLink {
                link = Set(link.map { LinkValue(text: $0.text + [byte], hasSlot: $0.hasSlot) })
            } else if self.isInLink {
                link = [LinkValue()]
                linkStart = stride == 0 ? location : place.advanced(by: 1)
            }
        }
    }

    private var isInLink: Bool {
        guard case .value = state.place else { return false }
        return Attributes.isLink(state.attribute)
    }

    private mutating func handle(_ event: HTMLState.Event, at location: Location) {
        switch event {
        case .mistake(let message):
            report(message, at: location)
        case .startTag where !state.isEndTag:
            let objection = Attributes.objection(
                toElement: state.element, inMail: template.isMail)
            if let objection {
                report("<\(state.element)>: \(objection)", at: before(location, state.element))
            }
        case .startTag:
            break
        case .attribute:
            if let objection = Attributes.objection(to: state.attribute, inMail: template.isMail) {
                report("\(state.attribute)=: \(objection)", at: before(location, state.attribute))
            }
        case .valueEnd:
            for objection in Set(link.compactMap(links.objection)).sorted() {
                report(objection, at: linkStart)
            }
            link = []
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
        if isInLink {
            link = Set(link.map { LinkValue(text: $0.text + text.utf8, hasSlot: $0.hasSlot) })
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
        guard isInLink else { return .html }
        guard case .url = reference.type else {
            markLink()
            report(
                "\"\(reference.path)\" is \(reference.type == .text ? "text" : "no URL"); a link "
                    + "takes a slot of type url", at: location)
            return nil
        }
        defer { markLink() }
        guard link == [LinkValue()] else {
            report(
                "the slot \"\(reference.path)\" is a whole URL; nothing may stand before it in a link",
                at: location)
            return nil
        }
        return .url
    }

    private mutating func markLink() {
        link = Set(link.map { LinkValue(text: $0.text, hasSlot: true) })
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
    private mutating func ways(_ ways: [[Piece]], at location: Location) -> [[Segment]] {
        var hasReported = !isPlaceForWays
        if hasReported {
            report("a condition or list \(state.words)", at: location)
        }
        if let event = state.completeName() {
            handle(event, at: location)
        }
        let start = (state, link)
        var end: HTMLState?
        var links: Set<LinkValue> = []
        let branches = ways.map { pieces in
            (state, link) = start
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
            links.formUnion(link)
            return segments
        }
        state = end ?? start.0
        link = links.count <= Self.mostWays ? links : [LinkValue(hasSlot: true)]
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

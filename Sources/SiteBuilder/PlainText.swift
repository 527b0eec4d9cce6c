import Hypertext

/// Finds how the slots of a plain-text template are escaped.
///
/// A slot that has its line for itself may be several lines; any other stays on its line.
struct PlainText {
    let template: Template
    /// The template is a header line, so nothing in it may break the line.
    let isLine: Bool
    let problems: Problems

    func segments(_ pieces: [Piece]) -> [Segment] {
        var segments: [Segment] = []
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .markup(let bytes, _):
                segments.append(bytes)
            case .unit(let unit):
                segments += self.segments(unit.pieces)
            case .markdown:
                problems.report(
                    "Markdown in plain text", at: template.frontMatter.location)
            case .inlineMarkup(_, let location):
                problems.report(
                    "a text with markup in plain text", at: location, building: template.file.path)
            case .value(let text, let location):
                if isLine, text.contains(where: \.isNewline) {
                    problems.report(
                        "a subject of more than one line", at: location,
                        building: template.file.path)
                }
                segments.append(text.utf8)
            case .slot(let reference, _):
                let isAlone = !isLine && isAlone(index, in: pieces)
                let escaper: Escaper =
                    switch reference.type {
                    case .url: .plainURL
                    default: isAlone ? .paragraphs : .line
                    }
                segments.append(.slot(reference, escaper))
            case .branch(let reference, let then, let otherwise, _):
                segments.append(
                    .branch(
                        reference, then: self.segments(then), otherwise: self.segments(otherwise)))
            case .choose(let reference, let branches, let branchOfCase, _):
                segments.append(
                    .choose(
                        reference, branches: branches.map(self.segments),
                        branchOfCase: branchOfCase))
            case .each(let reference, let body, _):
                segments.append(.each(reference, body: self.segments(body)))
            }
        }
        return segments
    }

    private func isAlone(_ index: Int, in pieces: [Piece]) -> Bool {
        func isBreak(_ piece: Piece?, _ end: ([UInt8]) -> UInt8?) -> Bool {
            guard let piece else { return true }
            guard case .markup(let bytes, _) = piece else { return false }
            return end(bytes) == UInt8(ascii: "\n")
        }
        let before = index > 0 ? pieces[index - 1] : nil
        let after = index + 1 < pieces.count ? pieces[index + 1] : nil
        return isBreak(before) { $0.last } && isBreak(after) { $0.first }
    }
}

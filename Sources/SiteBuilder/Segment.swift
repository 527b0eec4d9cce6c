import Hypertext

/// A part of a template that has been checked and is ready to be written.
indirect enum Segment {
    case text([UInt8])
    case slot(SlotReference, Escaper)
    case branch(SlotReference, then: [Segment], otherwise: [Segment])
    case choose(SlotReference, branches: [[Segment]], branchOfCase: [Int])
    case each(SlotReference, body: [Segment])
}

extension [Segment] {
    /// Appends text, to the text before it if there is any.
    mutating func append(_ text: some Sequence<UInt8>) {
        guard case .text(var bytes) = last else {
            append(.text(Array<UInt8>(text)))
            return
        }
        self[count - 1] = .text([])  // so that the bytes have one owner, and are not copied
        bytes += text
        self[count - 1] = .text(bytes)
    }

    /// Appends a segment; text joins text.
    mutating func append(joining segment: Segment) {
        if case .text(let bytes) = segment {
            append(bytes)
        } else {
            append(segment)
        }
    }

    /// The text, if there is nothing else.
    var fixedText: [UInt8]? {
        var bytes: [UInt8] = []
        for segment in self {
            guard case .text(let text) = segment else { return nil }
            bytes += text
        }
        return bytes
    }
}

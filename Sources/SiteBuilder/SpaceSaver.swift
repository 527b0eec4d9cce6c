/// Leaves out of HTML what shows nowhere: comments, and white space that follows white space.
struct SpaceSaver: Equatable {
    /// Whether anything is left out at all.
    var isOn = true
    /// The last byte of text was white space.
    private var isInGap = false
    /// How many elements around the place keep their white space.
    private var preformatted = 0
    /// The comment began in another piece, so what stands of it is past leaving out.
    private var keepsComment = false
    private var isInComment = false

    /// White space has no meaning of its own here.
    var isBetweenElements: Bool { preformatted == 0 && !isInComment }

    /// Adds a byte of text between tags.
    mutating func addText(_ byte: UInt8, to output: inout [UInt8]) {
        guard isOn, preformatted == 0, byte.isBlank else {
            output.append(byte)
            isInGap = false
            return
        }
        if !isInGap {
            output.append(byte)
        } else if byte == UInt8(ascii: "\n"), let last = output.last, last.isBlank {
            output[output.count - 1] = byte  // lines stay lines
        }
        isInGap = true
    }

    /// Adds a byte of a tag or comment.
    ///
    /// - Parameters:
    ///   - byte: The byte.
    ///   - state: The state after the byte.
    ///   - output: The markup so far.
    mutating func add(_ byte: UInt8, in state: HTMLState, to output: inout [UInt8]) {
        guard isOn else {
            output.append(byte)
            return
        }
        if isInComment {
            if keepsComment {
                output.append(byte)
            }
            if state.place == .text {
                isInComment = false
            }
            return
        }
        switch state.place {
        case .comment:
            isInComment = true
            keepsComment = !output.suffix(3).elementsEqual("<!-".utf8)
            if keepsComment {
                output.append(byte)
            } else {
                output.removeLast(3)
            }
        case .tagOpen, .declaration:
            output.append(byte)  // it may still become a comment, in which the gap goes on
        case .betweenAttributes where byte.isBlank && output.last?.isBlank == true:
            break
        default:
            output.append(byte)
            isInGap = false
        }
    }

    /// Notes that something else stands at the place.
    mutating func endGap() {
        isInGap = false
    }

    /// Notes the name of a tag.
    mutating func readTag(_ element: String, isEnd: Bool) {
        guard element == "pre" else { return }
        preformatted = max(0, preformatted + (isEnd ? -1 : 1))
    }

    /// What holds after either of two ways.
    func joined(with other: SpaceSaver) -> SpaceSaver {
        var joined = self
        joined.isInGap = isInGap && other.isInGap
        joined.preformatted = max(preformatted, other.preformatted)
        return joined
    }
}

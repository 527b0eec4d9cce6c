/// Why a filter cannot be written.
package enum FilterWriteError: Error, Equatable {
    /// The system refuses it.
    case unwritable(file: String, reason: String)
    /// Another build writes the same filter.
    case busy(file: String)
    /// Something stands in the place of the draft that is not ours.
    case occupied(file: String)
}

extension FilterWriteError: CustomStringConvertible {
    /// What is in the way, in one sentence.
    package var description: String {
        switch self {
        case .unwritable(let file, let reason): "\(file): cannot be written: \(reason)"
        case .busy(let file): "\(file): another build writes it"
        case .occupied(let file): "\(file): something is here that no build of yours has left"
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch self {
        case .unwritable:
            "choose another --output, or make room; the filter that was there still is"
        case .busy: "wait until that one has ended"
        case .occupied: "move it away, or choose another --output"
        }
    }
}

/// Why a filter of breached passwords cannot be used, or can no longer be.
///
/// The descriptions are for the log and the operator's terminal; a visitor sees none of them.
package enum BreachedFilterError: Error, Equatable {
    /// The file cannot be opened or mapped.
    case unreadable(file: String, reason: String)
    /// The mode lets others change it.
    case writableByOthers(file: String, mode: UInt32)
    /// The file is something else.
    case notAFilter(file: String)
    /// The file is of another version of the format.
    case otherFormat(file: String, version: UInt64)
    /// The file ends too early.
    case truncated(file: String)
    /// The bytes from an offset on are not those that were written.
    case damaged(file: String, offset: Int)
}

extension BreachedFilterError: CustomStringConvertible {
    /// What is wrong with the file, in one sentence.
    package var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
        case .writableByOthers(let file, let mode):
            "\(file): others can change it (mode \(String(mode, radix: 8)))"
        case .notAFilter(let file): "\(file): not a filter of breached passwords"
        case .otherFormat(let file, let version):
            "\(file): a filter in format \(version), but this program reads format "
                + "\(FilterLayout.version)"
        case .truncated(let file): "\(file): a filter that ends too early, as after a broken copy"
        case .damaged(let file, let offset):
            "\(file): a filter that is damaged in the sector at byte "
                + "\(offset / Sector.byteCount * Sector.byteCount)"
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch self {
        case .unreadable: "make one with 'postern breached build', or let this user read it"
        case .writableByOthers: "take their rights away with 'chmod go-w'"
        case .notAFilter: "name the file that 'postern breached build' has written"
        case .otherFormat, .truncated, .damaged: "build it again with 'postern breached build'"
        }
    }
}

/// Why a list of breached passwords cannot be used.
///
/// Nothing that stands in the list stands in a description: it may be a password.
package enum BreachListError: Error, Equatable {
    /// The file or directory cannot be opened or read.
    case unreadable(path: String, reason: String)
    /// The directory has no file that is named by five hexadecimal digits.
    case noPrefixes(path: String)
    /// The line is none of a list.
    case malformed(file: String, line: Int, expected: String)
    /// There is nothing in it, or nothing that was seen as often as it should have been.
    case empty(path: String, minimumCount: Int)
}

extension BreachListError: CustomStringConvertible {
    /// What is wrong with the list, in one sentence.
    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
        case .noPrefixes(let path):
            "\(path): no file here is named by five hexadecimal digits, as in 00000.txt"
        case .malformed(let file, let line, let expected): "\(file):\(line): expected \(expected)"
        case .empty(let path, let minimumCount):
            minimumCount > 1
                ? "\(path): no password in it was seen \(minimumCount) times or more"
                : "\(path): there is no password in it"
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch self {
        case .unreadable: "name a list, or a directory of its parts, that this user can read"
        case .noPrefixes: "name the directory into which the list was downloaded, or a single file"
        case .malformed: "get the list again; for a list of passwords, say --plain"
        case .empty(_, let minimumCount):
            minimumCount > 1 ? "choose a smaller --minimum-count" : "get the list again"
        }
    }
}

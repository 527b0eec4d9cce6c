internal import FlatFiles
private import Glibc

/// A file of the data directory to which lines are added, by several processes.
///
/// It is opened anew for each line, so that it can be renamed at any time, as logrotate does.
struct LineFile: Sendable {
    private let directory: Directory
    private let name: String

    init(_ name: String, in directory: Directory) {
        self.name = name
        self.directory = directory
    }

    /// Adds a line; a crash may lose it, but never leaves half of it.
    ///
    /// A line that cannot be added goes to standard error with the reason, which is the web server's
    /// own log. A request is not refused for it.
    func add(_ line: String, surviving crash: Crash = .kill) {
        do {
            let lock = try directory.lock("\(name).lock")
            try directory.append(Array(line.utf8), to: name, atMost: .max, surviving: crash)
            lock.release()
        } catch {
            let text = "\(line)\naccount: error: \(error)\n"
            _ = unsafe write(STDERR_FILENO, text, text.utf8.count)
        }
    }

    /// Makes sure that it is a file of this user alone, or not there yet.
    func check() throws(FileError) {
        do {
            _ = try directory.read(name, atMost: 0)
        } catch  where error.problem == .tooLong(limit: 0) {
            // It passed everything else.
        }
    }
}

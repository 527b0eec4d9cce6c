internal import Cryptography
package import FlatFiles
private import Glibc

// A message leaves outside the request that causes it, so that neither the time nor the outcome of
// its sending tells anything to whoever asked (P25). It is a file, whose directory says how far it
// has come:
//
//     new/      waiting, also for another attempt
//     sending/  being handed over
//     failed/   given up; the reason stands in the file
//
// The name of a file is the second in which the message came and, in hexadecimal, the nanoseconds
// that the machine has then been running, so that the order of names is the order in which messages
// came, whichever process put them there:
//
//     1795252320-00002d79883d2000

/// Messages of one kind on their way out of the house.
package struct Spool<Item: Spoolable>: Sendable {
    /// The directories which a spool consists of.
    package static var parts: [String] { ["new", "sending", "failed"] }
    /// The longest message, in bytes.
    static var longestMessage: Int { 1 << 20 }

    let directory: Directory
    let new: Directory
    let sending: Directory
    let failed: Directory

    /// Opens the spool in a directory.
    ///
    /// - Throws: `FileError`, also where one of its ``parts`` is not there.
    package init(_ directory: Directory) throws(FileError) {
        self.directory = directory
        new = try directory.existingDirectory("new")
        sending = try directory.existingDirectory("sending")
        failed = try directory.existingDirectory("failed")
    }

    /// Takes a message, which from then on outlives a loss of power.
    ///
    /// - Parameters:
    ///   - item: The message.
    ///   - now: The time in seconds since 1970.
    /// - Throws: `FileError`; then the message is not in the spool.
    package func add(_ item: Item, at now: Int64) throws(FileError) {
        let bytes = Spooled(item, at: now).bytes
        var isAdded = false
        while !isAdded {
            isAdded = try new.create(Self.name(at: now), with: bytes)
        }
    }

    /// What is in the spool, the oldest first.
    package func list() throws(FileError) -> [SpoolListing<Item>] {
        var listings: [SpoolListing<Item>] = []
        let parts: [(SpoolState, Directory)] = [
            (.new, new), (.sending, sending), (.failed, failed),
        ]
        for (state, part) in parts {
            for name in try names(in: part) {
                let message = (try? part.read(name, atMost: Self.longestMessage)).flatMap {
                    Spooled<Item>(bytes: $0)
                }
                listings.append(SpoolListing(name: name, state: state, message: message))
            }
        }
        return listings.sorted { $0.name < $1.name }
    }

    /// Removes what crashes have left behind.
    package func sweep() throws(FileError) {
        try new.sweep(olderThan: 3600)
        try sending.sweep(olderThan: 3600)
    }

    // MARK: - Names

    private static func name(at now: Int64) -> String {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        let nanoseconds = time.tv_sec * 1_000_000_000 + time.tv_nsec
        return String(max(0, now)).filled(to: 10) + "-"
            + String(nanoseconds, radix: 16).filled(to: 2 * clockByteCount)
    }

    private static var clockByteCount: Int { 8 }

    /// The names of messages in one of the directories, the oldest first.
    func names(in part: Directory) throws(FileError) -> [String] {
        try part.names().filter(Self.isName).sorted()
    }

    private static func isName(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0].utf8.count >= 10
            && parts[0].utf8.allSatisfy { (0x30...0x39).contains($0) }
            && Hex.decode(parts[1])?.count == clockByteCount
    }
}

/// A message in a spool, for the operator's eyes.
package struct SpoolListing<Item: Spoolable>: Sendable {
    package let name: String
    package let state: SpoolState
    /// What is known of it; nil if the file cannot be read or is none of ours.
    package let message: Spooled<Item>?
}

/// How far a message in a spool has come.
package enum SpoolState: String, Sendable {
    case new, sending, failed
}

extension String {
    /// A number with zeros before it, so that it has as many digits as others.
    fileprivate func filled(to count: Int) -> String {
        String(repeating: "0", count: max(0, count - utf8.count)) + self
    }
}

extension Directory {
    /// Opens a directory below which must be there.
    fileprivate func existingDirectory(_ name: String) throws(FileError) -> Directory {
        guard let found = try directory(name) else {
            throw FileError(.open, path(of: name), .missing)
        }
        return found
    }
}

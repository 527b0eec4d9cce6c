package import FlatFiles
package import Outbox

/// A directory of messages, one in a file, as mail readers know it.
///
/// A message is written in `tmp` and moved to `new` (https://cr.yp.to/proto/maildir.html). Its name
/// comes from the spool, so that a second attempt after a crash finds the first unless somebody has
/// read that already. Moving is a rename within one file system, so that `new` never has half a
/// message, nor anything that is none.
package struct Maildir: Transport {
    /// The directories that a Maildir consists of.
    package static let parts = ["tmp", "new", "cur"]

    private let tmp: Directory
    private let new: Directory
    private let host: String

    /// Opens a Maildir.
    ///
    /// - Parameters:
    ///   - directory: The Maildir, whose ``parts`` are made where they are not there.
    ///   - host: The host that stands in the names of files.
    /// - Throws: `FileError`.
    package init(_ directory: Directory, host: String) throws(FileError) {
        for part in Self.parts {
            try directory.makeDirectory(part)
        }
        tmp = try Self.part("tmp", of: directory)
        new = try Self.part("new", of: directory)
        self.host = host
    }

    private static func part(
        _ name: String, of directory: Directory
    ) throws(FileError) -> Directory {
        guard let part = try directory.directory(name) else {
            throw FileError(.open, directory.path(of: name), .noFile)
        }
        return part
    }

    package func deliver(_ mail: OutgoingMail, named name: String) -> DeliveryResult {
        // RFC 5321 §4.4: the last one to handle a message notes whom to tell of failures.
        let head = "Return-Path: <\(mail.sender.address)>\n"
        let file = "\(name).\(host)"
        do {
            // It is there already where a crash came between delivering it and noting that.
            guard try !new.contains(file) else { return .delivered }
            try tmp.replace(file, with: Array(head.utf8) + mail.message)
            try tmp.move(file, to: new)
            return .delivered
        } catch {
            return .deferred(reason: error.description)
        }
    }
}

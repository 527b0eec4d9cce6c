package import FlatFiles

/// A directory of messages, one in a file, as mail readers know it.
///
/// A message is written in `tmp` and moved to `new` (https://cr.yp.to/proto/maildir.html). Its name
/// comes from the spool, so that a second attempt takes the place of the first unless somebody has
/// read that already. Moving is a rename within one file system, and `FlatFiles` writes a file under
/// a name that readers skip, so that `new` never has half a message.
package struct Maildir: MailTransport {
    /// The directories that a Maildir consists of.
    package static let parts = ["tmp", "new", "cur"]

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
        guard let new = try directory.directory("new") else {
            throw FileError(.open, directory.path(of: "new"), .noFile)
        }
        self.new = new
        self.host = host
    }

    package func deliver(_ mail: SpooledMail, named name: String) -> DeliveryResult {
        // RFC 5321 §4.4: the last one to handle a message notes whom to tell of failures.
        let head = "Return-Path: <\(mail.sender.address)>\n"
        do {
            try new.replace(
                "\(name).\(host)", with: Array(head.utf8) + mail.message)
            return .delivered
        } catch {
            return .deferred(reason: error.description)
        }
    }
}

/// A message from the site to one person.
package struct Message: Sendable, Equatable {
    package let from: Mailbox
    package let to: Mailbox
    package let subject: HeaderText
    /// What is said, as plain text in UTF-8.
    package let text: [UInt8]
    /// The same as an HTML document in UTF-8.
    package let html: [UInt8]
    /// When it was written, in seconds since 1970-01-01T00:00:00Z.
    package let date: Int64
    package let id: MessageID

    package init(
        from: Mailbox, to: Mailbox, subject: HeaderText, text: [UInt8], html: [UInt8], date: Int64,
        id: MessageID
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.date = date
        self.id = id
    }

    /// The message as it goes into a file, its lines ended by LF.
    ///
    /// That is how a Maildir keeps mail and how a mail program takes it on standard input; whoever
    /// speaks SMTP makes it CRLF. There is no CR in it, so that no two programs can differ on where
    /// a line ends (A53). The plain text comes first, because readers show the last form that they
    /// understand (RFC 2046 §5.1.4).
    package var bytes: [UInt8] {
        let parts = [BodyPart("text/plain", text).bytes, BodyPart("text/html", html).bytes]
        let boundary = boundary(notIn: parts)
        let headers = """
            Date: \(MailDate(seconds: date).text)
            From: \(HeaderValue.mailbox(from, indentation: 6))
            To: \(HeaderValue.mailbox(to, indentation: 4))
            Subject: \(HeaderValue.unstructured(subject, indentation: 9))
            Message-ID: \(id.text)
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="\(boundary)"


            """
        var bytes = Array(headers.utf8)
        for part in parts {
            bytes += "--\(boundary)\n".utf8
            bytes += part
            bytes += "\n".utf8
        }
        bytes += "--\(boundary)--\n".utf8
        return bytes
    }

    /// A line that does not occur in any part (RFC 2046 §5.1.1).
    ///
    /// `=_` can never come out of quoted-printable (RFC 2045 §6.7), so only text that is sent as it
    /// is could hold the first choice, and would have to know it.
    private func boundary(notIn parts: [[UInt8]]) -> String {
        var boundary = "=_alternative"
        while parts.contains(where: { contains(Array(boundary.utf8), in: $0) }) {
            boundary += "_"
        }
        return boundary
    }

    private func contains(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: needle) }
    }
}

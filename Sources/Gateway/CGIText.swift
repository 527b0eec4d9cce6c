import HTTP

/// A response as a CGI program writes it (RFC 3875 §6), which is what FastCGI carries too.
struct CGIText: Equatable {
    let bytes: [UInt8]
    /// What is sent behind the bytes.
    let file: FilePart?

    /// Writes a response.
    ///
    /// The answer to `HEAD` is the one to `GET` without its body (RFC 9110 §9.3.2), with its length.
    init(_ response: Response, withBody: Bool = true) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1024 + (withBody ? response.body.count : 0))
        bytes.append(
            field: "Status", "\(response.status.rawValue) \(response.status.reasonPhrase)")
        for field in response.fields { bytes.append(field: field.name.text, field.value.text) }
        // RFC 9110 §8.6: 204 has no length, and that of 304 would be the file's.
        if response.status != .noContent, response.status != .notModified {
            let length = response.body.count + (response.file?.range.count ?? 0)
            bytes.append(field: "Content-Length", String(length))
        }
        bytes.append("\r\n")
        if withBody { bytes += response.body }
        self.bytes = bytes
        file = withBody ? response.file : nil
    }
}

extension [UInt8] {
    fileprivate mutating func append(field name: String, _ value: String) {
        append(name)
        append(": ")
        append(value)
        append("\r\n")
    }

    fileprivate mutating func append(_ text: String) {
        unsafe text.utf8.span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}

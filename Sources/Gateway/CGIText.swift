import HTTP

/// A response as a CGI program writes it (RFC 3875 §6), which is what FastCGI carries too.
struct CGIText: Equatable {
    let bytes: [UInt8]

    /// Writes a response.
    ///
    /// The answer to `HEAD` is the one to `GET` without its body (RFC 9110 §9.3.2), with its length.
    init(_ response: Response, withBody: Bool = true) {
        var head = "Status: \(response.status.rawValue) \(response.status.reasonPhrase)\r\n"
        for field in response.fields {
            head += "\(field.name.text): \(field.value.text)\r\n"
        }
        // RFC 9110 §8.6: 204 has no length.
        if response.status != .noContent {
            head += "Content-Length: \(response.body.count)\r\n"
        }
        head += "\r\n"
        bytes = [UInt8](head.utf8) + (withBody ? response.body : [])
    }
}

private import CTLS

/// One GET and its answer, as OpenSSL's own HTTP client writes the one and reads the other.
///
/// It works on bytes: how they get from here to there and by when is a matter of the connection.
/// That client never learns the host, and so has no reason to look for a proxy in the environment
/// (A55).
@safe struct HTTPExchange: ~Copyable {
    private static let mostBytesOfLine: Int32 = 4 << 10
    private static let mostBytesOfHead = 32 << 10

    private let raw: OpaquePointer
    private let outgoing: OpaquePointer
    private let incoming: OpaquePointer
    /// Gives the lines of `incoming`, also of those that come in pieces.
    private let lines: OpaquePointer
    private let limit: Int

    /// The beginning of the answer, `HTTP/1.1 200`, as far as it has come.
    private var beginning: [UInt8] = []
    private var headByteCount = 0
    /// What has come of the content; nil until the head is over.
    private var contentSoFar: [UInt8]?

    /// Prepares the request.
    ///
    /// - Parameters:
    ///   - path: The path, in printable ASCII.
    ///   - headers: The header fields.
    ///   - limit: How many bytes the content can have.
    init(get path: String, headers: [(name: String, value: String)], atMost limit: Int) {
        guard
            let outgoing = unsafe BIO_new(BIO_s_mem()), let incoming = unsafe BIO_new(BIO_s_mem()),
            let lines = unsafe BIO_new(BIO_f_buffer()),
            let raw = unsafe OSSL_HTTP_REQ_CTX_new(outgoing, lines, Self.mostBytesOfLine)
        else { fatalError("there is no memory for a request") }
        unsafe BIO_push(lines, incoming)
        unsafe self.outgoing = unsafe outgoing
        unsafe self.incoming = unsafe incoming
        unsafe self.lines = unsafe lines
        unsafe self.raw = unsafe raw
        self.limit = limit

        unsafe OSSL_HTTP_REQ_CTX_set_max_response_length(raw, UInt(limit))
        unsafe OSSL_HTTP_REQ_CTX_set_request_line(raw, 0, nil, nil, path)
        for (name, value) in headers {
            unsafe OSSL_HTTP_REQ_CTX_add1_header(raw, name, value)
        }
        unsafe OSSL_HTTP_REQ_CTX_set_expected(raw, nil, 0, 0, 0)
    }

    deinit {
        unsafe OSSL_HTTP_REQ_CTX_free(raw)
        unsafe BIO_free(outgoing)
        unsafe BIO_free_all(lines)
    }

    /// Returns the bytes to be sent, before any are taken.
    mutating func request() -> [UInt8] {
        _ = unsafe OSSL_HTTP_REQ_CTX_nbio(raw)
        return unsafe Self.contents(of: outgoing)
    }

    /// Takes bytes of the answer, as they come.
    ///
    /// - Returns: The content, if that was the last of it.
    /// - Throws: `WebError`.
    mutating func take(_ bytes: [UInt8]) throws(WebError) -> [UInt8]? {
        unsafe BIO_write(incoming, bytes, Int32(bytes.count))
        if contentSoFar == nil { try takeHead(bytes) }
        contentSoFar?.append(contentsOf: unsafe Self.contents(of: lines))
        guard let content = contentSoFar else { return nil }
        guard content.count <= limit else { throw .tooLong }
        guard let length, content.count >= length else { return nil }
        return Array(content.prefix(length))
    }

    /// Takes the end of the connection.
    ///
    /// - Returns: The content, of which the answer did not say how long it is.
    /// - Throws: ``WebError/cutOff`` if it did, and there should be more.
    consuming func end() throws(WebError) -> [UInt8] {
        guard let contentSoFar, length == nil else { throw .cutOff }
        return contentSoFar
    }

    private mutating func takeHead(_ bytes: [UInt8]) throws(WebError) {
        beginning += bytes.prefix("HTTP/1.1 200".utf8.count - beginning.count)
        headByteCount += bytes.count
        ERR_clear_error()
        switch unsafe OSSL_HTTP_REQ_CTX_nbio(raw) {
        case 1: contentSoFar = []
        case -1: guard headByteCount <= Self.mostBytesOfHead else { throw .malformed }
        default: throw failure
        }
    }

    /// Why the head was refused.
    private var failure: WebError {
        if let status, status != 200 { return .status(status) }
        let reason = ERR_GET_REASON(ERR_peek_error())
        return reason == HTTP_R_MAX_RESP_LEN_EXCEEDED ? .tooLong : .malformed
    }

    /// The status, which that client tells nobody.
    private var status: Int? {
        guard beginning.starts(with: "HTTP/1.".utf8) else { return nil }
        let digits = beginning.dropFirst("HTTP/1.1 ".utf8.count)
        guard digits.count == 3, let status = Int(String(decoding: digits, as: UTF8.self)),
            (100...599).contains(status)
        else { return nil }
        return status
    }

    /// How long the content is, if the answer says so and it is not empty.
    private var length: Int? {
        let length = unsafe OSSL_HTTP_REQ_CTX_get_resp_len(raw)
        return length == 0 ? nil : Int(length)
    }

    /// Takes all that is in a BIO now.
    private static func contents(of bio: OpaquePointer) -> [UInt8] {
        var contents: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = unsafe BIO_read(bio, &piece, Int32(piece.count))
            guard count > 0 else { return contents }
            contents += piece.prefix(Int(count))
        }
    }
}

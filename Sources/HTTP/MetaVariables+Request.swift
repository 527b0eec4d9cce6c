// What single meta-variables say about a request; `Request` puts it together.

extension MetaVariables {
    /// The length of the body, from `CONTENT_LENGTH` (RFC 3875 §4.1.2).
    ///
    /// A posted body of unknown length is refused: as Apache's mod_cgid hands it over, when it came in
    /// chunks, it would look empty (A58). Other methods need none.
    ///
    /// - Parameter limit: The most bytes that are read.
    /// - Returns: How many bytes are to be read, no more than `limit`.
    /// - Throws: `lengthRequired`, `malformedLength` or `bodyTooLarge`.
    package func bodyLength(limit: Int) throws(RequestError) -> Int {
        guard let digits = bytes(of: "CONTENT_LENGTH"), !digits.isEmpty else {
            guard self["REQUEST_METHOD"] != "POST" else { throw .lengthRequired }
            return 0
        }
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            throw .malformedLength
        }
        // A number too great for `Int` is certainly over the limit.
        guard let length = Int(String(decoding: digits, as: UTF8.self)), length <= limit else {
            throw .bodyTooLarge(limit: limit)
        }
        return length
    }

    /// The decoded path.
    ///
    /// `SCRIPT_NAME` and `PATH_INFO` together are the path after the web server decoded and
    /// normalised it (RFC 3875 §3.3). nginx, asked by `auth_request` or `error_page`, gives only
    /// there the path that it means; `REQUEST_URI`, always what the client wrote, is used if a web
    /// server gives neither.
    var path: String {
        get throws(RequestError) {
            let script = (bytes(of: "SCRIPT_NAME") ?? []) + (bytes(of: "PATH_INFO") ?? [])
            let decoded = script.isEmpty ? pathOfRequestURI : script
            guard let decoded else { throw .malformedPath }
            guard
                let path = String(validating: decoded, as: UTF8.self), path.utf8.first == 0x2F,
                !path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }),
                !path.utf8.split(separator: 0x2F).contains(where: Self.isDotSegment)
            else { throw .malformedPath }
            return path
        }
    }

    /// Whether ``path`` is this one.
    package func hasPath(_ expected: String) -> Bool {
        let script = (bytes(of: "SCRIPT_NAME") ?? []) + (bytes(of: "PATH_INFO") ?? [])
        return script.isEmpty ? (try? path) == expected : script.elementsEqual(expected.utf8)
    }

    /// The address of the client.
    ///
    /// Whatever the client itself wrote into `X-Forwarded-For` stands left of what the trusted
    /// proxies added, so counting goes from the right (A18, S61).
    func clientAddress(trustedProxies: Int) throws(RequestError) -> NetworkAddress {
        guard let peer = self["REMOTE_ADDR"], !peer.isEmpty else {
            throw .missingVariable("REMOTE_ADDR")
        }
        let forwarded = (self["HTTP_X_FORWARDED_FOR"] ?? "").split(separator: ",")
        let isForwarded = trustedProxies > 0 && forwarded.count >= trustedProxies
        let text = isForwarded ? String(forwarded[forwarded.count - trustedProxies]) : peer
        guard let address = NetworkAddress(String(text.drop { $0 == " " })) else {
            throw .malformedAddress
        }
        return address
    }

    /// Whom the web server itself has authenticated; a user without a method is nobody (A67).
    var authenticatedUser: String? {
        (self["AUTH_TYPE"] ?? "").isEmpty ? nil : self["REMOTE_USER"]
    }

    /// Whether the body is a form: the media type without its parameters (RFC 9110 §8.3.1).
    var hasFormBody: Bool {
        let mediaType = (self["CONTENT_TYPE"] ?? "").prefix { $0 != ";" && $0 != " " }
        return mediaType.lowercased() == "application/x-www-form-urlencoded"
    }

    // In absolute form, as Apache hands it over if the client wrote it so, the path begins at the
    // third slash (RFC 9112 §3.2.2).
    private var pathOfRequestURI: [UInt8]? {
        PercentEncoding.decode(SitePath.path(of: bytes(of: "REQUEST_URI") ?? []))
    }

    private static func isDotSegment(_ segment: Substring.UTF8View.SubSequence) -> Bool {
        segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8)
    }
}

/// The answer to a request.
///
/// Every answer, an error as well, carries the fields that keep a browser from storing it, framing
/// it, running anything in it or telling another site of it (S53, S54, S55).
package struct Response: Sendable, Equatable {
    package let status: Status
    /// The header fields but `Content-Length`, which is written with the body.
    package private(set) var fields: [Field]
    package let body: [UInt8]
    /// What stands behind these bytes in the body.
    package let file: FilePart?

    /// Answers with a body and its media type, or with neither.
    package init(
        _ status: Status, contentType: FieldValue? = nil, body: [UInt8] = [], file: FilePart? = nil
    ) {
        self.status = status
        self.body = body
        self.file = file
        fields = []
        fields.reserveCapacity(Self.usualFieldCount)
        if let contentType {
            fields.append(Field(name: .contentType, value: contentType))
        }
        fields += Self.protection
    }

    // With the cookies that some answers have.
    private static let usualFieldCount = 10

    /// Answers with a page.
    package static func html(_ body: [UInt8], status: Status = .ok) -> Response {
        Response(status, contentType: "text/html; charset=utf-8", body: body)
    }

    /// Answers with plain text.
    package static func text(_ text: String, status: Status = .ok) -> Response {
        Response(status, contentType: "text/plain; charset=utf-8", body: [UInt8](text.utf8))
    }

    /// Sends the browser to another page, which it then gets (RFC 9110 §15.4.4).
    ///
    /// The location is a URI reference; whether it leads to this site is the caller's business.
    package static func seeOther(_ location: String) -> Response {
        Response(.seeOther)
            .setting(.location, to: FieldValue(uriReference: location))
    }

    /// Refuses the method, and says which the page has (RFC 9110 §15.5.6).
    package static func methodNotAllowed(allow methods: [Method]) -> Response {
        .text("Method Not Allowed\n", status: .methodNotAllowed)
            .setting(.allow, to: FieldValue(methods: methods))
    }

    /// The first value of a field.
    package subscript(name: FieldName) -> FieldValue? {
        fields.first { $0.name == name }?.value
    }

    /// The same answer with more fields, of names that it has not yet.
    package consuming func adding(_ more: [Field]) -> Response {
        fields += more
        return self
    }

    /// The same answer, with a field that has this value only.
    package consuming func setting(_ name: FieldName, to value: FieldValue) -> Response {
        if self[name] != nil { fields.removeAll { $0.name == name } }
        fields.append(Field(name: name, value: value))
        return self
    }

    /// The same answer, which gives the browser a cookie too.
    package consuming func setting(cookie: SetCookie) -> Response {
        fields.append(Field(name: .setCookie, value: cookie.field))
        return self
    }

    /// The same answer, which pages of this site may show in a frame, and those of other origins.
    ///
    /// - Parameter origins: In the form in which browsers write them: `https://example.org`.
    /// - Returns: The answer.
    package func framable(by origins: [String]) -> Response {
        let ancestors = (["'self'"] + origins).joined(separator: " ")
        return setting(.contentSecurityPolicy, to: Self.policy(frameAncestors: ancestors))
    }

    private static func policy(frameAncestors: String) -> FieldValue {
        FieldValue(
            unchecked: """
                default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
                frame-ancestors \(frameAncestors); base-uri 'none'
                """)
    }

    private static let protection: [Field] = [
        Field(name: "Cache-Control", value: "no-store"),
        Field(name: .contentSecurityPolicy, value: policy(frameAncestors: "'none'")),
        Field(name: "Referrer-Policy", value: "no-referrer"),
        Field(name: "X-Content-Type-Options", value: "nosniff"),
        Field(name: "Cross-Origin-Opener-Policy", value: "same-origin"),
    ]
}

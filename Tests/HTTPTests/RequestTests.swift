import HTTP
import Testing

@Suite struct RequestTests {
    @Test(arguments: try Scenario.all(in: "requests.txt"))
    func `is understood, or refused with its reason`(scenario: Scenario) throws {
        do {
            let request = try scenario.request()
            try #require(!scenario.expectations.isEmpty)
            for (property, value) in scenario.expectations {
                #expect(try Scenario.text(of: property, in: request) == value, "\(property)")
            }
        } catch let error as RequestError {
            #expect(
                scenario.expectations == ["refused": "\(error.status.rawValue) \(error)"])
        }
    }

    @Test(arguments: [
        ("0", 0), ("5", 5), ("00005", 5), ("65536", 65536),
    ])
    func `reads a body's length`(text: String, length: Int) throws {
        let metaVariables = try MetaVariables(
            entries: ["REQUEST_METHOD=POST", "CONTENT_LENGTH=\(text)"].map { Array($0.utf8) })
        #expect(try metaVariables.bodyLength(limit: 65536) == length)
    }

    @Test(
        "refuses a body without a good length (A58)",
        arguments: [
            ("", RequestError.lengthRequired), ("-1", .malformedLength), ("+5", .malformedLength),
            (" 5", .malformedLength), ("5 ", .malformedLength), ("0x5", .malformedLength),
            ("5,5", .malformedLength), ("1e3", .malformedLength), ("٥", .malformedLength),
            ("65537", .bodyTooLarge(limit: 65536)),
            ("9223372036854775807", .bodyTooLarge(limit: 65536)),
            ("9223372036854775808", .bodyTooLarge(limit: 65536)),
            ("18446744073709551616", .bodyTooLarge(limit: 65536)),
        ])
    func refusesLength(text: String, error: RequestError) throws {
        let metaVariables = try MetaVariables(
            entries: ["REQUEST_METHOD=POST", "CONTENT_LENGTH=\(text)"].map { Array($0.utf8) })
        #expect(throws: error) { try metaVariables.bodyLength(limit: 65536) }
    }

    @Test func `asks no length of a request that needs no body`() throws {
        for method in ["GET", "HEAD"] {
            let metaVariables = try MetaVariables(entries: [Array("REQUEST_METHOD=\(method)".utf8)])
            #expect(try metaVariables.bodyLength(limit: 1) == 0)
        }
        let posted = try MetaVariables(entries: [Array("REQUEST_METHOD=POST".utf8)])
        #expect(throws: RequestError.lengthRequired) { try posted.bodyLength(limit: 1) }
    }

    @Test(arguments: [
        (RequestError.lengthRequired, 411), (.bodyTooLarge(limit: 1), 413),
        (.unsupportedMediaType, 415), (.bodyTooSlow, 408), (.bodyTooShort, 400),
        (.bodyTooLong, 400), (.malformedLength, 400),
    ])
    func `answers with the status of the reason`(error: RequestError, code: Int) {
        #expect(error.status.rawValue == code)
    }
}

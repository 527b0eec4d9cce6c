import Accounts
import Foundation
import Testing

@testable import Texts

@Suite struct GatewayDescriptionTests {
    let message: TextMessage

    init() throws {
        message = TextMessage(
            to: try #require(PhoneNumber(text: "+12125550123")), words: "\"Seeds\" & co: ü\\",
            code: "123456", site: try #require(SiteURL("https://seeds.example")))
    }

    let least = "url https://api.example.com/messages\n"

    /// What is wrong with a description.
    func problem(_ text: String) -> String? {
        do {
            _ = try GatewayDescription(text: text)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func `reads every line, among comments and blanks`() throws {
        let description = try GatewayDescription(
            text: """
                # comment
                   # another
                url   https://api.example.com:8443/send?to={number}
                method PUT

                header X-API-Key: 4f1c
                header Content-Type: application/json; charset=utf-8
                user name:pass:word
                body {"to": "{number}", "text": "{text}"}
                status 202 204
                """)
        #expect(description.method == "PUT")
        #expect(
            description.headers == [
                "X-API-Key: 4f1c", "Content-Type: application/json; charset=utf-8",
            ])
        #expect(description.user == "name:pass:word")
        #expect(description.bodyEncoding == .json)
        #expect(description.statuses == [202, 204])
    }

    @Test func `asks with GET where there is no body, and takes three statuses for a success`()
        throws
    {
        let description = try GatewayDescription(text: least)
        #expect(description.method == "GET")
        #expect(description.body == nil)
        #expect(description.statuses == [200, 201, 202])
        #expect(try GatewayDescription(text: least + "body x={code}").method == "POST")
    }

    @Test(arguments: [
        (
            "url http://api.example.com/",
            "line 1: 'url' must be https://, a host and a path, without spaces"
        ),
        ("url https:///send", "line 1: 'url' must be https://, a host and a path, without spaces"),
        (
            "url https://{code}.example.com/",
            "line 1: 'url' must be https://, a host and a path, without spaces"
        ),
        (
            "url https://a:b@example.com/",
            "line 1: 'url' must be https://, a host and a path, without spaces"
        ),
        ("", "'url' is missing"),
        ("\nurl", "line 2: 'url' must have a value of printable characters"),
        (
            "url https://a.example/\nurl https://b.example/",
            "line 2: 'url' stands here a second time"
        ),
        ("method post", "line 1: 'method' must be a method in capital letters, such as POST"),
        ("header X-API-Key", "line 1: 'header' must be a name, a colon and a value"),
        ("header X API: 1", "line 1: 'header' must be a name, a colon and a value"),
        ("header @/etc/passwd: 1", "line 1: 'header' must be a name, a colon and a value"),
        ("user name", "line 1: 'user' must be a name, a colon and a password"),
        ("status 302", "line 1: 'status' must be numbers from 200 to 299 with spaces between them"),
        ("status 2xx", "line 1: 'status' must be numbers from 200 to 299 with spaces between them"),
        (
            "urll https://a.example/",
            "line 1: there is no 'urll'; there are url, method, header, user, body and status"
        ),
        (
            "header Content-Type: text/xml",
            "line 1: a body must be application/x-www-form-urlencoded or application/json"
        ),
        (
            "body to={phone}",
            "line 1: there is no place {phone}; there are {number} {national-number} {calling-code} {text} {code}"
        ),
        (
            "body to={Number}",
            "line 1: there is no place {Number}; there are {number} {national-number} {calling-code} {text} {code}"
        ),
    ])
    func `says where it is wrong, and tells no value`(text: String, problem expected: String) {
        #expect(problem(text) == expected)
    }

    // RFC 3986 §2.1, application/x-www-form-urlencoded.
    @Test func `A53 nothing in a message ends its field in a form`() throws {
        let body = try GatewayTemplate(
            "To={number}&Body={text}&x={national-number}{calling-code}{code}")
        #expect(
            body.filled(with: message, in: .percent)
                == "To=%2B12125550123&Body=%22Seeds%22%20%26%20co%3A%20%C3%BC%5C%0A"
                + "%40seeds.example%20%23123456&x=21255501231123456")
    }

    @Test func `A53 nothing in a message ends its string in JSON`() throws {
        let body = try GatewayTemplate(#"{"to": "{number}", "options": {}, "text": "{text}"}"#)
        let json =
            try JSONSerialization.jsonObject(
                with: Data(body.filled(with: message, in: .json).utf8)) as? [String: Any]
        #expect(json?["to"] as? String == "+12125550123")
        #expect(json?["text"] as? String == "\"Seeds\" & co: ü\\\n@seeds.example #123456")
    }

    @Test(arguments: ["{", "}", "{}", "{{", "{number", "number}", "{ number }", #"{"a":{"b":1}}"#])
    func `braces around anything but a name are braces`(text: String) throws {
        #expect(try GatewayTemplate(text).filled(with: message, in: .json) == text)
    }

    @Test func `an inner brace opens the place`() throws {
        #expect(try GatewayTemplate("{{code}}").filled(with: message, in: .percent) == "{123456}")
    }

    @Test(arguments: ["twilio.conf", "authy.conf"])
    func `reads the examples that are shipped`(name: String) throws {
        let path = #filePath.replacing(
            "Tests/TextsTests/GatewayDescriptionTests.swift", with: "hosting/texts/\(name)")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(try GatewayDescription(text: text).statuses == [201])
    }
}

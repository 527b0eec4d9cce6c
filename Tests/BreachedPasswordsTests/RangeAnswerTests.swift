import BreachedPasswords
import Cryptography
import Testing

@Suite struct RangeAnswerTests {
    // The SHA-1 of `password`, by sha1sum, is 5BAA6 and this.
    let suffix = "1E4C9B93F3F0682250B6CF8331B7EE68FD8"
    let other = "1E4C9B93F3F0682250B6CF8331B7EE68FD9"

    var hash: BreachHash {
        get throws { BreachHash(.sha1, of: try Password("password")) }
    }

    func exposure(in text: String) throws -> Exposure? {
        RangeAnswer(Array(text.utf8))?.exposure(of: try hash)
    }

    @Test func `finds a hash in the first line, in the middle and in the last`() throws {
        #expect(try exposure(in: "\(suffix):3912\r\n\(other):1\r\n") == .seen(atLeast: 3912))
        #expect(
            try exposure(in: "\(other):1\r\n\(suffix):1\r\n\(other):7\r\n") == .seen(atLeast: 1))
        #expect(try exposure(in: "\(other):1\n\(suffix):10") == .seen(atLeast: 10))
        #expect(try exposure(in: "\(other):12") == .unseen)
    }

    @Test func `A26 takes padding for nothing`() throws {
        #expect(try exposure(in: "\(suffix):0\r\n\(other):1") == .unseen)
        #expect(try exposure(in: "\(other):0\r\n\(other):0") == .unseen)
    }

    @Test func `tells hashes apart that differ in any one digit`() throws {
        for position in suffix.indices {
            var changed = suffix
            changed.replaceSubrange(position...position, with: suffix[position] == "0" ? "1" : "0")
            #expect(try exposure(in: "\(changed):5") == .unseen)
        }
    }

    @Test(arguments: [
        "", "\r\n", "\n", "<!doctype html>\n", ":5", "S", "S:", "S:\r\n", "S:5\r", "S:5\r\r\n",
        "S:5\r\n\r\n",
        "S:5 \r\n", " S:5", "S :5", "S:-5", "S:+5", "S:05", "S:00", "S:5x", "S:0x5",
        "S:1234567890123", "S;5", "0S:5",
        "S:5\r\nS", "S:5\r\n1E4C9B93F3", "S:5\u{0}", "s:5", "{\"S\":5}", "S:5,S:5", "\u{FEFF}S:5",
    ])
    func `A26 takes nothing else for a range`(_ text: String) throws {
        let text = text.replacing("S", with: suffix).replacing("s", with: suffix.lowercased())
        #expect(try exposure(in: text) == nil)
    }

    @Test func `A26 takes no range that is cut off within a hash`() {
        let text = Array("\(other):1\r\n\(suffix):3912".utf8)
        // Behind a line, and within the count of the last one, only the connection can tell.
        let whole = [37, 39, 76, 77, 78, 79]
        for length in 0...text.count {
            let answer = RangeAnswer(Array(text.prefix(length)))
            #expect((answer != nil) == whole.contains(length))
        }
    }

    @Test func `reads ranges of NTLM hashes`() throws {
        // By `openssl dgst -md4` of the text in UTF-16LE: 8846F and this.
        let text = Array("7EAEE8FB117AD06BDD830B7586C:4\r\n".utf8)
        let answer = try #require(RangeAnswer(text, of: .ntlm))
        #expect(
            answer.exposure(of: BreachHash(.ntlm, of: try Password("password")))
                == .seen(atLeast: 4))
        #expect(RangeAnswer(text) == nil)
        #expect(RangeAnswer(Array("\(suffix):1".utf8), of: .ntlm) == nil)
    }
}

@Suite struct RangePrefixTests {
    @Test func `is the first five digits of a hash`() throws {
        let password = try Password("password")
        #expect(RangePrefix(of: BreachHash(.sha1, of: password)).text == "5BAA6")
        #expect(RangePrefix(of: BreachHash(.ntlm, of: password)).text == "8846F")
    }

    @Test func `P24 is all that is told to whoever fetches a range`() throws {
        let hash = BreachHash(.sha1, of: try Password("password"))
        var told: [RangePrefix] = []
        let exposure = hash.exposure { prefix in
            told.append(prefix)
            return RangeAnswer(Array("1E4C9B93F3F0682250B6CF8331B7EE68FD8:3".utf8))!
        }
        #expect(exposure == .seen(atLeast: 3))
        #expect(told.map(\.text) == ["5BAA6"])
    }

    @Test func `has five digits and no more`() {
        #expect(RangePrefix("0000a")?.text == "0000A")
        #expect(RangePrefix(number: 0)?.text == "00000")
        #expect(RangePrefix(number: 0xFFFFF)?.text == "FFFFF")
        #expect(RangePrefix(number: -1) == nil)
        #expect(RangePrefix(number: 1_048_576) == nil)
        for text in ["", "0000", "000000", "0000G", "+0000", "-0001", " 0000", "\u{FF10}00"] {
            #expect(RangePrefix(text) == nil)
        }
    }
}

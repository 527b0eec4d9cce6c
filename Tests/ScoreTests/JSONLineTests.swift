import Testing

@testable import score

@Suite struct JSONLineTests {
    static let readable: [(String, String, [String])] = [
        (#"{"password":"abc"}"#, "abc", []),
        (#" { "user_inputs" : [ "x" , "" ] , "password" : "" } "#, "", ["x", ""]),
        (#"{"password":"a","user_inputs":[]}"#, "a", []),
        (#"{"password":"\"\\\/\b\f\n\r\t"}"#, "\"\\/\u{8}\u{C}\n\r\t", []),
        (#"{"password":"\u00e9\u20AC\ud83d\ude00"}"#, "é€😀", []),
        (#"{"password":"é😀\u0000"}"#, "é😀\0", []),
        ("{\"password\":\"a\u{7F}\u{2028}\"}", "a\u{7F}\u{2028}", []),
    ]

    @Test(arguments: readable)
    func `reads an object in any order and spelling`(
        line: String, password: String, userInputs: [String]
    ) throws {
        let read = try JSONLine(line)
        #expect(String(decoding: read.password, as: UTF16.self) == password)
        #expect(read.userInputs.map { String(decoding: $0, as: UTF16.self) } == userInputs)
    }

    @Test func `keeps a surrogate without its partner`() throws {
        #expect(try JSONLine(#"{"password":"\ud83dx"}"#).password == [0xD83D, 0x78])
    }

    static let malformed: [(String, column: Int)] = [
        ("", 1), ("x", 1), ("[]", 1), ("{}", 2), ("\"abc\"", 1), ("null", 1),
        (#"{"password""#, 12), (#"{"password":"#, 13), (#"{"password":1}"#, 13),
        (#"{"password":null}"#, 13), (#"{"password":"a""#, 16), (#"{"password":"a","#, 17),
        (#"{"password":"a",}"#, 17), (#"{"password":"a"} x"#, 18), (#"{"password":"a"}{"#, 17),
        (#"{"password":"a","password":"b"}"#, 27), (#"{"user_inputs":[]}"#, 19),
        (#"{"other":"a"}"#, 9), (#"{'password':'a'}"#, 2), (#"{"password":"\x"}"#, 15),
        (#"{"password":"\u12"}"#, 15), (#"{"password":"\u+123"}"#, 15),
        (#"{"password":"\u12g4"}"#, 15), (#"{"password":"\"#, 15), ("{\"password\":\"a\tb\"}", 15),
        (#"{"password":"a","user_inputs":"x"}"#, 31), (#"{"password":"a","user_inputs":["x"}"#, 35),
        (#"{"password":"a","user_inputs":["x",]}"#, 36),
        (#"{"password":"a","user_inputs":[1]}"#, 32),
        ("\u{FEFF}{\"password\":\"a\"}", 1),
    ]

    @Test(arguments: malformed)
    func `says where a line is malformed, and nothing of what stands in it`(
        line: String, column: Int
    ) {
        let error = #expect(throws: JSONLine.Malformed.self) { try JSONLine(line) }
        #expect(error?.column == column)
    }
}

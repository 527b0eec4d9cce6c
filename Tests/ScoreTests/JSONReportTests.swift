import Testing
import Zxcvbn

@testable import score

@Suite struct JSONReportTests {
    @Test func `writes the object of the contract`() {
        // The figures are those of the original for this password (`zxcvbn` in the vectors).
        let estimate = Estimator().estimate("zxcvbn", referenceYear: 2026)
        #expect(
            JSONReport(estimate, of: Array("zxcvbn".utf16)).text == """
                {"score":0,"guesses":58,"guesses_log10":1.7634279935629371,"crack_times_seconds":{\
                "online_throttling_100_per_hour":2088,"online_no_throttling_10_per_second":5.8,\
                "offline_slow_hashing_1e4_per_second":0.0058,\
                "offline_fast_hashing_1e10_per_second":5.8e-09},"crack_times_display":{\
                "online_throttling_100_per_hour":"35 minutes",\
                "online_no_throttling_10_per_second":"6 seconds",\
                "offline_slow_hashing_1e4_per_second":"less than a second",\
                "offline_fast_hashing_1e10_per_second":"less than a second"},"feedback":{\
                "warning":"This is a top-100 common password","suggestions":[\
                "Add another word or two. Uncommon words are better."]},"sequence":[{\
                "pattern":"dictionary","token":"zxcvbn","i":0,"j":5,"guesses":57}]}
                """)
    }

    static let tokens: [([UInt16], String)] = [
        (Array("\"\\\n\u{0}\u{1F}\u{7F}\u{2028}".utf16), #"\"\\\u000a\u0000\u001f\u007f\u2028"#),
        (Array("é😀".utf16), "é😀"),
        ([0xD83D], #"\ud83d"#), ([0xDE00], #"\ude00"#), ([0xD83D, 0x78], #"\ud83dx"#),
        ([0xDE00, 0xD83D], #"\ude00\ud83d"#), ([0xD83D, 0xD83D, 0xDE00], #"\ud83d😀"#),
    ]

    @Test(arguments: tokens)
    func `escapes what JSON cannot hold as it is`(units: [UInt16], text: String) {
        let estimate = Estimator().estimate(units: units, referenceYear: 2026)
        #expect(JSONReport(estimate, of: units).text.contains("\"token\":\"\(text)\""))
    }

    @Test func `writes a time beyond all numbers as the largest`() {
        // Ideographs without repeats or equal distances: brute force, ten guesses for each.
        let units = (0..<800).map { UInt16(0x4E00 + $0 * $0 % 20_011) }
        let estimate = Estimator().estimate(units: units, referenceYear: 2026)
        #expect(
            JSONReport(estimate, of: units).text.contains(
                "\"online_throttling_100_per_hour\":1.7976931348623157e+308,"))
    }
}

import Accounts
import Testing

@Suite struct TimestampTests {
    // By `date -u -d @SECONDS +%Y-%m-%dT%H:%M:%SZ` of GNU coreutils.
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"),
        (951_782_399, "2000-02-28T23:59:59Z"),
        (951_782_400, "2000-02-29T00:00:00Z"),
        (1_078_099_199, "2004-02-29T23:59:59Z"),
        (1_795_219_200, "2026-11-21T00:00:00Z"),
        (4_107_542_400, "2100-03-01T00:00:00Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z"),
    ])
    func `writes and reads the form of RFC 3339`(seconds: Int64, text: String) {
        #expect(Timestamp(seconds: seconds).text == text)
        #expect(Timestamp(text: text) == Timestamp(seconds: seconds))
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-11-21T00:00:00", "2026-11-21 00:00:00Z", "2026-11-21T00:00:00z",
        "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-31T00:00:00Z",
        "2026-11-21T24:00:00Z", "2026-11-21T00:60:00Z", "2026-11-21T00:00:60Z",
        "1969-12-31T23:59:59Z", "2026-11-21T00:00:00+00:00", "２026-11-21T00:00:00Z",
    ])
    func `refuses every other form`(text: String) {
        #expect(Timestamp(text: text) == nil)
    }
}

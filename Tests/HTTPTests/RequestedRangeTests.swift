import HTTP
import Testing

@Suite struct RequestedRangeTests {
    // The examples of RFC 9110 §14.1.2, of a representation of 10,000 bytes, and what is at its edges.
    @Test(arguments: [
        ("bytes=0-499", 0..<500), ("bytes=500-999", 500..<1000), ("bytes=-500", 9500..<10_000),
        ("bytes=9500-", 9500..<10_000), ("bytes=0-0", 0..<1), ("bytes=9999-9999", 9999..<10_000),
        ("bytes=9999-", 9999..<10_000), ("bytes=0-99999", 0..<10_000), ("bytes=-20000", 0..<10_000),
        ("BYTES=1-2", 1..<3), ("bytes=0-99999999999999999999", 0..<10_000),
        ("bytes=-99999999999999999999", 0..<10_000),
    ])
    func `is a part`(field: String, range: Range<Int>) {
        #expect(RequestedRange(field: field, length: 10_000) == .part(range))
    }

    @Test(arguments: [
        "bytes=10000-", "bytes=10000-10001", "bytes=-0", "bytes=99999999999999999999-",
    ])
    func `is unsatisfiable behind the end`(field: String) {
        #expect(RequestedRange(field: field, length: 10_000) == .unsatisfiable)
    }

    // §14.2: what is not understood is passed over; several parts need not be given.
    @Test(arguments: [
        "", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=0-0,-1", "bytes=0-4,10-14",
        "bytes=a-b",
        "bytes=+0-1", "bytes=0 - 1", "bytes= 0-1", "items=0-1", "bytes=0-1-2", "bytes=٠-١",
    ])
    func `is all where it is none`(field: String) {
        #expect(RequestedRange(field: field, length: 10_000) == .whole)
    }

    @Test func `of nothing, no part can be had`() {
        #expect(RequestedRange(field: "bytes=0-", length: 0) == .unsatisfiable)
        #expect(RequestedRange(field: "bytes=-1", length: 0) == .unsatisfiable)
        #expect(RequestedRange(field: "bytes=0-0", length: 0) == .unsatisfiable)
    }
}

@Suite struct ConditionsTests {
    private let tag = "\"6923f0a0-0-5\"", date = "Fri, 27 Nov 2026 08:00:00 GMT"

    // RFC 9110 §13.1.2, §13.1.3, §13.2.2: a tag counts before a date.
    @Test(
        arguments: [
            ("\"6923f0a0-0-5\"", nil, true), ("W/\"6923f0a0-0-5\"", nil, true), ("*", nil, true),
            ("\"x\", \"6923f0a0-0-5\"", nil, true), ("\"x\"", nil, false),
            ("6923f0a0-0-5", nil, false),
            ("\"x\"", "Fri, 27 Nov 2026 08:00:00 GMT", false),
            (nil, "Fri, 27 Nov 2026 08:00:00 GMT", true),
            (nil, "Fri, 27 Nov 2026 08:00:01 GMT", false), (nil, nil, false),
        ] as [(String?, String?, Bool)])
    func `know what the client has`(noneMatch: String?, modifiedSince: String?, isCurrent: Bool) {
        var conditions = Conditions()
        conditions.ifNoneMatch = noneMatch
        conditions.ifModifiedSince = modifiedSince
        #expect(conditions.isCurrent(tag: tag, date: date) == isCurrent)
    }

    // §13.1.5, of which a weak tag is never enough.
    @Test(
        arguments: [
            (nil, true), ("\"6923f0a0-0-5\"", true), ("Fri, 27 Nov 2026 08:00:00 GMT", true),
            ("W/\"6923f0a0-0-5\"", false), ("\"x\"", false),
            ("Fri, 27 Nov 2026 08:00:01 GMT", false),
        ] as [(String?, Bool)])
    func `give a part only of what the client has parts of`(ifRange: String?, isPart: Bool) {
        var conditions = Conditions()
        conditions.range = "bytes=1-2"
        conditions.ifRange = ifRange
        #expect(
            conditions.wantedRange(tag: tag, date: date, length: 5)
                == (isPart ? .part(1..<3) : .whole))
    }
}

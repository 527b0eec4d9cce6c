import BreachedPasswords
import Cryptography
import Glibc
import Testing

@Suite struct BreachedFilterTests {
    let place: TemporaryDirectory

    init() throws {
        place = try TemporaryDirectory()
    }

    /// Builds a filter of a list.
    private func filter(
        _ text: String, rate: FalsePositiveRate = .standard, minimumCount: Int = 1,
        keysPerShard: Int = 1 << 20
    ) throws -> BreachedFilter {
        try FilterBuild(
            list: place.put(text.utf8, at: "list"), output: "\(place.path)/filter", rate: rate,
            minimumCount: minimumCount, keysPerShard: keysPerShard
        ).run()
        return try BreachedFilter(contentsOfFile: "\(place.path)/filter")
    }

    @Test(arguments: BreachHash.Function.allCases, ["1/256", "1/8192", "1/32768", "1/16777216"])
    func `finds every hash, and how often it was seen`(
        _ function: BreachHash.Function, _ rate: String
    ) throws {
        let list = GeneratedList(3000, of: function)
        let rate = try #require(FalsePositiveRate(rate))
        let filter = try filter(list.text, rate: rate, keysPerShard: 700)
        #expect(filter.function == function)
        #expect(filter.keyCount == 3000)
        for (head, line) in zip(list.heads, list.lines) {
            let least = GeneratedList.leastCount(line.count)
            #expect(try filter.exposure(ofHashWithHead: head) == .seen(atLeast: least))
        }
    }

    @Test func `finds passwords by either function`() throws {
        let password = try Password("pässwörd €")
        for hash in [
            "58baec5f058a0ffe07b5a21d23918d828f645749", "184efd7dde8ebdbdd9869d2f4cef8ab6",
        ] {
            let filter = try filter("\(hash):1234\n")
            #expect(try filter.exposure(of: password) == .seen(atLeast: 1000))
            #expect(try filter.exposure(of: try Password("password €")) == .unseen)
        }
    }

    @Test(arguments: Array(1...12) + [99, 100, 101, 200, 201])
    func `finds few hashes, and those at the borders of shards`(_ count: Int) throws {
        let list = GeneratedList(count)
        let filter = try filter(list.text, keysPerShard: 100)
        for head in list.heads {
            #expect(try filter.exposure(ofHashWithHead: head) != .unseen)
        }
        #expect(try filter.exposure(ofHashWithHead: 0) == .unseen)
        #expect(try filter.exposure(ofHashWithHead: .max) == .unseen)
    }

    // By chance the number of false positives is binomial; six deviations are left on either side,
    // which it leaves in two of a thousand million tries.
    @Test(arguments: [("1/256", 60_000), ("1/1024", 100_000)])
    func `takes as many other passwords for breached ones as was stated`(
        _ text: String, _ probes: Int
    ) throws {
        let rate = try #require(FalsePositiveRate(text))
        let filter = try filter(GeneratedList(3000).text, rate: rate, keysPerShard: 1000)
        var dice = Dice()
        let found = try (0..<probes).count { _ in
            try filter.exposure(ofHashWithHead: dice.next()) != .unseen
        }
        let mean = Double(probes) * rate.value
        let deviation = (mean * (1 - rate.value)).squareRoot()
        #expect(
            abs(Double(found) - mean) < 6 * deviation, "\(found) where \(mean) are to be expected")
    }

    @Test func `knows only what was seen often enough, and says so`() throws {
        let list = GeneratedList(400)
        let filter = try filter(list.text, minimumCount: 50)
        #expect(filter.leastCounts == [50, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000])
        for (head, line) in zip(list.heads, list.lines) {
            let exposure: Exposure =
                line.count < 50
                ? .unseen : .seen(atLeast: max(50, GeneratedList.leastCount(line.count)))
            #expect(try filter.exposure(ofHashWithHead: head) == exposure)
        }
    }

    @Test func `keeps the largest count of a hash that comes again`() throws {
        let list = GeneratedList(64)
        let lines = list.lines.flatMap { [($0.hash, 7), ($0.hash, $0.count), ($0.hash, 1)] }
        let filter = try filter(GeneratedList.text(lines), keysPerShard: 10)
        #expect(filter.keyCount == 64)
        for (head, line) in zip(list.heads, list.lines) {
            let least = GeneratedList.leastCount(line.count)
            #expect(try filter.exposure(ofHashWithHead: head) == .seen(atLeast: least))
        }
    }

    /// Pages of a file that are in memory; those of the page cache, whoever brought them there.
    private func residentPages(of path: String) throws -> [Bool] {
        let descriptor = unsafe open(path, O_RDONLY)
        defer { close(descriptor) }
        var status = stat()
        unsafe #expect(fstat(descriptor, &status) == 0)
        let address = unsafe mmap(nil, status.st_size, PROT_READ, MAP_SHARED, descriptor, 0)
        defer { unsafe munmap(address, status.st_size) }
        var pages = [UInt8](repeating: 0, count: (status.st_size + 4095) / 4096)
        unsafe #expect(mincore(address, status.st_size, &pages) == 0)
        return pages.map { $0 & 1 == 1 }
    }

    private func dropFromMemory(_ path: String) {
        let descriptor = unsafe open(path, O_RDONLY)
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
        close(descriptor)
    }

    @Test func `reads three pages for a lookup, and three to open`() throws {
        let list = GeneratedList(60_000)
        _ = try filter(list.text)
        let path = "\(place.path)/filter"
        dropFromMemory(path)
        try #require(
            try residentPages(of: path).count { $0 } == 0, "a disk, not a file system in memory")
        let filter = try BreachedFilter(contentsOfFile: path)
        let opened = try residentPages(of: path)
        // The first page, and the table of shards, which is on one page or on two.
        #expect(opened.count { $0 } <= 3)
        _ = try filter.exposure(ofHashWithHead: list.heads[4711])
        let asked = try residentPages(of: path)
        #expect((1...3).contains(zip(asked, opened).count { $0 && !$1 }))
        #expect(asked.count > 30)
    }
}

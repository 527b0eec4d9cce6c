import BreachedPasswords
import Foundation
import Glibc
import Testing

@Suite struct FilterBuildTests {
    let place: TemporaryDirectory
    let list = GeneratedList(5000)
    let output: String

    init() throws {
        place = try TemporaryDirectory()
        output = "\(place.path)/filter"
    }

    /// Builds a filter, and removes it.
    private func built(
        _ path: String, as form: BreachListReader.Form? = nil
    ) throws -> (bytes: [UInt8], summary: FilterBuild.Summary) {
        let summary = try FilterBuild(
            list: path, as: form, output: output, keysPerShard: 2000
        ).run()
        defer { unsafe unlink(output) }
        return (try place.bytes("filter"), summary)
    }

    @Test func `gives one file for a list, in whatever form and order it comes`() throws {
        let sorted = try built(place.put(list.text.utf8, at: "list"))
        #expect(sorted.summary.keyCount == 5000)
        #expect(sorted.summary.byteCount == sorted.bytes.count)

        var dice = Dice()
        let shuffled = list.lines.shuffled(using: &dice) + list.lines.prefix(9)
        let text = GeneratedList.text(shuffled).lowercased().replacing("\n", with: "\r\n")
        #expect(try built(place.put(text.utf8, at: "list")).bytes == sorted.bytes)

        try FileManager.default.createDirectory(
            atPath: "\(place.path)/parts", withIntermediateDirectories: false)
        let parts = Dictionary(grouping: list.text.split(separator: "\n"), by: { $0.prefix(5) })
        for (prefix, lines) in parts {
            let text = lines.map { "\($0.dropFirst(5))\n" }.joined()
            place.put(text.utf8, at: "parts/\(prefix).txt")
        }
        let directory = try built("\(place.path)/parts")
        #expect(directory.bytes == sorted.bytes)
        #expect(directory.summary.missingPartCount == (1 << 20) - parts.count)
    }

    @Test func `reads a list from a pipe`() async throws {
        let sorted = try built(place.put(list.text.utf8, at: "list")).bytes
        let pipe = "\(place.path)/pipe"
        unsafe #expect(mkfifo(pipe, 0o600) == 0)
        let text = list.text
        let writer = Task.detached { try Data(text.utf8).write(to: URL(filePath: pipe)) }
        #expect(try built(pipe).bytes == sorted)
        try await writer.value
    }

    @Test func `sorts on disk what is too much for memory, and leaves nothing of it`() throws {
        // 20,000 hashes that begin alike come onto one pile, of which memory has room for 8,192.
        let hashes = (0..<20_000).reversed().map { number in
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 13 - digits.count) + digits
                + String(repeating: "0", count: 27)
        }
        let summary = try FilterBuild(
            list: place.put(hashes.joined(separator: "\n").utf8, at: "list"), output: output
        ).run { step, _ in
            let names = try place.names
            #expect(names == ["filter.new", "list"], "\(step)")
        }
        #expect(summary.keyCount == 20_000)
        let filter = try BreachedFilter(contentsOfFile: output)
        for number in stride(from: 0, to: 20_000, by: 7) {
            let head = UInt64(number) << 12
            #expect(try filter.exposure(ofHashWithHead: head) == .seen(atLeast: 1))
        }
        #expect(try place.names == ["filter", "list"])
    }

    @Test func `tells how far it is`() throws {
        var shares: [Double?] = []
        try FilterBuild(
            list: place.put(list.text.utf8, at: "list"), output: output
        ).run { step, share in
            #expect(step == .reading)
            shares.append(share)
        }
        #expect(shares.last == 1)
    }

    @Test func `has mode 0644 under any umask, and takes the old one's place`() throws {
        place.put("old".utf8, at: "filter")
        try FilterBuild(list: place.put(list.text.utf8, at: "list"), output: output).run()
        let attributes = try FileManager.default.attributesOfItem(atPath: output)
        #expect(attributes[.posixPermissions] as? Int == 0o644)
        #expect(try BreachedFilter(contentsOfFile: output).keyCount == 5000)
        #expect(try place.names == ["filter", "list"])
    }

    private struct Stop: Error {}

    @Test func `leaves all as it was if it fails`() throws {
        place.put("old".utf8, at: "filter")
        for text in ["", "\(list.text)x\n", GeneratedList.text([(list.lines[0].hash, 0)])] {
            let path = place.put(text.utf8, at: "list")
            #expect(throws: BreachListError.self) {
                try FilterBuild(list: path, output: output, keysPerShard: 100).run()
            }
        }
        let path = place.put(list.text.utf8, at: "list")
        let error = #expect(throws: BreachListError.self) {
            try FilterBuild(list: path, output: output, minimumCount: 4_000_000_001).run()
        }
        #expect(
            error?.description == "\(path): no password in it was seen 4000000001 times or more")
        #expect(throws: Stop.self) {
            try FilterBuild(list: path, output: output).run { _, _ in throw Stop() }
        }
        #expect(try place.names == ["filter", "list"])
        #expect(try place.bytes("filter") == Array("old".utf8))
    }

    @Test func `takes over what a crash has left`() throws {
        place.put([UInt8](repeating: 7, count: 1 << 20), at: "filter.new")
        place.put("pile".utf8, at: "filter.new-pile")
        var dice = Dice()
        let lines = (0..<3).flatMap { _ in list.lines }.shuffled(using: &dice)
        let path = place.put(GeneratedList.text(lines).utf8, at: "list")
        try FilterBuild(list: path, output: output).run()
        try BreachedFilter(contentsOfFile: output).verify()
    }

    @Test func `writes a filter with nobody else`() throws {
        let path = place.put(list.text.utf8, at: "list")
        let other = FilterBuild(list: path, output: output)
        try FilterBuild(list: path, output: output).run { _, _ in
            #expect(throws: FilterWriteError.busy(file: output)) { try other.run() }
        }
        try other.run()
    }

    @Test func `writes into nothing that others have put there`() throws {
        let path = place.put(list.text.utf8, at: "list")
        let build = FilterBuild(list: path, output: output)
        let draft = "\(output).new"
        let precious = place.put("precious".utf8, at: "precious")

        unsafe #expect(link(precious, draft) == 0)
        #expect(throws: FilterWriteError.occupied(file: draft)) { try build.run() }
        unsafe unlink(draft)
        unsafe #expect(symlink(precious, draft) == 0)
        #expect(throws: FilterWriteError.self) { try build.run() }
        unsafe unlink(draft)
        unsafe #expect(mkfifo(draft, 0o600) == 0)
        #expect(throws: FilterWriteError.occupied(file: draft)) { try build.run() }
        unsafe unlink(draft)
        #expect(try place.bytes("precious") == Array("precious".utf8))

        let nowhere = "\(place.path)/none/filter"
        #expect(
            throws: FilterWriteError.unwritable(
                file: "\(nowhere).new", reason: "No such file or directory")
        ) { try FilterBuild(list: path, output: nowhere).run() }
    }

    @Test(arguments: ["1/8192", "1/256", "1/16777216"])
    func `a rate has one spelling`(_ text: String) throws {
        #expect(try #require(FalsePositiveRate(text)).description == text)
    }

    @Test(arguments: ["1/128", "1/33554432", "1/1000", "8192", "1/08192", "1/8192 ", "", "2/16384"])
    func `nothing else is a rate`(_ text: String) {
        #expect(FalsePositiveRate(text) == nil)
    }
}

import BreachedPasswords
import Glibc

/// Gets ranges of a list, round by round, until all are there.
///
/// It is as polite as the service asks: on the first 429 or 503 it ends the round, waits for as long
/// as the answer says or longer, and gives up when nothing has come several times in a row.
struct RangeDownload {
    /// How many ranges a round asks for; what a crash loses at most.
    private static let roundSize = 256
    /// How many rounds in a row may bring nothing.
    private static let mostFailures = 5
    private static let longestWait = 3600

    private let curl: Curl
    private let directory: RangeDirectory
    private let isRefreshing: Bool
    private var progress = DownloadProgress()
    /// How many rounds in a row have brought nothing.
    private var failures = 0
    /// How many times in a row it has waited.
    private var waits = 0

    init(from curl: Curl, to directory: RangeDirectory, refreshing: Bool) {
        self.curl = curl
        self.directory = directory
        isRefreshing = refreshing
    }

    /// Gets those of some ranges that are not there, and with a refresh those that have changed.
    ///
    /// - Throws: `DownloadError`; what came until then is there.
    mutating func run(_ numbers: ClosedRange<Int>) throws {
        let prefixes = numbers.compactMap { RangePrefix(number: $0) }
        if let present = prefixes.first(where: directory.contains) { try directory.check(present) }
        let tags = isRefreshing ? directory.tags() : [:]
        // The next ones stand at the end.
        var pending = Array(
            prefixes.filter { isRefreshing || !directory.contains($0) }.reversed())
        progress.begin(total: prefixes.count, done: prefixes.count - pending.count)
        defer { progress.end() }

        while !pending.isEmpty {
            let prefixes = Array(pending.suffix(Self.roundSize).reversed())
            pending.removeLast(prefixes.count)
            let round = try perform(
                prefixes.map {
                    Curl.Request(
                        prefix: $0, tag: tags[$0], path: directory.newFile(of: $0))
                })
            pending += prefixes.filter { !round.done.contains($0) }.reversed()
            try wait(after: round)
        }
    }

    /// What a round has brought.
    private struct Round {
        var done: Set<RangePrefix> = []
        /// Why something did not come.
        var trouble: String?
        /// For how many seconds the service wants to be left alone, if it does.
        var wait: Int?
    }

    private mutating func perform(_ requests: [Curl.Request]) throws -> Round {
        var round = Round()
        var came: [(prefix: RangePrefix, tag: String)] = []
        try curl.run(requests, configurationPath: directory.configurationPath) { result in
            if let trouble = trouble(with: result) {
                round.trouble = "\(curl.service)\(result.prefix.text): \(trouble)"
            } else {
                if result.status == 200 { came.append((result.prefix, result.tag)) }
                round.done.insert(result.prefix)
                progress.advance()
            }
            if [429, 503].contains(result.status) { round.wait = result.retryAfter ?? 0 }
            return round.wait == nil
        }
        try directory.take(came)
        return round
    }

    /// Why a result is not a range; nil if it is one, or says that the one which is there is right.
    private func trouble(with result: Curl.Result) -> String? {
        guard result.complaint.isEmpty else { return result.complaint }
        switch result.status {
        case 200: return directory.isWhole(result.prefix) ? nil : "the answer is no range of hashes"
        case 304 where directory.contains(result.prefix): return nil
        default: return "the answer has status \(result.status)"
        }
    }

    /// Waits if the service asks for it or nothing has come, longer each time, or gives up.
    private mutating func wait(after round: Round) throws {
        guard round.done.isEmpty || round.wait != nil else {
            (failures, waits) = (0, 0)
            return
        }
        failures = round.done.isEmpty ? failures + 1 : 0
        let seconds = max(round.wait ?? 0, 1 << min(waits, 6))
        waits += 1
        // Where nothing has come yet and nobody asks for patience, the address may be wrong.
        let isHopeless = progress.isAtBeginning && round.wait == nil
        let trouble = round.trouble ?? "\(curl.service): nothing came"
        guard failures < Self.mostFailures, seconds <= Self.longestWait, !isHopeless else {
            throw DownloadError(
                message: trouble, hint: "run it again later; what has come is kept",
                code: EX_TEMPFAIL)
        }
        progress.pause(seconds: seconds, reason: trouble)
        sleep(UInt32(seconds))
    }
}

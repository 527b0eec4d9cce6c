import BreachedPasswords
import Glibc

// Asks a filter, and prints a line `what value` for each figure:
//
//     bench-breached FILTER LIST PROBES
//
// LIST is the one of which the filter was made, and PROBES is how many other hashes are asked.

guard CommandLine.arguments.count == 4, let probes = Int(CommandLine.arguments[3]) else {
    print("usage: bench-breached FILTER LIST PROBES")
    exit(2)
}
try Bench.run(filter: CommandLine.arguments[1], list: CommandLine.arguments[2], probes: probes)

enum Bench {
    static func run(filter path: String, list: String, probes: Int) throws {
        let filter = try BreachedFilter(contentsOfFile: path)
        report("open-ns", try median { _ = try BreachedFilter(contentsOfFile: path) })
        report("cold-faults", try coldFaults(path))
        let sample = try findAll(of: list, in: filter)
        report("present-ns", try time(filter, sample).nanoseconds)
        var random = SystemRandomNumberGenerator()
        let others = (0..<probes).map { _ in random.next() as UInt64 }
        let (nanoseconds, found) = try time(filter, others)
        report("absent-ns", nanoseconds)
        report("false-positives", Double(found))
    }

    /// Asks for each hash of the list.
    ///
    /// - Returns: About a million of them, in no order.
    private static func findAll(of list: String, in filter: BreachedFilter) throws -> [UInt64] {
        let leastCounts = filter.leastCounts
        let stride = max(1, filter.keyCount >> 20)
        var sample: [UInt64] = []
        var asked = 0
        var missed = 0
        var reader = try BreachListReader(path: list)
        while let sightings = try reader.next() {
            for sighting in sightings {
                let least = leastCounts.last { $0 <= sighting.count } ?? 0
                if try filter.exposure(ofHashWithHead: sighting.head) != .seen(atLeast: least) {
                    missed += 1
                }
                if asked.isMultiple(of: stride) { sample.append(sighting.head) }
                asked += 1
            }
        }
        report("asked", Double(asked))
        report("missed", Double(missed))
        return sample.shuffled()
    }

    /// Looks hashes up, one after the other.
    ///
    /// - Returns: The processor's time for one, the median of some batches; and how many are found.
    private static func time(
        _ filter: BreachedFilter, _ heads: [UInt64]
    ) throws -> (nanoseconds: Double, found: Int) {
        let batch = heads.count / 64
        var found = 0
        let times = try (0..<64).map { number in
            let began = processorTime()
            for head in heads[(number * batch)..<((number + 1) * batch)]
            where try filter.exposure(ofHashWithHead: head) != .unseen {
                found += 1
            }
            return (processorTime() - began) / Double(batch)
        }
        return (times.sorted()[32], found)
    }

    /// How many pages the most hungry of some lookups has read that were not in memory.
    ///
    /// The first lookup after opening reads no more than its own pages.
    private static func coldFaults(_ path: String) throws -> Double {
        var most = 0
        for _ in 0..<200 {
            let descriptor = unsafe open(path, O_RDONLY)
            posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
            close(descriptor)
            let filter = try BreachedFilter(contentsOfFile: path)
            let before = pagesRead()
            _ = try filter.exposure(ofHashWithHead: .random(in: 0 ... .max))
            most = max(most, pagesRead() - before)
        }
        return Double(most)
    }

    private static func pagesRead() -> Int {
        var usage = rusage()
        unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_majflt
    }

    private static func median(_ work: () throws -> Void) rethrows -> Double {
        let times = try (0..<101).map { _ in
            let began = processorTime()
            try work()
            return processorTime() - began
        }
        return times.sorted()[50]
    }

    /// The time that the processor has worked for this program, in nanoseconds.
    private static func processorTime() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }

    private static func report(_ what: String, _ value: Double) {
        print(what, value, separator: "\t")
    }
}

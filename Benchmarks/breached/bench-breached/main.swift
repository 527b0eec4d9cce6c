import BreachedPasswords
import Glibc

// Asks a filter and prints a line `what value` for each figure:
//
//     bench-breached FILTER LIST PROBES
//
// LIST is the one that the filter was made of. PROBES is how many hashes are asked that are in no
// list, which lists.c never writes: their first eight bytes are drawn anew.

guard CommandLine.arguments.count == 4, let probes = Int(CommandLine.arguments[3]) else {
    print("usage: bench-breached FILTER LIST PROBES")
    exit(2)
}

/// The time of the machine in nanoseconds.
func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

let began = now()
let filter = try BreachedFilter(contentsOfFile: CommandLine.arguments[1])
print("open-ns", now() - began)

// Every hash of the list is found, with its count; some stay for the clock.
var sample: [UInt64] = []
var asked = 0
var missed = 0
var reader = try BreachListReader(path: CommandLine.arguments[2])
while let sightings = try reader.next() {
    for sighting in sightings where sighting.count >= filter.minimumCount {
        let exposure = try filter.exposure(ofHashWithHead: sighting.head)
        let least = filter.leastCounts.last { $0 <= sighting.count } ?? 0
        if exposure != .seen(atLeast: least) { missed += 1 }
        if asked.isMultiple(of: max(1, filter.keyCount >> 20)) { sample.append(sighting.head) }
        asked += 1
    }
}
print("hashes", asked)
print("missed", missed)

/// Times the lookup of hashes, one after the other; how many are found.
func time(_ what: String, _ heads: [UInt64]) throws -> Int {
    var found = 0
    let began = now()
    for head in heads where try filter.exposure(ofHashWithHead: head) != .unseen { found += 1 }
    print(what, (now() - began) / Double(heads.count))
    return found
}

sample.shuffle()
_ = try time("present-ns", sample)
var random = SystemRandomNumberGenerator()
print("probes", probes)
print("false-positives", try time("absent-ns", (0..<probes).map { _ in random.next() }))

internal import Accounts

/// One of the files over which all throttles are spread.
///
///     throttles 1
///     throttle 0a91…f3 4 2026-11-21T09:12:00Z
///
/// with the keyed hash of what is counted, how often it failed, and when it did last; in the order
/// of the hashes.
struct ThrottleFile: Record {
    /// How many throttles a file has room for.
    static let most = 64

    private var throttles: [ThrottleName: Throttle] = [:]

    init() {}

    /// The throttle of a name; an open one takes no room.
    subscript(name: ThrottleName) -> Throttle {
        get { throttles[name] ?? .open }
        set { throttles[name] = newValue == .open ? nil : newValue }
    }

    func forEach(_ visit: (ThrottleName, Throttle) -> Void) {
        for (name, throttle) in throttles { visit(name, throttle) }
    }

    /// The file without the throttles for which there is no room.
    ///
    /// Those go first that a day has passed over, then those with the fewest failures, the older
    /// before the newer: somebody who fails with a thousand addresses does not wipe out what was
    /// counted for the one that is under attack.
    func bounded() -> Self {
        guard throttles.count > Self.most else { return self }
        let latest = throttles.values.map(\.lastFailure).max() ?? Throttle.open.lastFailure
        func weight(_ throttle: Throttle) -> (Int, Int, Timestamp) {
            // The failure that is being counted always has room.
            let isLatest = throttle.lastFailure == latest
            let isRecent = latest - throttle.lastFailure < Duration.day
            return (isLatest ? 2 : isRecent ? 1 : 0, throttle.failures, throttle.lastFailure)
        }
        let kept = throttles.sorted { weight($0.value) > weight($1.value) }.prefix(Self.most)
        var file = self
        file.throttles = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
        return file
    }
}

extension ThrottleFile {
    static var heading: String { "throttles 1" }

    var lines: [String] {
        throttles.sorted { $0.key.text < $1.key.text }.map { name, throttle in
            "throttle \(name.text) \(throttle.failures) \(throttle.lastFailure.text)"
        }
    }

    init(from reader: inout RecordReader) throws(RecordError) {
        let entries = try reader.list("throttle") { text -> (ThrottleName, Throttle)? in
            guard
                let fields = text.fields(3), let name = ThrottleName(String(fields[0])),
                let failures = Int(fields[1]), failures >= 0,
                let lastFailure = Timestamp(text: fields[2])
            else { return nil }
            return (name, Throttle(failures: failures, lastFailure: lastFailure))
        }
        // A name that stands twice is not the one spelling, which the record's reader refuses.
        throttles = Dictionary(entries) { _, last in last }
    }
}

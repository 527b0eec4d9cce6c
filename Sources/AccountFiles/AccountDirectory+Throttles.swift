package import Accounts
internal import Cryptography
internal import FlatFiles

// Whatever is counted, there are never more than 4,096 files of 64 lines (P22, A65), and nobody who
// reads them learns an address or a network.

extension AccountDirectory {
    package func updateThrottles<Result>(
        _ keys: [ThrottleKey], _ change: (inout [Throttle]) -> Result
    ) throws -> Result {
        try updateThrottles(tagged: keys.map { tag(of: $0.text) }, change)
    }

    private func updateThrottles<Result>(
        tagged tags: [[UInt8]], _ change: (inout [Throttle]) -> Result
    ) throws -> Result {
        let places = tags.map(Place.throttles)
        return try locked(Set(places.map(\.lock))) {
            var files: [Place: ThrottleFile] = [:]
            for place in places where files[place] == nil {
                files[place] = try throttleFile(place.path)
            }
            let before = zip(tags, places).map { tag, place in
                files[place]?[ThrottleName(tag: tag)] ?? .open
            }
            var throttles = before
            let result = change(&throttles)
            precondition(throttles.count == tags.count, "each throttle stays where it was")

            let unchanged = files
            for (index, place) in places.enumerated() where throttles[index] != before[index] {
                files[place]?[ThrottleName(tag: tags[index])] = throttles[index]
            }
            for (place, file) in files where file != unchanged[place] {
                try write(file.bounded(), at: place)
            }
            return result
        }
    }

    private func throttleFile(_ path: String) throws(StoreError) -> ThrottleFile {
        let isEmpty = try storing { () throws(FileError) in
            try root.read(path, atMost: Self.mostRecordBytes)?.isEmpty ?? true
        }
        // A loss of power makes an empty file of one which was not synced; counts may be lost then.
        guard !isEmpty else { return ThrottleFile() }
        return try root.record(ThrottleFile.self, path, atMost: Self.mostRecordBytes)
            ?? ThrottleFile()
    }

    private func write(_ file: ThrottleFile, at place: Place) throws(StoreError) {
        let bytes = try file.bytes(
            for: root.path(of: place.path), atMost: Self.mostRecordBytes)
        try storing { () throws(FileError) in
            try directory(place.directory).replace(place.name, with: bytes, surviving: .kill)
        }
    }
}

// MARK: - For the operator

extension AccountDirectory {
    /// Visits everything that is counted, in no order.
    package func forEachThrottle(_ visit: (ThrottleName, Throttle) -> Void) throws {
        for shard in Tree.shards {
            let path = "\(Tree.throttles.rawValue)/\(shard)"
            let names = try storing { () throws(FileError) in try directory(path).names() }
            for name in names where !Directory.isUnfinished(name) {
                try throttleFile("\(path)/\(name)").forEach(visit)
            }
        }
    }

    /// The name under which something is counted.
    package func throttleName(of key: ThrottleKey) -> ThrottleName {
        ThrottleName(tag: tag(of: key.text))
    }

    /// Forgets what was counted under a name.
    ///
    /// - Returns: Whether anything was.
    package func liftThrottle(_ name: ThrottleName) throws -> Bool {
        try updateThrottles(tagged: [name.bytes]) { throttles in
            let wasCounted = throttles != [.open]
            throttles = [.open]
            return wasCounted
        }
    }
}

extension ThrottleKey {
    /// The key in words, of which the first says what is counted; no two keys have the same.
    package var text: String {
        switch self {
        case .network(let network): "network \(network)"
        case .address(let address): "address \(address)"
        // An address has no space in it.
        case .pair(let address, let network): "pair \(address) \(network)"
        case .device(let nonce): "device \(Hex.encode(nonce))"
        case .mail(let address): "mail \(address)"
        case .mailNetwork(let network): "mail-network \(network)"
        case .lookUps(let network): "look-ups \(network)"
        case .textAccount(let id): "text-account \(id.text)"
        case .textNumber(let number): "text-number \(number.text)"
        case .textNetwork(let network): "text-network \(network)"
        case .textDay(let day, _): "text-day \(day)"
        case .phoneProof(let id): "phone-proof \(id.text)"
        case .session(let id): "session \(id.text)"
        }
    }
}

package import Accounts
internal import Cryptography
internal import FlatFiles

// Whatever is counted, there are never more than 4,096 files of 64 lines (P22, A65), and nobody who
// reads them learns an address or a network.

extension AccountDirectory {
    package func updateThrottles<Result>(
        _ keys: [ThrottleKey], _ change: (inout [Throttle]) -> Result
    ) throws -> Result {
        let tags = keys.map { tag(of: $0.text) }
        let places = tags.map(Place.throttles)
        return try locked(Set(places.map(\.lock))) {
            var files: [Place: ThrottleFile] = [:]
            for place in places where files[place] == nil {
                files[place] = try throttleFile(place.path)
            }
            let before = zip(tags, places).map { tag, place in
                files[place]?[ThrottleFile.name(tag)] ?? .open
            }
            var throttles = before
            let result = change(&throttles)
            precondition(throttles.count == keys.count, "each throttle stays where it was")

            let unchanged = files
            for (index, place) in places.enumerated() where throttles[index] != before[index] {
                files[place]?[ThrottleFile.name(tags[index])] = throttles[index]
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

extension ThrottleKey {
    /// The key in words; no two keys have the same.
    fileprivate var text: String {
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

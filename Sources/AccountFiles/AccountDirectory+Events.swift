package import Accounts
internal import FlatFiles

// One event is one line; the latest are last. Once the file has grown to `mostEventBytes`, it is
// written anew with the latest `keptEvents`.

extension AccountDirectory {
    private static let fileName = "events"
    private static let mostEventBytes = 32 << 10
    private static let keptEvents = 100

    package func events(of id: AccountID, atMost count: Int) throws -> [Event] {
        let path = "\(Place.account(id).path)/\(Self.fileName)"
        return try events(path).suffix(count).reversed()
    }

    package func note(_ event: Event, of id: AccountID) throws {
        let place = Place.account(id)
        let path = "\(place.path)/\(Self.fileName)"
        let line = Array(event.text.utf8)
        guard Event(text: event.text) == event, !line.contains(UInt8(ascii: "\n")),
            line.count < 1024
        else {
            throw StoreError.unavailable(
                "cannot write \(root.path(of: path)): the event could not be read again")
        }
        try locked([place.lock]) {
            // Of an account that is gone, nothing is kept.
            guard try exists(id) else { return }
            let home = try storing { () throws(FileError) in try directory(place.path) }
            let length = try storing { () throws(FileError) in
                try home.append(
                    line, to: Self.fileName, atMost: 2 * Self.mostEventBytes, surviving: .kill)
            }
            guard length > Self.mostEventBytes else { return }
            let kept = try events(path).suffix(Self.keptEvents).map { $0.text + "\n" }.joined()
            try storing { () throws(FileError) in
                try home.replace(Self.fileName, with: Array(kept.utf8), surviving: .kill)
            }
        }
    }

    private func events(_ path: String) throws(StoreError) -> [Event] {
        guard
            let bytes = try storing({ () throws(FileError) in
                try root.read(path, atMost: 2 * Self.mostEventBytes)
            })
        else { return [] }
        // Behind the last line break is what a crash cut off.
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .dropLast()
        var events: [Event] = []
        for (number, line) in zip(1..., lines) {
            guard let text = String(validating: line, as: UTF8.self), let event = Event(text: text)
            else {
                throw .damaged("\(root.path(of: path)): line \(number): expected an event")
            }
            events.append(event)
        }
        return events
    }
}

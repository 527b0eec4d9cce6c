package import Accounts
internal import FlatFiles

// The answer to a form is kept in the directory of the hour in which it was given, and is found in
// that hour and the next. Whoever is first in an hour removes what is older, so the forms need no
// sweeper; and beyond `mostForms` in an hour and a directory, no answer is kept.

extension AccountDirectory {
    private static let mostForms = 128
    private static let heading = Array("form 1\n".utf8)

    package func once(
        _ form: FormID, at now: Timestamp, _ work: () throws -> [UInt8]?
    ) throws -> (bytes: [UInt8], isRepetition: Bool)? {
        let place = Place.form(form)
        let hours = [now, now - Duration.hour].map { String($0.text.prefix(13)) }
        return try locked([place.lock]) {
            for hour in hours {
                if let bytes = try answer("\(place.directory)/\(hour)/\(place.name)") {
                    return (bytes, true)
                }
            }
            guard let bytes = try work() else { return nil }
            // The work is done, and its answer is to be given even if it cannot be kept.
            try? keep(bytes, at: place, in: hours)
            return (bytes, false)
        }
    }

    private func answer(_ path: String) throws(StoreError) -> [UInt8]? {
        let bytes = try storing { () throws(FileError) in
            try root.read(path, atMost: Self.mostRecordBytes)
        }
        // Without the heading it is what a loss of power left of a file that was not synced.
        guard let bytes, bytes.starts(with: Self.heading) else { return nil }
        return Array(bytes.dropFirst(Self.heading.count))
    }

    private func keep(_ bytes: [UInt8], at place: Place, in hours: [String]) throws(FileError) {
        guard bytes.count + Self.heading.count <= Self.mostRecordBytes else { return }
        let shard = try directory(place.directory)
        if try shard.makeDirectory(hours[0], surviving: .kill) {
            for old in try shard.names() where !hours.contains(old) {
                try shard.removeDirectory(old)
            }
        }
        guard let hour = try shard.directory(hours[0]) else { return }
        guard try hour.names().count < Self.mostForms else { return }
        try hour.replace(place.name, with: Self.heading + bytes, surviving: .kill)
    }
}

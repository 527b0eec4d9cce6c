package import Accounts
internal import FlatFiles

// The directory `due` has an empty file for each time at which an account is to be looked after:
//
//     due/001795000300-q6urq6urq6urq6urq6urqw

extension AccountDirectory {
    private static let dueName = "due"

    package func lookAfter(_ id: AccountID, at moment: Timestamp) throws {
        try storing { () throws(FileError) in
            try root.makeDirectory(Self.dueName)
            try directory(Self.dueName).replace(
                Self.name(of: id, at: moment), with: [], surviving: .kill)
        }
    }

    /// Takes the accounts that are to be looked after by now.
    ///
    /// - Parameter now: The time.
    /// - Returns: Their names and when each was due; each is given once, also if several processes
    ///   ask.
    /// - Throws: `StoreError`.
    package func takeDue(
        at now: Timestamp
    ) throws(StoreError) -> [(account: AccountID, due: Timestamp)] {
        try storing { () throws(FileError) in
            guard let due = try root.directory(Self.dueName) else { return [] }
            var accounts: [(AccountID, Timestamp)] = []
            for name in try due.names().sorted() {
                guard let (moment, id) = Self.due(name), moment <= now else { continue }
                // Whoever removes the file has taken it.
                if try due.remove(name, surviving: .kill) { accounts.append((id, moment)) }
            }
            return accounts
        }
    }

    private static func name(of id: AccountID, at moment: Timestamp) -> String {
        let seconds = String(moment.seconds)
        return String(repeating: "0", count: max(0, 12 - seconds.utf8.count)) + seconds
            + "-\(id.text)"
    }

    private static func due(_ name: String) -> (Timestamp, AccountID)? {
        guard let seconds = Int64(name.prefix(12)), name.dropFirst(12).first == "-",
            let id = AccountID(text: name.dropFirst(13))
        else { return nil }
        return (Timestamp(seconds: seconds), id)
    }
}

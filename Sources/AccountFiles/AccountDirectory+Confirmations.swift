package import Accounts
internal import FlatFiles

extension AccountDirectory {
    package func key(
        _ purpose: Confirmation.Purpose, of address: EmailAddress
    ) -> ConfirmationKey {
        ConfirmationKey(
            purpose: purpose, addressTag: Array(tag(of: address.canonical).prefix(16)))
    }

    package func confirmation(_ key: ConfirmationKey) throws -> Confirmation? {
        let path = Place.confirmation(key).path
        guard
            let confirmation = try root.record(
                Confirmation.self, path, atMost: Self.mostRecordBytes)
        else { return nil }
        guard key.isName(of: confirmation, in: self) else {
            throw StoreError.damaged("\(root.path(of: path)): it is the file of another address")
        }
        return confirmation
    }

    package func updateConfirmation<Result>(
        _ key: ConfirmationKey, _ change: (inout Confirmation?) throws -> Result
    ) throws -> Result {
        let place = Place.confirmation(key)
        return try locked([place.lock]) {
            let before = try confirmation(key)
            var confirmation = before
            let result = try change(&confirmation)
            guard confirmation?.record != before?.record else { return result }

            let bytes = try confirmation?.bytes(
                for: root.path(of: place.path), atMost: Self.mostRecordBytes)
            try storing { () throws(FileError) in
                let shard = try directory(place.directory)
                if let bytes {
                    try shard.replace(place.name, with: bytes)
                } else {
                    try shard.remove(place.name)
                }
            }
            return result
        }
    }
}

extension ConfirmationKey {
    fileprivate func isName(of confirmation: Confirmation, in store: AccountDirectory) -> Bool {
        switch purpose {
        case .notMe: confirmation.purpose == .notMe
        default: self == store.key(confirmation.purpose, of: confirmation.address)
        }
    }
}

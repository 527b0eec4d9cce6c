internal import Accounts
internal import FlatFiles

extension Directory {
    /// Reads a record.
    ///
    /// - Parameters:
    ///   - type: What it is a record of.
    ///   - name: The file's name, or a path below the directory.
    ///   - limit: How many bytes the file can have.
    /// - Returns: The record, or nil if there is no such file.
    /// - Throws: `StoreError` if it cannot be read, or is not in its one spelling. A record is never
    ///   taken for absent because it cannot be read (P19).
    func record<Kept: Record>(
        _ type: Kept.Type, _ name: String, atMost limit: Int
    ) throws(StoreError) -> Kept? {
        guard let bytes = try storing({ () throws(FileError) in try read(name, atMost: limit) })
        else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .damaged("\(path(of: name)): expected text in UTF-8")
        }
        do {
            return try Kept(record: text)
        } catch {
            throw .damaged("\(path(of: name)): \(error)")
        }
    }
}

extension Record {
    /// The bytes of the record's file.
    ///
    /// - Parameters:
    ///   - path: Where the file is, for a sentence about it.
    ///   - limit: How many bytes the file can have.
    /// - Returns: The bytes.
    /// - Throws: `StoreError` if they could not be read again; what is in place then stays.
    func bytes(for path: String, atMost limit: Int) throws(StoreError) -> [UInt8] {
        let text = record
        guard text.utf8.count <= limit, let again = try? Self(record: text), again == self else {
            throw .unavailable("cannot write \(path): it could not be read again")
        }
        return Array(text.utf8)
    }
}

/// Does something to files, and gives its failure in the store's terms.
func storing<Value: ~Copyable>(
    _ work: () throws(FileError) -> Value
) throws(StoreError) -> Value {
    do {
        return try work()
    } catch {
        throw .unavailable(error.description)
    }
}

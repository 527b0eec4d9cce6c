internal import Cryptography

/// What the last file of an archive says of all bytes before it, so that damage is noticed.
///
/// Its two lines are enough for whoever has no program of ours: `head -c 73728 FILE | sha256sum`.
///
///     bytes 73728
///     sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
struct ArchiveChecksum {
    /// What that file is called.
    static let path = "checksum"

    private var byteCount = 0
    private var hash = SHA256()

    mutating func update(_ bytes: [UInt8]) {
        byteCount += bytes.count
        hash.update(bytes)
    }

    /// What the file holds.
    var text: [UInt8] {
        Array("bytes \(byteCount)\nsha256 \(Hex.encode(hash.digest()))\n".utf8)
    }
}

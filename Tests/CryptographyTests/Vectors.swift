import Cryptography
import Foundation

/// Returns the text of a file of vectors.
func vectorText(_ name: String) throws -> String {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Vectors/\(name)")
    return try String(contentsOf: url, encoding: .utf8)
}

/// Returns the columns of each line of a file of vectors, without comments.
func vectors(_ name: String) throws -> [[String]] {
    try vectorText(name).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
        $0.split(separator: "; ", omittingEmptySubsequences: false).map(String.init)
    }
}

/// Returns the bytes of a column in hexadecimal.
func bytes(_ column: String) throws -> [UInt8] {
    struct NotHexadecimal: Error {}
    guard let bytes = Hex.decode(column) else { throw NotHexadecimal() }
    return bytes
}

/// The ring that the vectors were made with: an old key and a new one.
func vectorRing() throws -> KeyRing {
    try KeyRing(text: vectorText("keys.txt"))
}

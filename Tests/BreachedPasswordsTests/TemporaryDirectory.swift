import Foundation

/// A directory of mode 0700 which is gone with the value.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "postern-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file.
    ///
    /// - Returns: Its path.
    @discardableResult
    func put(_ bytes: some Sequence<UInt8>, at name: String, mode: Int = 0o600) -> String {
        _ = FileManager.default.createFile(
            atPath: "\(path)/\(name)", contents: Data(bytes),
            attributes: [.posixPermissions: mode])
        return "\(path)/\(name)"
    }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
    }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
}

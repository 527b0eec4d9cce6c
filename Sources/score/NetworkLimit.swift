import CLinux
import Glibc
import HTTP

/// Counts how many passwords each network has had scored in this minute.
///
/// The counters are a file of 32 KiB that all processes share, so that it never grows whoever asks
/// (P22). Two networks may share a counter, and two processes may lose a count to each other; for a
/// program that keeps no secret either does no harm.
final class NetworkLimit {
    private static let slots: UInt64 = 4096
    private static let slotSize = 8

    private let descriptor: CInt
    /// What places networks into slots; nobody outside knows it.
    private let seed: UInt64
    private let limit: Int

    /// Begins to count.
    ///
    /// - Parameters:
    ///   - limit: The most in a minute.
    ///   - path: The file; made if there is none. Without a path each process counts by itself.
    /// - Throws: A `Complaint` if the file cannot be used.
    init(_ limit: Int, file path: String?) throws(Complaint) {
        self.limit = limit
        descriptor =
            if let path {
                unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            } else {
                unsafe memfd_create("score", postern_mfd_cloexec)
            }
        var status = stat()
        guard descriptor >= 0, unsafe fstat(descriptor, &status) == 0 else {
            throw Complaint(
                "SCORE_STATE: cannot open \(path ?? "memory"): \(unsafe String(cString: strerror(errno)))",
                hint: "name a file in a directory that this program may write to",
                exitCode: EX_CONFIG)
        }
        seed = UInt64(status.st_ino) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(status.st_dev)
    }

    deinit {
        close(descriptor)
    }

    /// Counts one more, if there may be one.
    ///
    /// - Parameters:
    ///   - network: As `NetworkAddress` names it.
    ///   - now: Seconds since 1970.
    /// - Returns: The seconds to wait, or nil if it was counted.
    func wait(of network: String, at now: Int) -> Int? {
        let minute = UInt32(truncatingIfNeeded: now / 60)
        let offset = off_t(slot(of: network)) * off_t(Self.slotSize)
        // The minute, and the count in it; what was never written is none.
        var counter: (minute: UInt32, count: UInt32) = (0, 0)
        _ = unsafe withUnsafeMutableBytes(of: &counter) { bytes in
            unsafe pread(descriptor, bytes.baseAddress, bytes.count, offset)
        }
        if counter.minute != minute {
            counter = (minute, 0)
        }
        guard counter.count < limit else { return 60 - now % 60 }
        counter.count += 1
        _ = unsafe withUnsafeBytes(of: &counter) { bytes in
            unsafe pwrite(descriptor, bytes.baseAddress, bytes.count, offset)
        }
        return nil
    }

    /// The FNV-1a hash, begun with the seed.
    private func slot(of network: String) -> UInt64 {
        let hash = network.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        return (hash >> 32) % Self.slots
    }
}

private import Glibc

/// The places for hashes that may be under way at once, in all processes of an installation (P23).
///
/// A place is a lock on one of the files `0`, `1`, … of a directory. The kernel gives it back when
/// the process ends, however it ends.
package struct HashingSlots: Sendable {
    private let directory: String
    private let count: Int
    private let patienceInMilliseconds: Int

    /// Names the places.
    ///
    /// - Parameters:
    ///   - directory: A directory that is there and belongs to this program.
    ///   - count: How many hashes may be under way, at least 1.
    ///   - patienceInMilliseconds: How long to wait for a place.
    package init(directory: String, count: Int, patienceInMilliseconds: Int = 2000) {
        precondition(count > 0, "with no place nothing is ever hashed")
        self.directory = directory
        self.count = count
        self.patienceInMilliseconds = patienceInMilliseconds
    }

    /// Does something in a place, which is free again afterwards.
    ///
    /// - Throws: ``HashingSlotsError`` if there is no place, or what `work` throws.
    package func withSlot<Value>(_ work: () throws -> Value) throws -> Value {
        let slot = try take()
        let value = Result(catching: work)
        _ = consume slot
        return try value.get()
    }

    /// Waits for a place.
    ///
    /// - Returns: The place, which is free again as soon as the value is gone.
    /// - Throws: ``HashingSlotsError``.
    package func take() throws(HashingSlotsError) -> HashingSlot {
        let stepInMilliseconds = 10
        var waited = 0
        while true {
            for number in 0..<count {
                if let slot = try HashingSlot(path: "\(directory)/\(number)") { return slot }
            }
            guard waited < patienceInMilliseconds else { throw .busy }
            _ = usleep(UInt32(stepInMilliseconds * 1000))
            waited += stepInMilliseconds
        }
    }
}

/// A place for one hash, held until the value is gone.
package struct HashingSlot: ~Copyable {
    private let descriptor: Int32

    /// Takes a place, if it is free.
    fileprivate init?(path: String) throws(HashingSlotsError) {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .unusable(path: path, errno: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            guard reason == EWOULDBLOCK else { throw .unusable(path: path, errno: reason) }
            return nil
        }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}

/// Why there is no place for a hash.
package enum HashingSlotsError: Error, Equatable {
    /// All places stayed taken for the whole wait; the answer is 503 with `Retry-After`.
    case busy
    /// A file of the places cannot be opened or locked.
    case unusable(path: String, errno: Int32)
}

private import Glibc

/// Takes bytes that nobody can predict from the kernel.
///
/// - Parameter count: How many bytes.
/// - Returns: The bytes.
package func randomBytes(count: Int) -> [UInt8] {
    // The most that one call gives (getentropy(3)).
    let mostAtOnce = 256

    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        while filled < count {
            let piece = min(count - filled, mostAtOnce)
            // A program without randomness has nothing left that it could do safely.
            guard unsafe getentropy(buffer.baseAddress! + filled, piece) == 0 else {
                fatalError("the kernel gives no random bytes")
            }
            filled += piece
        }
    }
}

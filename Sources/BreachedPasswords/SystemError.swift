internal import Glibc

/// The system's reason for a refusal, an `errno`.
struct SystemError: Error, Equatable, CustomStringConvertible {
    let code: Int32

    /// The reason which the last system call left in `errno`.
    static var last: Self { Self(code: errno) }

    var description: String { unsafe String(cString: strerror(code)) }
}

/// Writes all bytes of an array at a place in a file.
func write<Element: BitwiseCopyable>(
    _ elements: [Element], to descriptor: Int32, at offset: Int
) throws(SystemError) {
    let byteCount = elements.count * MemoryLayout<Element>.stride
    var written = 0
    while written < byteCount {
        let count = unsafe elements.withUnsafeBytes { bytes in
            unsafe pwrite(
                descriptor, bytes.baseAddress! + written, byteCount - written, offset + written)
        }
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw .last }
        written += count
    }
}

import Glibc

/// Writes bytes to the end, or until the other side takes no more.
///
/// - Returns: Whether all were taken.
@discardableResult
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = unsafe rest.withUnsafeBytes {
            unsafe write(descriptor, $0.baseAddress, $0.count)
        }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
    }
    return true
}

private import CUnistring
private import Glibc

extension String {
    /// The text in Unicode's Normalization Form C: composed, with marks in their canonical order.
    ///
    /// Two texts that Unicode calls canonically equivalent have the same bytes in this form (UAX #15).
    package var inNormalizationFormC: String {
        // Nothing composes or decomposes in ASCII.
        guard utf8.contains(where: { $0 >= 0x80 }) else { return self }

        var count = 0
        let bytes = Array(utf8)
        let result = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe u8_normalize_nfc(bytes.baseAddress, bytes.count, &count)
        }
        guard let result = unsafe result else { fatalError("no memory to normalize a text") }
        defer { unsafe free(result) }
        return unsafe String(
            decoding: UnsafeBufferPointer(start: result, count: count), as: UTF8.self)
    }
}

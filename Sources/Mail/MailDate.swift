private import Glibc

/// A moment as the `Date` header writes it (RFC 5322 §3.3), always in UTC.
struct MailDate {
    /// Such as `Sat, 21 Nov 2026 09:12:00 +0000`.
    let text: String

    /// Takes whole seconds since 1970-01-01T00:00:00Z.
    init(seconds: Int64) {
        // The names of days and months are English as long as nobody calls setlocale (POSIX
        // setlocale: a program starts in the C locale), and nobody does.
        let bytes = unsafe [CChar](unsafeUninitializedCapacity: 64) { buffer, count in
            var moment = time_t(seconds)
            var civil = unsafe tm()
            unsafe gmtime_r(&moment, &civil)
            count = unsafe strftime(
                buffer.baseAddress!, buffer.count, "%a, %d %b %Y %H:%M:%S +0000", &civil)
        }
        text = String(decoding: bytes.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

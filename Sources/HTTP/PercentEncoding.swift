/// Bytes written as `%` and two hexadecimal digits (RFC 3986 §2.1).
package enum PercentEncoding {
    /// Writes text so that it can stand as one value in a query or a path segment.
    ///
    /// All but the unreserved characters of RFC 3986 §2.3 is encoded, from its UTF-8 bytes.
    package static func encode(_ text: String) -> String {
        encode(text) { isUnreserved($0) }
    }

    /// Writes text, keeping the bytes that satisfy `isKept`.
    static func encode(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if isKept(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// Decodes once.
    ///
    /// - Returns: `nil` if a `%` is not followed by two hexadecimal digits.
    package static func decode(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.contains(UInt8(ascii: "%")) else { return bytes }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var next = 0
        while next < bytes.count {
            guard bytes[next] == UInt8(ascii: "%") else {
                decoded.append(bytes[next])
                next += 1
                continue
            }
            guard
                bytes.count - next > 2,
                let high = value(ofDigit: bytes[next + 1]),
                let low = value(ofDigit: bytes[next + 2])
            else { return nil }
            decoded.append(high << 4 | low)
            next += 3
        }
        return decoded
    }

    private static let digits = [UInt8]("0123456789ABCDEF".utf8)

    private static func value(ofDigit byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    /// Whether a byte means itself wherever it stands (RFC 3986 §2.3).
    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}

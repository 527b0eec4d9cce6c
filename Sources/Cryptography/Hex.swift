/// Bytes as lower-case hexadecimal text (RFC 4648 §8), the spelling of file names.
package enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Returns the one spelling of `bytes`.
    package static func encode(_ bytes: [UInt8]) -> String {
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads the one spelling of some bytes.
    ///
    /// - Returns: `nil` for anything else, capital letters and an odd number of digits included.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let values = text.utf8.map { digits.firstIndex(of: $0) }
        guard values.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: values.count, by: 2) {
            guard let high = values[index], let low = values[index + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}

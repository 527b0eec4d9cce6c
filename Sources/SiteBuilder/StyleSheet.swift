/// A style sheet without what only its author reads.
enum StyleSheet {
    /// Removes comments, and white space where it separates nothing (CSS Syntax §4).
    static func minified(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        var hasGap = false

        /// Puts a space where one was and still means something.
        func closeGap(before byte: UInt8) {
            defer { hasGap = false }
            guard hasGap, let last = output.last else { return }
            let separates = { (byte: UInt8) in "{};,".utf8.contains(byte) }
            // A custom property may be empty but for a space.
            let isAfterColon = last == UInt8(ascii: ":")
            if isAfterColon ? ";}".utf8.contains(byte) : !separates(last) && !separates(byte) {
                output.append(UInt8(ascii: " "))
            }
        }

        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case _ where byte.isBlank:
                hasGap = true
                index += 1
            case UInt8(ascii: "/") where bytes[index...].starts(with: "/*".utf8):
                index = end(of: "*/", after: index + 2, in: bytes)
                // Without a gap it still parts two words, and no more: `div/**/.x` is `div.x`.
                if !hasGap, index < bytes.count, !bytes[index].isBlank {
                    output += "/**/".utf8
                }
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                closeGap(before: byte)
                let end = endOfString(at: index, in: bytes)
                output += bytes[index..<end]
                index = end
            case UInt8(ascii: "u")
            where bytes[index...].starts(with: "url(".utf8)
                && !bytes.dropFirst(index + 4).starts(with: "\"".utf8):
                // What stands between the brackets need not be in quotation marks.
                closeGap(before: byte)
                let end = end(of: ")", after: index, in: bytes)
                output += bytes[index..<end]
                index = end
            case UInt8(ascii: "}") where output.last != UInt8(ascii: ":"):
                hasGap = false
                if output.last == UInt8(ascii: ";") {
                    output.removeLast()
                }
                output.append(byte)
                index += 1
            case UInt8(ascii: "\\") where index + 1 < bytes.count:
                closeGap(before: byte)
                output += bytes[index...(index + 1)]
                index += 2
            default:
                closeGap(before: byte)
                output.append(byte)
                index += 1
            }
        }
        output.append(UInt8(ascii: "\n"))
        return output
    }

    private static func end(of mark: String, after start: Int, in bytes: [UInt8]) -> Int {
        let mark = Array(mark.utf8)
        var index = start
        while index < bytes.count, !bytes[index...].starts(with: mark) {
            index += 1
        }
        return min(index + mark.count, bytes.count)
    }

    private static func endOfString(at start: Int, in bytes: [UInt8]) -> Int {
        var index = start + 1
        while index < bytes.count, bytes[index] != bytes[start] {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index + 1, bytes.count)
    }
}

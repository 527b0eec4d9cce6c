/// The block of 512 bytes before each file of an archive.
///
/// Its layout is the ustar format of POSIX.1-2017 ("pax", ustar Interchange Format), so that `tar`
/// reads what is written here:
///
///       0 name      100 mode    108 uid      116 gid      124 size     136 mtime
///     148 checksum  156 type    157 linkname 257 magic    263 version
///     265 uname     297 gname   329 device   345 prefix   500 nothing
///
/// Numbers are octal digits, with a NUL or a space behind them. Only files and directories are known;
/// whoever reads the archive gives them modes and owners of their own.
package struct UstarHeader: Sendable, Equatable {
    /// The length of a block in bytes; everything in an archive is a whole number of blocks.
    package static let blockByteCount = 512
    /// The most bytes of a file: eleven octal digits.
    package static let mostBytesOfFile = 1 << 33 - 1

    /// How many zeros stand behind a file of some bytes, up to the next block.
    static func padding(behind length: Int) -> Int {
        (blockByteCount - length % blockByteCount) % blockByteCount
    }

    package enum Kind: Sendable, Equatable {
        case directory
        case file(length: Int)
    }

    /// The path below the archive's root, without a slash at either end.
    package let path: String
    package let kind: Kind
    /// In seconds since 1970.
    package let modifiedAt: Int64

    package init(path: String, _ kind: Kind, modifiedAt: Int64) {
        self.path = path
        self.kind = kind
        self.modifiedAt = modifiedAt
    }
}

// MARK: - Writing

extension UstarHeader {
    /// The block; nil if the path or the file is too long for one.
    package var block: [UInt8]? {
        let (length, mode, type, slash): (Int, Int, UInt8, String) =
            switch kind {
            case .directory: (0, 0o700, UInt8(ascii: "5"), "/")
            case .file(let length): (length, 0o600, UInt8(ascii: "0"), "")
            }
        guard let (prefix, name) = Self.split(Array((path + slash).utf8)),
            (0...Self.mostBytesOfFile).contains(length)
        else { return nil }
        var block = [UInt8](repeating: 0, count: Self.blockByteCount)
        func put(_ bytes: some Collection<UInt8>, at start: Int) {
            block.replaceSubrange(start..<start + bytes.count, with: bytes)
        }
        func put(_ number: Int, at start: Int, digits count: Int) {
            let digits = String(number, radix: 8)
            put((String(repeating: "0", count: count - digits.utf8.count) + digits).utf8, at: start)
        }
        put(name, at: 0)
        put(mode, at: 100, digits: 7)
        put(0, at: 108, digits: 7)
        put(0, at: 116, digits: 7)
        put(length, at: 124, digits: 11)
        put(Int(max(0, min(modifiedAt, 1 << 33 - 1))), at: 136, digits: 11)
        block[156] = type
        put("ustar\u{0}00".utf8, at: 257)
        put(0, at: 329, digits: 7)
        put(0, at: 337, digits: 7)
        put(prefix, at: 345)
        put(Self.checksum(of: block), at: 148, digits: 6)
        block[155] = UInt8(ascii: " ")
        return block
    }

    /// Splits a path at a slash, so that at most 155 and 100 bytes stand before and behind it.
    private static func split(_ path: [UInt8]) -> (
        prefix: ArraySlice<UInt8>, name: ArraySlice<UInt8>
    )? {
        guard path.count > 100 else { return ([], path[...]) }
        let slash = path.indices.first { index in
            path[index] == UInt8(ascii: "/") && (1...100).contains(path.count - index - 1)
        }
        guard let slash, slash <= 155 else { return nil }
        return (path[..<slash], path[(slash + 1)...])
    }

    /// The sum of all bytes, those of the checksum taken for spaces.
    private static func checksum(of block: [UInt8]) -> Int {
        block.enumerated().reduce(0) { sum, byte in
            sum + ((148..<156).contains(byte.offset) ? 0x20 : Int(byte.element))
        }
    }
}

// MARK: - Reading

extension UstarHeader {
    /// Reads a block.
    ///
    /// - Returns: nil for anything but a file or a directory of a path that leads downwards.
    package init?(block: [UInt8]) {
        func text(_ range: Range<Int>) -> String? {
            String(validating: block[range].prefix { $0 != 0 }, as: UTF8.self)
        }
        func number(_ range: Range<Int>) -> Int? {
            text(range).flatMap { Int($0.split(separator: " ").first ?? "", radix: 8) }
        }
        guard block.count == Self.blockByteCount, text(257..<262) == "ustar",
            number(148..<156) == Self.checksum(of: block),
            let name = text(0..<100), let prefix = text(345..<500),
            let length = number(124..<136), let modifiedAt = number(136..<148), length >= 0
        else { return nil }
        switch block[156] {
        case UInt8(ascii: "0"), 0: kind = .file(length: length)
        case UInt8(ascii: "5"): kind = .directory
        default: return nil
        }
        let whole = prefix.isEmpty ? name : "\(prefix)/\(name)"
        path = kind == .directory && whole.hasSuffix("/") ? String(whole.dropLast()) : whole
        self.modifiedAt = Int64(modifiedAt)
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !["", ".", ".."].contains($0) }) else { return nil }
    }
}

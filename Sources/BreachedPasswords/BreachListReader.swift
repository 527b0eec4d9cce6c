private import Cryptography

/// Reads a list of breached passwords, in any of the forms in which lists come.
///
/// - `HASH:COUNT` in each line, or `HASH`, of SHA-1 (40 digits) or NTLM (32 digits);
/// - a directory of files named by the first five digits, with `SUFFIX:COUNT` in each line;
/// - passwords as they are, one in each line, in UTF-8; they are hashed by SHA-1, and count once.
///
/// Which one it is, the first line says, unless the caller does. A password of 32 or 40 hexadecimal
/// digits in the first line of a list of passwords would be taken for a hash.
package struct BreachListReader: ~Copyable {
    /// What stands in the lines.
    package enum Form: Sendable {
        case hashes, passwords
    }

    private let path: String
    /// By which function the list is hashed, or its passwords are.
    package let function: BreachHash.Function
    package let form: Form

    /// The file that is read, and whether its present piece has still to be returned.
    private var file: LineFile
    private var hasPiece: Bool
    /// The files of a directory, and which of them is read.
    private let parts: [PrefixFile]
    private var part: Int

    /// How many lines can be nobody's password here: not in UTF-8, too long, or with a NUL.
    package private(set) var unusableCount = 0

    /// Opens a list, and recognises it.
    ///
    /// - Parameters:
    ///   - path: A file, a pipe, or a directory of files.
    ///   - form: What is in the lines, if they are not to be recognised.
    /// - Throws: ``BreachListError``.
    package init(path: String, as form: Form? = nil) throws(BreachListError) {
        let parts = try PrefixFile.all(in: path) ?? []
        var part = 0
        var file = try LineFile(path: Self.path(of: parts.first, in: path))
        var hasPiece = try file.next()
        while !hasPiece, part + 1 < parts.count {
            part += 1
            file = try LineFile(path: Self.path(of: parts[part], in: path))
            hasPiece = try file.next()
        }
        guard hasPiece else { throw .empty(path: path, minimumCount: 1) }

        let function = form == .passwords ? nil : Self.function(of: file, parts.first)
        let isRecognised = function != nil
        let mustBeHashes =
            form == .hashes || !parts.isEmpty || form == nil && Self.beginsLikeHash(file)
        guard isRecognised || !mustBeHashes else {
            let forms = BreachHash.Function.allCases.map { HashLine($0, in: parts.first).expected }
            throw .malformed(
                file: file.path, line: 1, expected: forms.joined(separator: "; or "))
        }
        self.path = path
        self.function = function ?? .sha1
        self.form = isRecognised ? .hashes : .passwords
        self.parts = parts
        self.part = part
        self.file = file
        self.hasPiece = hasPiece
    }

    private static func path(of part: PrefixFile?, in path: String) -> String {
        part.map { "\(path)/\($0.name)" } ?? path
    }

    /// By which function the first line is hashed; nil if it is no line with a hash.
    private static func function(
        of file: borrowing LineFile, _ part: PrefixFile?
    ) -> BreachHash.Function? {
        let bytes = file.bytes
        return BreachHash.Function.allCases.first { function in
            var position = 0
            return HashLine(function, in: part).read(bytes.span, at: &position) != nil
        }
    }

    /// Whether the first line is rather a hash with a defect than anybody's password.
    private static func beginsLikeHash(_ file: borrowing LineFile) -> Bool {
        let start = file.bytes.prefix(HashLine.fewestDigits)
        return start.count == HashLine.fewestDigits
            && start.allSatisfy { HashLine.digit($0) < 16 }
    }
}

// MARK: - What is read

extension BreachListReader {
    /// Whether the list can be opened and read again, as a pipe cannot.
    package var isLasting: Bool { !parts.isEmpty || file.byteCount != nil }

    /// How much of the list has been read; nil if its length is unknown.
    package var share: Double? {
        guard parts.isEmpty else { return Double(part) / Double(parts.count) }
        return file.byteCount.map { Double(file.readCount) / Double(max(1, $0)) }
    }

    /// How many files a directory has that is the whole list.
    package static var wholePartCount: Int { PrefixFile.wholeCount }

    /// How many files a directory lacks to be the whole list.
    package var missingPartCount: Int {
        parts.isEmpty ? 0 : PrefixFile.wholeCount - Set(parts.map(\.prefix)).count
    }

    /// Reads some more of the list.
    ///
    /// Lines with a count of 0, which servers add so that answers are of one length, are left out.
    ///
    /// - Returns: nil at the end.
    package mutating func next() throws(BreachListError) -> [Sighting]? {
        if !hasPiece {
            guard try advance() else { return nil }
        }
        hasPiece = false
        switch form {
        case .hashes: return try hashes()
        case .passwords: return passwords()
        }
    }

    private mutating func advance() throws(BreachListError) -> Bool {
        while try !file.next() {
            guard part + 1 < parts.count else { return false }
            part += 1
            file = try LineFile(path: Self.path(of: parts[part], in: path))
        }
        return true
    }

    private mutating func hashes() throws(BreachListError) -> [Sighting] {
        let line = HashLine(function, in: parts.isEmpty ? nil : parts[part])
        var sightings: [Sighting] = []
        sightings.reserveCapacity(file.pieceCount / line.fewestBytes)
        var lineCount = file.lineCount
        let bytes = file.bytes
        let lines = bytes.span.extracting(..<file.pieceCount)
        var position = 0
        while position < lines.count {
            lineCount += 1
            guard let sighting = line.read(lines, at: &position) else {
                throw .malformed(file: file.path, line: lineCount, expected: line.expected)
            }
            if sighting.count > 0 { sightings.append(sighting) }
        }
        file.lineCount = lineCount
        return sightings
    }

    private mutating func passwords() -> [Sighting] {
        var sightings: [Sighting] = []
        let lines = file.bytes[..<file.pieceCount].split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
        ).dropLast()
        for line in lines {
            file.lineCount += 1
            let typed = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            guard !typed.isEmpty else { continue }
            guard
                let text = String(validating: typed, as: UTF8.self),
                let password = try? Password(text)
            else {
                unusableCount += 1
                continue
            }
            sightings.append(Sighting(BreachHash(function, of: password), count: 1))
        }
        return sightings
    }
}

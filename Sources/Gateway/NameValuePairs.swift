import HTTP

/// The names and values of a stream of parameters (FastCGI 1.0 §3.4).
///
/// Both lengths stand before the two texts, each in one byte, or from 128 on in four whose first bit
/// is set.
struct NameValuePairs {
    private let bytes: [UInt8]
    private let positions: [MetaVariables.Position]

    init(_ bytes: [UInt8]) throws(FastCGIError) {
        var positions: [MetaVariables.Position] = []
        var next = 0
        let span = bytes.span
        while next < bytes.count {
            let nameLength = try Self.length(in: bytes, at: &next)
            let valueLength = try Self.length(in: bytes, at: &next)
            guard nameLength <= bytes.count - next, valueLength <= bytes.count - next - nameLength
            else { throw .malformed }
            let name = next..<next + nameLength
            let value = name.upperBound..<name.upperBound + valueLength
            // In an environment neither could stand there.
            guard
                !span.extracting(name).contains(UInt8(ascii: "=")),
                !span.extracting(next..<value.upperBound).contains(0)
            else { throw .malformed }
            positions.append(MetaVariables.Position(name: name, value: value))
            next = value.upperBound
        }
        self.bytes = bytes
        self.positions = positions
    }

    /// The names.
    var names: [ArraySlice<UInt8>] { positions.map { bytes[$0.name] } }

    /// What they say about a request.
    func metaVariables() throws(RequestError) -> MetaVariables {
        try MetaVariables(text: bytes, positions: positions)
    }

    private static func length(
        in bytes: [UInt8], at next: inout Int
    ) throws(FastCGIError) -> Int {
        guard next < bytes.count else { throw .malformed }
        let first = Int(bytes[next])
        next += 1
        guard first >= 0x80 else { return first }
        guard next + 3 <= bytes.count else { throw .malformed }
        defer { next += 3 }
        return bytes[next..<next + 3].reduce(first & 0x7F) { $0 << 8 | Int($1) }
    }
}

extension Span<UInt8> {
    /// Whether a byte is among them.
    fileprivate func contains(_ byte: UInt8) -> Bool {
        for index in indices where self[index] == byte { return true }
        return false
    }
}

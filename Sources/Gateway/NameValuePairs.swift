/// The names and values of a stream of parameters (FastCGI 1.0 §3.4).
///
/// Both lengths stand before the two texts, each in one byte, or from 128 on in four whose first bit
/// is set.
struct NameValuePairs {
    /// `NAME=value`, as in an environment.
    let entries: [[UInt8]]

    init(_ bytes: [UInt8]) throws(FastCGIError) {
        var rest = bytes[...]
        var entries: [[UInt8]] = []
        while !rest.isEmpty {
            let nameLength = try Self.length(from: &rest)
            let valueLength = try Self.length(from: &rest)
            guard nameLength <= rest.count, valueLength <= rest.count - nameLength else {
                throw .malformed
            }
            let name = rest.prefix(nameLength)
            let value = rest.dropFirst(nameLength).prefix(valueLength)
            // In an environment neither could stand there.
            guard !name.contains(UInt8(ascii: "=")), !name.contains(0), !value.contains(0) else {
                throw .malformed
            }
            entries.append(name + [UInt8(ascii: "=")] + value)
            rest = rest.dropFirst(nameLength + valueLength)
        }
        self.entries = entries
    }

    private static func length(from rest: inout ArraySlice<UInt8>) throws(FastCGIError) -> Int {
        guard let first = rest.popFirst() else { throw .malformed }
        guard first >= 0x80 else { return Int(first) }
        guard rest.count >= 3 else { throw .malformed }
        let length = rest.prefix(3).reduce(Int(first & 0x7F)) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(3)
        return length
    }
}

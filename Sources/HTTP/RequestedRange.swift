/// Which part of a file a request wants (RFC 9110 §14).
package enum RequestedRange: Sendable, Equatable {
    /// All of it; also where several parts are asked for, or in another unit or way, as §14.2 lets a
    /// server choose.
    case whole
    case part(Range<Int>)
    /// One that begins behind the end.
    case unsatisfiable

    /// Reads the `Range` field of a request for something of so many bytes.
    package init(field: String, length: Int) {
        let prefix = "bytes="
        let ends = field.dropFirst(prefix.count)
            .split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard field.lowercased().hasPrefix(prefix), ends.count == 2,
            let first = Self.position(ends[0]), let last = Self.position(ends[1])
        else {
            self = .whole
            return
        }
        switch (first, last) {
        case (.none, .none): self = .whole
        case (.none, let count?): self.init(max(0, length - count)..<length, of: length)
        case (let first?, .none): self.init(min(first, length)..<length, of: length)
        case (let first?, let last?) where last < first: self = .whole
        case (let first?, let last?):
            self.init(min(first, length)..<min(last, length - 1) + 1, of: length)
        }
    }

    private init(_ range: Range<Int>, of length: Int) {
        self = range.isEmpty ? .unsatisfiable : .part(range)
    }

    /// Reads an end of a range, which may be left open; `nil` if it is no number at all.
    ///
    /// A number too great for `Int` is behind the end of everything.
    private static func position(_ text: String) -> Int?? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return .none }
        return .some(text.isEmpty ? nil : Int(text) ?? Int.max - 1)
    }
}

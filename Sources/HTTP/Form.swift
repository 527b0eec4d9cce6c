/// The fields of a form or a query, by name (`application/x-www-form-urlencoded`).
///
/// The reader takes only what a browser writes, and every name once, so that no two readers can
/// understand one form differently.
package struct Form: Sendable, Equatable {
    /// The most fields that a form may have.
    package static let maximumFieldCount = 64

    private struct Field: Sendable, Equatable {
        let name: String
        let value: String
    }

    private var fields: [Field] = []

    /// A form without fields.
    package init() {}

    /// Reads the encoding of the URL standard, §5.1.
    ///
    /// - Parameters:
    ///   - bytes: A posted body, or a query without its question mark.
    ///   - repeatable: The names that may occur more than once.
    /// - Throws: What is wrong with the first field that is.
    package init(
        urlencoded bytes: some Collection<UInt8>, repeatable: Set<String> = []
    ) throws(FormError) {
        guard !bytes.isEmpty else { return }
        let pairs = bytes.split(
            separator: UInt8(ascii: "&"), maxSplits: Self.maximumFieldCount,
            omittingEmptySubsequences: false)
        guard pairs.count <= Self.maximumFieldCount else { throw .tooManyFields }

        for pair in pairs {
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            let name = try Self.text(pair[..<equals])
            guard !name.isEmpty else { throw .namelessField }
            guard repeatable.contains(name) || !contains(name) else { throw .duplicateField }
            fields.append(Field(name: name, value: try Self.text(pair[equals...].dropFirst())))
        }
    }

    /// The value of the field called `name`, the first one if it is repeatable.
    package subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// The values of a repeatable field, in the order of the form.
    package func values(of name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// Whether the form has no fields.
    package var isEmpty: Bool { fields.isEmpty }

    /// The fields in their order as bytes that no other fields give.
    package var fingerprint: [UInt8] {
        fields.flatMap { field in
            [field.name, field.value].flatMap { Array("\($0.utf8.count):".utf8) + Array($0.utf8) }
        }
    }

    private func contains(_ name: String) -> Bool {
        fields.contains { $0.name == name }
    }

    private static func text(_ encoded: some Collection<UInt8>) throws(FormError) -> String {
        let spaced = encoded.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        guard let bytes = PercentEncoding.decode(spaced) else { throw .malformedPercentEncoding }
        guard !bytes.contains(0) else { throw .nulByte }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }
}

/// Why bytes are not a form.
///
/// Nothing of the form stands in an error, not even a name: a password may have been typed there.
package enum FormError: Error, Equatable {
    case tooManyFields
    case namelessField
    case duplicateField
    case malformedPercentEncoding
    case nulByte
    case notUTF8
}

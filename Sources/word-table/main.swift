import Zxcvbn

// word-table reads ranked lists from standard input, a word on each line and an empty line after
// each list, and writes the Swift source of the table that holds them.

/// Reads lines up to the end.
func readLists() -> [[String]] {
    var lists: [[String]] = []
    var list: [String] = []
    while let line = readLine() {
        guard line.isEmpty else {
            list.append(line)
            continue
        }
        lists.append(list)
        list = []
    }
    return lists
}

/// The text of a byte below 128 in a string literal.
func escaped(_ byte: UInt8) -> String {
    switch byte {
    case 0x22: "\\\""
    case 0x5C: "\\\\"
    case 0x20...0x7E: String(UnicodeScalar(byte))
    default: "\\u{\(String(byte, radix: 16))}"
    }
}

let bytes = try WordTable.compile(readLists())
print(
    """
    // Written by scripts/words. Do not edit.
    // swift-format-ignore-file

    extension WordTable {
        /// The table of the original's word lists.
        static let englishLiteral: StaticString = \"""
    """)
var line = ""
for byte in bytes {
    line += escaped(byte)
    guard line.utf8.count > 90 else { continue }
    print("    \(line)\\")
    line = ""
}
print("    \(line)\n    \"\"\"\n}")

import Glibc
import Hypertext

// A libFuzzer target over the reader of compiled templates, see ../run-templates.
//
// Whatever the file holds, it is refused, or a page is rendered from it, or rendering is refused.

/// What every template is filled with.
struct Fuzzed: FormTemplate {
    static let name = "f"
    static let slots: [Slot<Self>] = [
        .text("text") { _ in "a <b> & \"c\"\n\u{85}" },
        .url("url") { _ in "https://example.org/?a=1&b" },
        .flag("flag") { _ in true },
        .choice("choice", of: Choice.self) { _ in .b },
        .list("list", of: Row.self) { _ in [Row(), Row()] },
        .count("count") { _ in 12_345 },
    ]

    enum Choice: String, CaseIterable { case a, b, c }

    struct Row: SlotRecord {
        static let slots: [Slot<Self>] = [
            .text("text") { _ in "row" },
            .list("list", of: Cell.self) { _ in [Cell(), Cell()] },
        ]
    }

    struct Cell: SlotRecord {
        static let slots: [Slot<Self>] = [.flag("flag") { _ in false }]
    }
}

let path = "/dev/shm/postern-fuzz-\(getpid()).seg"
let hash = Schema(of: Fuzzed.self).hash

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    // No input would find the hash by itself. A template's entry has 32 bytes after a header of 16,
    // and the hash begins at the 16th of them.
    for entry in stride(from: 16, to: min(bytes.count - 32, 16 + 8 * 32), by: 32) {
        for byte in 0..<8 {
            bytes[entry + 16 + byte] = UInt8(truncatingIfNeeded: hash >> UInt64(8 * byte))
        }
    }
    write(bytes)
    do throws(TemplateError) {
        let templates = try CompiledTemplates(contentsOfFile: path)
        _ = try templates.render(Fuzzed(), language: "en")
        try templates.verify()
    } catch {
        precondition(!error.description.isEmpty)
    }
    return 0
}

/// Writes the file that is read again.
func write(_ bytes: [UInt8]) {
    let file = unsafe fopen(path, "w")
    unsafe fwrite(bytes, 1, bytes.count, file)
    unsafe fclose(file)
}

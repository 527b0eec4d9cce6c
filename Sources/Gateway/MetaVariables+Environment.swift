import Glibc
import HTTP

extension MetaVariables {
    /// Reads an environment as C has it: `NAME=value` texts, and a null pointer after the last.
    @unsafe init(
        environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    ) throws(RequestError) {
        var entries: [[UInt8]] = []
        var next = unsafe environment
        while let text = unsafe next.pointee {
            entries.append(
                unsafe [UInt8](UnsafeRawBufferPointer(start: text, count: strlen(text))))
            unsafe next += 1
        }
        try self.init(entries: entries)
    }
}

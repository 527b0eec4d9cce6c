import CFastCGI
import Glibc
import HTTP

/// One request that came as FastCGI records.
@safe struct FastCGIExchange: Exchange, ~Copyable {
    private let raw: UnsafeMutablePointer<FCGX_Request>
    private let timeLimit: TimeLimit

    init(_ raw: UnsafeMutablePointer<FCGX_Request>, timeLimit: TimeLimit) {
        unsafe self.raw = unsafe raw
        self.timeLimit = timeLimit
    }

    func metaVariables() throws(RequestError) -> MetaVariables {
        try unsafe MetaVariables(environment: raw.pointee.envp)
    }

    func body(length: Int) throws(RequestError) -> [UInt8] {
        try timeLimit.bound { () throws(RequestError) in
            let body = unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
                count = unsafe buffer.withMemoryRebound(to: CChar.self) {
                    Int(unsafe FCGX_GetStr($0.baseAddress, Int32(length), raw.pointee.in))
                }
            }
            let isEnd = unsafe FCGX_GetChar(raw.pointee.in) == EOF
            switch unsafe FCGX_GetError(raw.pointee.in) {
            case 0 where !isEnd: throw .bodyTooLong
            case 0 where body.count == length: return body
            case EINTR: throw .bodyTooSlow
            default: throw .bodyTooShort
            }
        }
    }

    consuming func finish(with text: CGIText) {
        // What is left of a body would be read as the records of the next request: a client could
        // then write any meta-variable. Such a connection is not used again.
        if unsafe FCGX_HasSeenEOF(raw.pointee.in) == 0 {
            unsafe raw.pointee.keepConnection = 0
        }
        timeLimit.bound {
            unsafe text.bytes.withUnsafeBytes { bytes in
                _ = unsafe FCGX_PutStr(
                    bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count),
                    raw.pointee.out)
            }
            unsafe FCGX_Finish_r(raw)
        }
    }
}

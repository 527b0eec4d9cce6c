private import Glibc

/// Why there is no answer, in words for a log: nothing in it is a secret.
package enum WebError: Error, Equatable, CustomStringConvertible {
    /// The time was over.
    case timedOut
    /// The host's name leads to no address, for a reason that the system gives.
    case unknownHost(String)
    /// No connection could be made, or it broke, for the reason given as an `errno`.
    case unreachable(Int32)
    /// The file with the certificates of authorities cannot be used.
    case noAuthorities(path: String)
    /// The certificate is not one of this host, or nobody known vouches for it.
    case untrusted(String)
    /// The two sides could not agree on how to speak TLS.
    case noTLS(String)
    /// The connection ended before the answer did.
    case cutOff
    /// The answer has another status than 200. A redirection is not followed.
    case status(Int)
    /// The answer is longer than allowed.
    case tooLong
    /// What came is no answer of HTTP.
    case malformed

    package var description: String {
        switch self {
        case .timedOut: "no answer in time"
        case .unknownHost(let reason): "the host is not found: \(reason)"
        case .unreachable(let code):
            "the host cannot be reached: \(unsafe String(cString: strerror(code)))"
        case .noAuthorities(let path): "\(path): no certificates can be read"
        case .untrusted(let reason): "the certificate is not trusted: \(reason)"
        case .noTLS(let reason): "no TLS: \(reason)"
        case .cutOff: "the answer was cut off"
        case .status(let code): "the answer has status \(code)"
        case .tooLong: "the answer is too long"
        case .malformed: "the answer is malformed"
        }
    }
}

/// What a request asks to be done with its path (RFC 9110 §9).
///
/// No field and no form can change it: `_method` and `X-HTTP-Method-Override` mean nothing here.
package enum Method: Sendable, Hashable {
    case get
    case head
    case post
    /// A method that no page answers.
    case other

    /// Reads the value of `REQUEST_METHOD`; methods are case-sensitive (RFC 9110 §9.1).
    package init(_ text: String) {
        switch text {
        case "GET": self = .get
        case "HEAD": self = .head
        case "POST": self = .post
        default: self = .other
        }
    }

    /// The method as it is written, or `nil` if it is not one of ours.
    package var name: String? {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .other: nil
        }
    }

    /// Whether the method promises to change nothing (RFC 9110 §9.2.1).
    package var isSafe: Bool {
        switch self {
        case .get, .head: true
        case .post, .other: false
        }
    }
}

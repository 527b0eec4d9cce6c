private import Glibc

/// A step into the sandbox that the kernel refused.
package struct SandboxError: Error, Equatable, CustomStringConvertible {
    private let step: String
    private let code: Int32

    /// The reason which the last system call left in `errno`.
    static func last(_ step: String) -> Self {
        Self(step: step, code: errno)
    }

    package var description: String {
        "the sandbox cannot be entered: \(step): \(unsafe String(cString: strerror(code)))"
    }
}

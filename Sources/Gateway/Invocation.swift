import Glibc

/// How the program was started.
///
/// The argument list is not looked at: under Apache's mod_cgid the client writes it (A56).
package enum Invocation: Sendable {
    /// With a listening socket at descriptor 0 (FastCGI 1.0 §2.2).
    case fastCGI
    /// For one request, which stands in the environment (RFC 3875).
    case cgi
    /// By somebody else.
    case direct

    /// How this process was started.
    package static var current: Invocation {
        guard !isListening(STDIN_FILENO) else { return .fastCGI }
        return unsafe getenv("GATEWAY_INTERFACE") == nil ? .direct : .cgi
    }

    private static func isListening(_ descriptor: Int32) -> Bool {
        var isListening: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size) == 0
            && isListening != 0
    }
}

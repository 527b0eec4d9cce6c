internal import CLinux
private import Glibc

/// What this kernel has of which a sandbox is made.
package enum Kernel {
    /// The version of Landlock's interface; nil where there is none, or it is switched off.
    ///
    /// - Throws: `SandboxError` where it is there and forbidden, as it may be in a container.
    package static var landlockVersion: Int? {
        get throws(SandboxError) {
            let version = postern_landlock_version()
            guard version < 0 else { return version }
            guard isMissing(errno) else { throw .last("landlock_create_ruleset") }
            return nil
        }
    }

    /// Whether it filters system calls.
    ///
    /// - Throws: `SandboxError` where it does and that is forbidden.
    package static var filtersSystemCalls: Bool {
        get throws(SandboxError) {
            guard postern_seccomp_has(SECCOMP_RET_ERRNO) != 0 else { return true }
            guard isMissing(errno) else { throw .last("seccomp") }
            return false
        }
    }

    private static func isMissing(_ code: Int32) -> Bool {
        [ENOSYS, EOPNOTSUPP, EINVAL].contains(code)
    }
}

internal import CLinux
private import Glibc

/// What this kernel has of which a sandbox is made.
package enum Kernel {
    /// The version of Landlock's interface; nil where there is none, or it is switched off.
    package static var landlockVersion: Int? {
        let version = postern_landlock_version()
        // Forbidden is not missing: then the program says so when it enters.
        return version < 0 && isMissing(errno) ? nil : version
    }

    /// Whether it filters system calls.
    package static var filtersSystemCalls: Bool {
        postern_seccomp_has(SECCOMP_RET_ERRNO) == 0 || !isMissing(errno)
    }

    private static func isMissing(_ code: Int32) -> Bool {
        [ENOSYS, EOPNOTSUPP, EINVAL].contains(code)
    }
}

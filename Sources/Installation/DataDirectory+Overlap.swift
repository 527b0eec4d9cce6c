private import Glibc

extension DataDirectory {
    /// Whether another directory is in this one or around it, so that what is here would be handed out
    /// with what is there (A64).
    package func overlaps(_ other: String) -> Bool {
        guard let here = Self.resolved(path), let there = Self.resolved(other) else { return false }
        return here.hasPrefix(there) || there.hasPrefix(here)
    }

    /// The path without symbolic links and with a slash at its end, if there is anything.
    private static func resolved(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved) + "/"
    }
}

internal import CLinux

/// What a program can still reach once it has entered; everything else is gone for good.
///
/// Of the file system, what is named here is left, by Landlock; of the system calls, those by which
/// files are read and written and requests are answered, by a filter. It can start no program, make
/// no process, and map no memory that it could execute. Where the kernel lacks one of the two, the
/// other holds alone.
package struct Sandbox: Sendable, Equatable {
    /// Files that can be read, and directories in and below which files can be.
    package var readable: [String]
    /// Directories in and below which files and directories can be read, made, changed and removed.
    package var writable: [String]
    /// Ports of other machines to which connections can be opened; with none there is no network.
    package var ports: [UInt16]

    /// Names what is left; nothing happens before it is entered.
    package init(readable: [String] = [], writable: [String] = [], ports: [UInt16] = []) {
        self.readable = readable
        self.writable = writable
        self.ports = ports
    }

    /// Whether all that another sandbox leaves is left here, too.
    package func covers(_ other: Sandbox) -> Bool {
        Set(other.readable).isSubset(of: readable) && Set(other.writable).isSubset(of: writable)
            && Set(other.ports).isSubset(of: ports)
    }

    /// Gives up everything else.
    ///
    /// What is open stays open, and threads that there are stay outside.
    ///
    /// - Throws: `SandboxError` if the kernel has what this takes and yet refuses it. The process may
    ///   then have given up a part.
    package func enter() throws(SandboxError) {
        guard postern_no_new_privileges() == 0 else { throw .last("prctl") }
        try Landlock.enter(self)
        try SystemCallFilter(withNetwork: !ports.isEmpty).enter()
    }
}

private import CLinux
private import Glibc

extension Directory {
    /// Moves a file to another directory of the same file system, under the name it has.
    ///
    /// There must be none of that name. After a crash the file is in one of the two directories.
    package func move(_ name: String, to other: Directory) throws(FileError) {
        precondition(
            Self.isBelow(name) && !name.contains("/"), "a file is moved from where it is")
        let flags = postern_rename_noreplace
        guard
            unsafe renameat2(descriptor.number, name, other.descriptor.number, name, flags) == 0
        else { throw .last(.rename, other.path(of: name)) }
        // The new name first: a loss of power between the two may leave both, but never none.
        try other.sync()
        try sync()
    }
}

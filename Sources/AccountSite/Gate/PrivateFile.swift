package import HTTP

/// What lies below the directory of private files at a path.
package enum PrivateFile: Sendable {
    case file(OpenFile, name: String)
    /// A directory, whose address ends with a slash.
    case directory
}

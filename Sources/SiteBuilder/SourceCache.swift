/// The files of the site as they were when they were read last, so that a build after one edit
/// reads and parses one file.
final class SourceCache {
    private var files: [String: (stamp: FileTree.Stamp, file: SourceFile)] = [:]
    private var templates: [String: Template] = [:]

    /// Returns a file, which is the same object for as long as nobody writes it.
    ///
    /// - Returns: `nil` if it cannot be read.
    func file(at path: String, _ stamp: FileTree.Stamp) -> SourceFile? {
        if let known = files[path], known.stamp == stamp {
            return known.file
        }
        guard let bytes = FileTree.contents(of: path, size: stamp.size) else { return nil }
        let file = SourceFile(path: path, bytes: bytes)
        files[path] = (stamp, file)
        return file
    }

    /// Returns the template in a file; one with problems is read again, to report them again.
    func template(of file: SourceFile, _ problems: Problems, _ parse: () -> Template) -> Template {
        if let template = templates[file.path], template.file === file {
            return template
        }
        let count = problems.count
        let template = parse()
        templates[file.path] = problems.count == count ? template : nil
        return template
    }
}

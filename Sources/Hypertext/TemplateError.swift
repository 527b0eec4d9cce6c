/// Why compiled templates cannot be used.
///
/// The descriptions are for the log and the operator's terminal; a visitor sees none of them.
package enum TemplateError: Error, Equatable {
    /// The file cannot be opened or mapped.
    case unreadable(file: String, reason: String)
    /// The file is something else.
    case notTemplates(file: String)
    /// The file is of another version of the format.
    case otherFormat(file: String, version: String)
    /// The file ends too early.
    case truncated(file: String)
    /// The file has the right size, but its contents contradict themselves.
    case damaged(file: String)
    /// The file has no such template.
    case missing(template: String)
    /// The template was compiled for other slots than the program has.
    case schemaMismatch(template: String)
    /// The program put into a link what is no URL of the kinds that `Slot.url` takes.
    case unsafeURL(template: String)
}

extension TemplateError: CustomStringConvertible {
    package var description: String {
        let remedy = "run `postern build` with the same version as this program"
        return switch self {
        case .unreadable(let file, let reason):
            "\(file): cannot be read: \(reason)"
        case .notTemplates(let file):
            "\(file): not a file of compiled templates; \(remedy)"
        case .otherFormat(let file, let version):
            "\(file): compiled templates in format \(version), but this program reads format 2; \(remedy)"
        case .truncated(let file):
            "\(file): compiled templates that end too early, as after a broken copy; \(remedy)"
        case .damaged(let file):
            "\(file): compiled templates that are damaged; \(remedy)"
        case .missing(let template):
            "no compiled template \"\(template)\"; \(remedy)"
        case .schemaMismatch(let template):
            "the compiled template \"\(template)\" has other slots than this program; \(remedy)"
        case .unsafeURL(let template):
            "a link of the template \"\(template)\" was given something that is not a URL"
        }
    }
}

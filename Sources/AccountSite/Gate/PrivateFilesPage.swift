import Accounts
import HTTP

/// Files behind the gate that the program itself hands out, where the web server cannot ask it.
enum PrivateFilesPage {
    /// Answers with the file at the path of a request, if its visitor may have it.
    ///
    /// - Throws: `StoreError`.
    static func answer(_ visit: Visit) throws -> Response {
        guard let path = SitePath(decoded: Array(visit.request.path.utf8)) else {
            return try visit.page(NotFoundForm(), .notFound)
        }
        guard visit.request.method.isSafe else {
            return try visit.page(MethodNotAllowedForm(), .methodNotAllowed)
                .setting(.allow, to: FieldValue(methods: [.get, .head]))
        }
        let page = AskedPage.page(path, query: visit.request.queryText)
        let admission = Admission(of: visit.member, to: page, in: visit.world)
        guard case .open = admission else { return try visit.keepOut(admission, from: page) }
        switch try visit.world.privateFile(path) {
        case .file(let file, let name)?: return answer(file, name, visit.request.conditions)
        case .directory?: return Redirection(to: path.uri + "/").response
        case nil: return try visit.page(NotFoundForm(), .notFound)
        }
    }

    private static func answer(
        _ file: OpenFile, _ name: String, _ conditions: Conditions
    ) -> Response {
        let date = Timestamp(seconds: file.modifiedAt.seconds).httpDate
        let tag = file.tag
        func response(_ status: Status, _ range: Range<Int>? = nil) -> Response {
            Response(
                status, contentType: range.map { _ in MediaType.of(name) },
                file: range.map { FilePart(file, $0) }
            )
            .setting("Cache-Control", to: "private, no-cache")
            .setting(
                "Content-Security-Policy",
                to: """
                    default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                    base-uri 'none'; frame-ancestors 'none'
                    """
            )
            .setting("ETag", to: FieldValue(tag) ?? "")
            .setting("Last-Modified", to: FieldValue(date) ?? "")
            .setting("Accept-Ranges", to: "bytes")
        }
        if conditions.isCurrent(tag: tag, date: date) { return response(.notModified) }
        switch conditions.wantedRange(tag: tag, date: date, length: file.length) {
        case .whole: return response(.ok, 0..<file.length)
        case .part(let range):
            let position = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.length)"
            return response(.partialContent, range)
                .setting("Content-Range", to: FieldValue(position) ?? "")
        case .unsatisfiable:
            return response(.rangeNotSatisfiable)
                .setting("Content-Range", to: FieldValue("bytes */\(file.length)") ?? "")
        }
    }
}

extension OpenFile {
    /// What tells one state of the file from another (RFC 9110 §8.8.3).
    fileprivate var tag: String {
        let parts = [modifiedAt.seconds, modifiedAt.nanoseconds, Int64(length)]
        return "\"\(parts.map { String($0, radix: 16) }.joined(separator: "-"))\""
    }
}

extension Timestamp {
    /// The moment as header fields write it, such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
    var httpDate: String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let weekday = days[Int((dayNumber % 7 + 7) % 7)], month = months[Int(civilDate.month) - 1]
        let text = text
        return "\(weekday), \(text.dropFirst(8).prefix(2)) \(month) \(text.prefix(4)) "
            + "\(text.dropFirst(11).prefix(8)) GMT"
    }
}

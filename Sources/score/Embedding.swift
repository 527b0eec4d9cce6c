import Glibc
import HTTP

/// Who may show the form on a page of theirs, what it looks like there, and how often it answers.
///
/// The settings are environment variables, which the web server's configuration sets for the program;
/// nothing of a request gets there under these names (RFC 3875 §4.1).
struct Embedding {
    /// The sites besides this one that may show the form in a frame, and whose programs may read the answers.
    let origins: [String]
    /// The path of the form's style sheet on this site.
    let style: String?
    /// The most passwords that are scored for one network in a minute.
    let limit: Int
    /// The file in which processes count together.
    let state: String?

    /// Reads the settings.
    ///
    /// - Parameter environment: Finds a variable.
    /// - Throws: A `Complaint` that names the variable and says what may stand in it.
    init(environment: (String) -> String?) throws(Complaint) {
        var origins: [String] = []
        for origin in (environment("SCORE_ORIGINS") ?? "").split(separator: " ") {
            guard Self.isOrigin(origin) else {
                throw Self.complaint(
                    "SCORE_ORIGINS: \"\(origin)\" is not an origin",
                    "write a scheme and a host, as https://shop.example, and spaces between several"
                )
            }
            origins.append(String(origin))
        }
        self.origins = origins
        style = environment("SCORE_STYLE")
        if let style, !Self.isPath(style) {
            throw Self.complaint(
                "SCORE_STYLE: \"\(style)\" is not a path on this site",
                "write it as /styles/score.css")
        }
        let written = environment("SCORE_LIMIT") ?? "120"
        guard let limit = Int(written), limit > 0 else {
            throw Self.complaint(
                "SCORE_LIMIT: \"\(written)\" is not a number of passwords in a minute",
                "write one of at least 1")
        }
        self.limit = limit
        state = environment("SCORE_STATE")
    }

    /// The same answer, as a request from any site may have it.
    func admitting(_ origin: String?, to response: Response) -> Response {
        let framed = response.framable(by: origins)
        guard !origins.isEmpty else { return framed }
        // A cache must not give one site what another one was answered.
        let varying = framed.setting("Vary", to: "Origin")
        guard let origin, origins.contains(origin), let value = FieldValue(origin) else {
            return varying
        }
        return varying.setting("Access-Control-Allow-Origin", to: value)
    }

    /// Tells whether a text is an origin as browsers write it (RFC 6454 §6.2).
    private static func isOrigin(_ text: Substring) -> Bool {
        let schemes = ["https://", "http://"]
        guard let scheme = schemes.first(where: text.hasPrefix) else { return false }
        let host = text.dropFirst(scheme.count)
        return !host.isEmpty
            && host.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: ".-:[]".utf8.contains(byte)
                }
            }
    }

    /// Tells whether a text is a path that may stand in HTML as it is.
    private static func isPath(_ text: String) -> Bool {
        text.hasPrefix("/") && !text.hasPrefix("//")
            && text.utf8.allSatisfy {
                (0x21...0x7E).contains($0) && !"\"&'<>\\?#".utf8.contains($0)
            }
    }

    private static func complaint(_ message: String, _ hint: String) -> Complaint {
        Complaint(message, hint: hint, exitCode: EX_CONFIG)
    }
}

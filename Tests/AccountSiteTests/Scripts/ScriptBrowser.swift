import Foundation
import HTTP

/// A browser as a script has it: cookies, remembered hidden fields, a network of its own.
struct ScriptBrowser {
    let address: String
    private(set) var cookies: [(name: String, value: String)] = []
    private var remembered: [String: [(String, String)]] = [:]

    init(number: Int) {
        address = "192.0.2.\(number)"
    }

    /// The value of a cookie.
    func cookie(_ name: String) -> String? {
        cookies.first { $0.name == name }?.value
    }

    /// The fields that are sent to a path besides those that are typed.
    func hiddenFields(for path: String, without typed: [String]) -> String {
        (remembered[path] ?? [])
            .filter { !typed.contains($0.0) }
            .map { "\(PercentEncoding.encode($0.0))=\(PercentEncoding.encode($0.1))" }
            .joined(separator: "&")
    }

    /// Keeps what a browser keeps of an answer.
    mutating func take(_ response: Response, askedFrom path: String) {
        for field in response.fields where field.name == .setCookie {
            let parts = field.value.text.components(separatedBy: "; ")
            let pair = parts[0].split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            cookies.removeAll { $0.name == pair[0] }
            if !parts.contains("Max-Age=0") {
                cookies.append((String(pair[0]), String(pair[1])))
            }
        }
        let page = Markup(text: String(decoding: response.body, as: UTF8.self))
        var seen: Set<String> = []
        for form in page.hiddenFields(askedFrom: path) where seen.insert(form.action).inserted {
            remembered[form.action] = form.fields
        }
    }
}

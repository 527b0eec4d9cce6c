import Foundation

/// Knows what the site offers, so that what pages point at can be checked.
struct SiteIndex {
    /// The paths of static pages, assets, routes and everything else that is served.
    let paths: Set<String>
    /// The paths at which the program answers.
    let routes: Set<String>
    /// The classes that the styleguide shows; `nil` without a styleguide.
    var classes: Set<String>?

    /// Returns what is wrong with a link that is known at build time.
    func objection(to link: AttributeValue, inMail: Bool) -> String? {
        // Nearly every link is a path at which something is.
        if !inMail, !link.hasSlot, paths.contains(Self.path(of: link.text)) {
            return nil
        }
        let text = String(decoding: link.text, as: UTF8.self)
        if link.text.contains(UInt8(ascii: ":")) {
            let lower = text.lowercased().filter { !$0.isWhitespace }
            if ["javascript:", "vbscript:", "data:text/"].contains(where: lower.hasPrefix) {
                return "a script in a link"
            }
        }
        guard !link.hasSlot, let first = text.first, !"#?".contains(first) else { return nil }
        if text.hasPrefix("//") || text.contains(where: { $0.isWhitespace || $0 == "\\" }) {
            return "\"\(text)\" is not how a link is written"
        }
        if first == "/" {
            return objection(toPath: text, inMail: inMail)
        }
        let scheme = text.prefix { $0.isASCII && ($0.isLetter || "+-.".contains($0)) }
        guard !scheme.isEmpty, text.dropFirst(scheme.count).first == ":" else {
            let path = Self.path(of: link.text)
            return path.hasSuffix(".md")
                ? "no page is made of \"\(path)\""
                : "a link without a beginning; write it from the root: \"/…\""
        }
        return nil
    }

    private func objection(toPath text: String, inMail: Bool) -> String? {
        guard !inMail else {
            return "a mail needs a whole address; show a slot of type url instead"
        }
        let path = Self.path(of: Array(text.utf8))
        guard !paths.contains(path) else { return nil }
        return "no page, asset or route is at \"\(path)\"" + suggestion(for: path, among: paths)
    }

    /// Returns what is wrong with the address to which a form is sent.
    func objection(toAction link: AttributeValue) -> String? {
        let path = Self.path(of: link.text)
        guard link.text.first == UInt8(ascii: "/"), !link.hasSlot, paths.contains(path),
            !routes.contains(path)
        else { return nil }
        return "no route answers a form at \"\(path)\"" + suggestion(for: path, among: routes)
    }

    /// The part of a link before its query and fragment.
    static func path(of link: [UInt8]) -> String {
        String(
            decoding: link.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") },
            as: UTF8.self)
    }

    /// The part of a link after `#`, unless it means the top of a page.
    static func fragment(of link: [UInt8]) -> String? {
        guard let hash = link.firstIndex(of: UInt8(ascii: "#")) else { return nil }
        let written = String(decoding: link[(hash + 1)...], as: UTF8.self)
        let fragment = written.removingPercentEncoding ?? written
        return fragment.isEmpty || fragment == "top" ? nil : fragment
    }
}

/// Which part of a file a request wants, and which it has already (RFC 9110 §13, §14).
package struct Conditions: Sendable, Equatable {
    /// The `Range` field.
    package var range: String?
    /// The `If-Range` field.
    package var ifRange: String?
    /// The `If-None-Match` field.
    package var ifNoneMatch: String?
    /// The `If-Modified-Since` field.
    package var ifModifiedSince: String?

    package init() {}

    init(_ metaVariables: MetaVariables) {
        range = metaVariables["HTTP_RANGE"]
        ifRange = metaVariables["HTTP_IF_RANGE"]
        ifNoneMatch = metaVariables["HTTP_IF_NONE_MATCH"]
        ifModifiedSince = metaVariables["HTTP_IF_MODIFIED_SINCE"]
    }

    /// Whether the client has what is there now (§13.1.2, §13.1.3).
    ///
    /// Dates are compared as texts: a client sends back the one that it was given.
    package func isCurrent(tag: String, date: String) -> Bool {
        guard let ifNoneMatch else { return ifModifiedSince == date }
        return ifNoneMatch == "*"
            || ifNoneMatch.split(separator: ",").contains { given in
                let given = given.drop { $0 == " " }.prefix { $0 != " " }
                return given == tag || given == "W/\(tag)"
            }
    }

    /// The part that is wanted of something of so many bytes.
    ///
    /// Where the client has parts of something older, it gets all of the new (§13.1.5).
    package func wantedRange(tag: String, date: String, length: Int) -> RequestedRange {
        guard let range, ifRange == nil || ifRange == tag || ifRange == date else { return .whole }
        return RequestedRange(field: range, length: length)
    }
}

/// Why a request was refused before any page saw it.
///
/// The client sees the status alone; the description is for the log, and has nothing of what the
/// client sent in it.
package enum RequestError: Error, Equatable {
    case malformedVariable
    case duplicateVariable(String)
    case missingVariable(String)
    case malformedPath
    case malformedAddress
    case malformedQuery(FormError)
    case malformedForm(FormError)
    case malformedCookie
    case duplicateCookie
    case unsupportedMediaType
    case lengthRequired
    case malformedLength
    case bodyTooLarge(limit: Int)
    case bodyTooShort
    case bodyTooLong
    case bodyTooSlow

    /// The status with which the request is answered.
    package var status: Status {
        switch self {
        case .lengthRequired: .lengthRequired
        case .bodyTooLarge: .contentTooLarge
        case .bodyTooSlow: .requestTimeout
        case .unsupportedMediaType: .unsupportedMediaType
        // These two are the web server's doing.
        case .duplicateVariable, .missingVariable: .internalServerError
        default: .badRequest
        }
    }
}

extension RequestError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformedVariable: "a meta-variable has no name in visible ASCII"
        case .duplicateVariable(let name): "the web server sent \(name) twice"
        case .missingVariable(let name): "the web server did not send \(name)"
        case .malformedPath: "the path is not absolute UTF-8 text free of dot segments and controls"
        case .malformedAddress: "the client's address is neither IPv4 nor IPv6"
        case .malformedQuery(let error): "the query \(error.reason)"
        case .malformedForm(let error): "the form \(error.reason)"
        case .malformedCookie: "a cookie of ours has a value that we never give"
        case .duplicateCookie: "a cookie of ours came twice"
        case .unsupportedMediaType: "the body is not application/x-www-form-urlencoded"
        case .lengthRequired: "there is a body without CONTENT_LENGTH"
        case .malformedLength: "CONTENT_LENGTH is not a number"
        case .bodyTooLarge(let limit): "the body is longer than \(limit) bytes"
        case .bodyTooShort: "the body broke off before CONTENT_LENGTH bytes"
        case .bodyTooLong: "the body is longer than CONTENT_LENGTH"
        case .bodyTooSlow: "the body did not come in time"
        }
    }
}

extension FormError {
    /// What is wrong, to stand after "the form".
    var reason: String {
        switch self {
        case .tooManyFields: "has more than \(Form.maximumFieldCount) fields"
        case .namelessField: "has a field without a name"
        case .duplicateField: "has a field twice"
        case .malformedPercentEncoding: "has a % that two hexadecimal digits do not follow"
        case .nulByte: "has a NUL byte"
        case .notUTF8: "is not UTF-8"
        }
    }
}

import HTTP

/// One request of the web server, to be finished with one answer.
protocol Exchange: ~Copyable {
    /// Whether the web server asks if a request is to be answered at all, and answers it itself then
    /// (FastCGI 1.0 §6.3).
    var isForAuthorizer: Bool { get }

    /// What the web server says about the request.
    func metaVariables() throws(RequestError) -> MetaVariables

    /// Reads the body, which must have this length.
    ///
    /// Called once; nothing beyond `length` is kept.
    mutating func body(length: Int) throws(RequestError) -> [UInt8]

    /// Sends the answer and ends the exchange.
    ///
    /// A peer that is gone, or does not take the answer in time, is nobody's trouble. Each piece of a
    /// file has the time anew.
    consuming func finish(with text: CGIText)
}

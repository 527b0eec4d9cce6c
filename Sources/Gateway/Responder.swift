import Glibc
package import HTTP

/// Answers the requests of the web server that started the program, as FastCGI or as plain CGI.
///
/// Nothing of a request can reach the next one: it is made anew from what was sent for it, it is
/// given to one call, and with the answer its exchange is gone (A60).
package struct Responder: Sendable {
    /// The most bytes of a body; what is longer is refused unread.
    package var bodyLimit = 64 << 10
    /// How many proxies stand in front of the web server (A18).
    package var trustedProxies = 0
    /// The form fields that may occur more than once.
    package var repeatable: Set<String> = []
    /// The path at which the web server asks whether somebody may have a page, if the program answers
    /// that; it is then FastCGI's authorizer, too.
    package var gate: String?
    /// The seconds in which a request must have come, and those in which an answer must have gone.
    package var timeLimit = 20

    /// A responder of forms, with the limits of the house.
    package init() {}

    /// Answers one request after another until the program is told to end, or the only one of CGI.
    ///
    /// - Parameter respond: Makes the answer, also to a request that could not be understood.
    /// - Throws: `notStartedByWebServer`.
    package func run(
        _ respond: (Result<Request, RequestError>) -> Response
    ) throws(ResponderError) {
        // Whoever reads no more is seen in the result of a write.
        signal(SIGPIPE, SIG_IGN)
        switch Invocation.current {
        case .fastCGI:
            var listener = FastCGIListener(
                timeLimit: timeLimit, roles: gate == nil ? [.responder] : [.responder, .authorizer])
            while let exchange = listener.next() {
                answer(exchange, respond)
            }
        case .cgi:
            answer(CGIExchange(timeLimit: timeLimit), respond)
        case .direct:
            throw .notStartedByWebServer
        }
    }

    private func answer(
        _ exchange: consuming some Exchange & ~Copyable,
        _ respond: (Result<Request, RequestError>) -> Response
    ) {
        do {
            let metaVariables = try exchange.metaVariables()
            if let question = question(metaVariables, of: &exchange) {
                return exchange.finish(with: CGIText(respond(.success(question))))
            }
            let response = respond(request(metaVariables, of: &exchange))
            let isHead = metaVariables["REQUEST_METHOD"] == "HEAD"
            exchange.finish(with: CGIText(response, withBody: !isHead))
        } catch {
            exchange.finish(with: CGIText(respond(.failure(error))))
        }
    }

    /// What the web server asks the gate, if that is what it asks.
    private func question(
        _ metaVariables: MetaVariables, of exchange: inout some Exchange & ~Copyable
    ) -> Request? {
        guard let gate, exchange.isForAuthorizer || metaVariables.hasPath(gate) else { return nil }
        // The length may be that of a body which stays with the web server.
        if !exchange.isForAuthorizer { _ = try? exchange.body(length: 0) }
        return Request(
            question: metaVariables, at: gate, isForAuthorizer: exchange.isForAuthorizer)
    }

    private func request(
        _ metaVariables: MetaVariables, of exchange: inout some Exchange & ~Copyable
    ) -> Result<Request, RequestError> {
        do throws(RequestError) {
            let length = try metaVariables.bodyLength(limit: bodyLimit)
            let body = try exchange.body(length: length)
            return .success(
                try Request(
                    metaVariables: metaVariables, body: body, trustedProxies: trustedProxies,
                    repeatable: repeatable))
        } catch {
            return .failure(error)
        }
    }
}

/// Why there is nothing to answer.
package enum ResponderError: Error, CustomStringConvertible {
    case notStartedByWebServer

    package var description: String {
        """
        there is neither a FastCGI socket at descriptor 0 nor a CGI request in the environment; \
        this program is started by a web server
        """
    }
}

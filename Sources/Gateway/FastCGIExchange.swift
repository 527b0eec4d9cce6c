import Glibc
import HTTP

/// One request that came as FastCGI records.
struct FastCGIExchange: Exchange, ~Copyable {
    private let connection: FastCGIConnection
    private let beginning: FastCGIConnection.Beginning
    private let timeLimit: TimeLimit
    private var isRead: Bool

    init(
        _ connection: FastCGIConnection, _ beginning: FastCGIConnection.Beginning,
        timeLimit: TimeLimit
    ) {
        self.connection = connection
        self.beginning = beginning
        self.timeLimit = timeLimit
        // An authorizer has no body (§6.3). Some web servers send it an empty one, which is passed over
        // before the next request of the connection.
        isRead = beginning.role == .authorizer && beginning.keepsConnection
    }

    var isForAuthorizer: Bool { beginning.role == .authorizer }

    func metaVariables() throws(RequestError) -> MetaVariables {
        try beginning.parameters.metaVariables()
    }

    mutating func body(length: Int) throws(RequestError) -> [UInt8] {
        let body: [UInt8]
        do {
            body = try timeLimit.bound { () throws(FastCGIError) in
                try connection.standardInput(of: beginning.requestID, upTo: length)
            }
        } catch {
            throw error == .timeOver ? .bodyTooSlow : .bodyTooShort
        }
        guard body.count <= length else { throw .bodyTooLong }
        isRead = true
        guard body.count == length else { throw .bodyTooShort }
        return body
    }

    consuming func finish(with text: CGIText) {
        let id = beginning.requestID
        if let file = text.file {
            let isTaken =
                timeLimit.bound {
                    connection.send(FastCGIRecord.output(text.bytes, of: id))
                }
                && file.forEachPiece(upTo: FastCGIRecord.mostContent) { piece in
                    timeLimit.bound { connection.send(FastCGIRecord.output(piece, of: id)) }
                }
            // Without its end, the web server does not take a part for the whole.
            guard isTaken else { return connection.close() }
            connection.send(FastCGIRecord.ending(of: id))
        } else {
            let answer = FastCGIRecord.output(text.bytes, of: id) + FastCGIRecord.ending(of: id)
            _ = timeLimit.bound { connection.send(answer) }
        }
        // What is left of a body would be read as the records of the next request: a client could
        // then write any meta-variable.
        guard isRead else { return connection.closeAfterPeer() }
        if !beginning.keepsConnection {
            connection.close()
        }
    }
}

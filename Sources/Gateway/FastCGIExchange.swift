import Glibc
import HTTP

/// One request that came as FastCGI records.
struct FastCGIExchange: Exchange, ~Copyable {
    private let connection: FastCGIConnection
    private let beginning: FastCGIConnection.Beginning
    private let timeLimit: Int
    private var isRead: Bool

    init(
        _ connection: FastCGIConnection, _ beginning: FastCGIConnection.Beginning,
        timeLimit: Int
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
            body = try connection.standardInput(
                of: beginning.requestID, upTo: length, by: Deadline(seconds: timeLimit))
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
        func send(_ records: [UInt8]) -> Bool {
            connection.send(records, by: Deadline(seconds: timeLimit))
        }
        var output = FastCGIRecord.output(text.bytes, of: id)
        if let file = text.file {
            let isTaken =
                send(output)
                && file.forEachPiece(upTo: FastCGIRecord.mostContent) { piece in
                    send(FastCGIRecord.output(piece, of: id))
                }
            // Without its end, the web server does not take a part for the whole.
            guard isTaken else { return connection.close() }
            output = []
        }
        output += FastCGIRecord.ending(of: id)
        _ = send(output)
        // What is left of a body would be read as the records of the next request: a client could
        // then write any meta-variable.
        guard isRead else { return connection.closeAfterPeer() }
        if !beginning.keepsConnection {
            connection.close()
        }
    }
}

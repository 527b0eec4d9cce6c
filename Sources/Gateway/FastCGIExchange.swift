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
        try MetaVariables(entries: beginning.entries)
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
        timeLimit.bound {
            connection.send(FastCGIRecord.answer(to: beginning.requestID, output: text.bytes))
        }
        // What is left of a body would be read as the records of the next request: a client could
        // then write any meta-variable.
        guard isRead else { return connection.closeAfterPeer() }
        if !beginning.keepsConnection {
            connection.close()
        }
    }
}

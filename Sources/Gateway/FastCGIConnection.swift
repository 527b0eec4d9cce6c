import Glibc

/// A connection of the web server, over which requests come one after another.
final class FastCGIConnection {
    /// The most bytes of parameters; web servers take less than a tenth of it in header fields.
    private static let parameterLimit = 1 << 20

    let descriptor: Int32
    private let roles: [FastCGIRole]
    private(set) var isOpen = true
    // That of what is being done just now.
    private var deadline = Deadline(seconds: 0)
    // What was read, and how much of it is used.
    private var buffer: [UInt8] = []
    private var used = 0

    /// Takes over a descriptor, which does not block.
    init(descriptor: Int32, roles: [FastCGIRole]) {
        self.descriptor = descriptor
        self.roles = roles
    }

    deinit {
        close()
    }

    /// A request, of which the body is still to be read.
    struct Beginning {
        let requestID: UInt16
        let role: FastCGIRole
        let keepsConnection: Bool
        let parameters: NameValuePairs
    }

    /// Reads the next request up to its body (FastCGI 1.0 §6.2).
    func nextRequest(by deadline: Deadline) throws(FastCGIError) -> Beginning {
        self.deadline = deadline
        let begin = try nextRecord(of: nil)
        guard begin.content.count == 8 else { throw .malformed }
        let role = FastCGIRole(
            rawValue: UInt16(begin.content[0]) << 8 | UInt16(begin.content[1]))
        guard let role, roles.contains(role) else {
            send(FastCGIRecord.end(begin.requestID, .unknownRole).bytes, by: deadline)
            throw .malformed
        }
        var parameters: [UInt8] = []
        while true {
            let record = try nextRecord(of: begin.requestID)
            guard record.type == .parameters else { throw .malformed }
            guard !record.content.isEmpty else { break }
            if parameters.isEmpty {
                parameters = record.content
            } else {
                parameters += record.content
            }
            guard parameters.count <= Self.parameterLimit else { throw .malformed }
        }
        return Beginning(
            requestID: begin.requestID, role: role, keepsConnection: begin.content[2] & 1 == 1,
            parameters: try NameValuePairs(parameters))
    }

    /// Reads a request's body (FastCGI 1.0 §5.3).
    ///
    /// - Returns: The whole body or, once it is longer than `limit`, what has come of it.
    func standardInput(
        of requestID: UInt16, upTo limit: Int, by deadline: Deadline
    ) throws(FastCGIError) -> [UInt8] {
        self.deadline = deadline
        var body: [UInt8] = []
        while body.count <= limit {
            let record = try nextRecord(of: requestID)
            guard record.type == .standardInput else { throw .malformed }
            guard !record.content.isEmpty else { break }
            body += record.content
        }
        return body
    }

    /// Reads the next record of a request or, while there is none, the beginning of one.
    ///
    /// What is about no request is answered, what is about another is refused or passed over.
    private func nextRecord(of requestID: UInt16?) throws(FastCGIError) -> FastCGIRecord {
        while true {
            let record = try readRecord()
            if record.requestID == FastCGIRecord.management {
                guard record.type != .beginRequest else { throw .malformed }
                send(try FastCGIRecord.reply(toManagement: record).bytes, by: deadline)
            } else if record.requestID == requestID {
                guard record.type != .abortRequest else { throw .ended }
                return record
            } else if record.type == .beginRequest {
                guard requestID != nil else { return record }
                send(FastCGIRecord.end(record.requestID, .cannotMultiplex).bytes, by: deadline)
            }
        }
    }

    /// Sends bytes; a peer that does not take them is seen when reading.
    ///
    /// - Returns: Whether it takes them.
    @discardableResult
    func send(_ bytes: [UInt8], by deadline: Deadline) -> Bool {
        deadline.write(bytes, to: descriptor)
    }

    /// Hangs up at once.
    func close() {
        guard isOpen else { return }
        isOpen = false
        Glibc.close(descriptor)
    }

    /// Hangs up once the peer has, and so has the answer, or soon after.
    ///
    /// Were the socket closed with something unread, the peer would see an error before the answer.
    func closeAfterPeer() {
        shutdown(descriptor, Int32(SHUT_WR))
        deadline = Deadline(seconds: 1)
        while (try? receive()) != nil { buffer = [] }
        close()
    }

    private func readRecord() throws(FastCGIError) -> FastCGIRecord {
        let headerLength = FastCGIRecord.headerLength
        try read(headerLength)
        guard buffer[used] == FastCGIRecord.version else { throw .malformed }
        let length = Int(buffer[used + 4]) << 8 | Int(buffer[used + 5])
        let whole = headerLength + length + Int(buffer[used + 6])
        try read(whole)
        defer { used += whole }
        let start = used + headerLength
        return FastCGIRecord(
            type: RecordType(rawValue: buffer[used + 1]),
            requestID: UInt16(buffer[used + 2]) << 8 | UInt16(buffer[used + 3]),
            content: [UInt8](buffer[start..<start + length]))
    }

    /// Reads until so many unused bytes are there.
    private func read(_ count: Int) throws(FastCGIError) {
        guard buffer.count - used < count else { return }
        if used == buffer.count {
            buffer.removeAll(keepingCapacity: true)
        } else {
            buffer.removeFirst(used)
        }
        used = 0
        while buffer.count < count { try receive() }
    }

    /// Reads what has come, or waits until something does.
    private func receive() throws(FastCGIError) {
        let result = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 14) {
            part in
            let count = unsafe deadline.read(
                descriptor, into: UnsafeMutableRawBufferPointer(part))
            if count > 0 {
                unsafe buffer.append(contentsOf: UnsafeBufferPointer(rebasing: part[..<count]))
            }
            return count
        }
        guard result >= 0 else { throw errno == ETIMEDOUT ? .timeOver : .ended }
        guard result > 0 else { throw .ended }
    }
}

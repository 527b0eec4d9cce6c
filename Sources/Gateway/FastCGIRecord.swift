/// The unit in which FastCGI is spoken (FastCGI 1.0 §3.3).
///
///      0         1      2 3          4 5              6                7
///     version   type   request id   content length   padding length   –   content   padding
struct FastCGIRecord: Equatable {
    static let headerLength = 8
    static let version: UInt8 = 1
    /// The request id of records that are about no request.
    static let management: UInt16 = 0

    let type: RecordType
    let requestID: UInt16
    let content: [UInt8]

    /// The bytes of the record, without padding; the content is shorter than 64 KiB.
    var bytes: [UInt8] { Self.header(type, requestID, length: content.count) + content }

    private static func header(
        _ type: RecordType, _ requestID: UInt16, length: Int
    ) -> [UInt8] {
        [
            version, type.rawValue, UInt8(requestID >> 8), UInt8(requestID & 0xFF),
            UInt8(length >> 8), UInt8(length & 0xFF), 0, 0,
        ]
    }
}

/// What a record is (FastCGI 1.0 §8).
struct RecordType: RawRepresentable, Equatable {
    let rawValue: UInt8

    static let beginRequest = RecordType(rawValue: 1)
    static let abortRequest = RecordType(rawValue: 2)
    static let endRequest = RecordType(rawValue: 3)
    static let parameters = RecordType(rawValue: 4)
    static let standardInput = RecordType(rawValue: 5)
    static let standardOutput = RecordType(rawValue: 6)
    static let getValues = RecordType(rawValue: 9)
    static let getValuesResult = RecordType(rawValue: 10)
    static let unknownType = RecordType(rawValue: 11)
}

/// What the program is to be for a request (FastCGI 1.0 §6).
enum FastCGIRole: UInt16 {
    case responder = 1
    case authorizer = 2
}

extension FastCGIRecord {
    /// How a request came to its end (FastCGI 1.0 §5.5).
    enum ProtocolStatus: UInt8 {
        case requestComplete = 0
        case cannotMultiplex = 1
        case unknownRole = 3
    }

    /// Ends a request.
    static func end(_ requestID: UInt16, _ status: ProtocolStatus) -> FastCGIRecord {
        FastCGIRecord(
            type: .endRequest, requestID: requestID,
            content: [0, 0, 0, 0, status.rawValue, 0, 0, 0])
    }

    /// The greatest length of a record's content that keeps records aligned (§3.3).
    static let mostContent = 0xFFF8

    /// Output of a request, in records.
    static func output(_ bytes: [UInt8], of requestID: UInt16) -> [UInt8] {
        var records: [UInt8] = []
        // Most answers are one record, behind which there is to be room for the ending.
        records.reserveCapacity(bytes.count + 4 * headerLength)
        for start in stride(from: 0, to: bytes.count, by: mostContent) {
            let part = bytes[start..<min(start + mostContent, bytes.count)]
            records += header(.standardOutput, requestID, length: part.count)
            records += part
        }
        return records
    }

    /// The end of an answer: the empty record that ends a stream, and the end of the request.
    static func ending(of requestID: UInt16) -> [UInt8] {
        header(.standardOutput, requestID, length: 0)
            + end(requestID, .requestComplete).bytes
    }

    /// What the program says to a record about no request (FastCGI 1.0 §4).
    ///
    /// It takes one request at a time, on one connection.
    static func reply(toManagement record: FastCGIRecord) throws(FastCGIError) -> FastCGIRecord {
        guard record.type == .getValues else {
            return FastCGIRecord(
                type: .unknownType, requestID: management,
                content: [record.type.rawValue] + [UInt8](repeating: 0, count: 7))
        }
        let asked = try NameValuePairs(record.content).names
        let known = ["FCGI_MAX_CONNS=1", "FCGI_MAX_REQS=1", "FCGI_MPXS_CONNS=0"].filter { value in
            asked.contains { $0.elementsEqual(value.utf8.dropLast(2)) }
        }
        let content = known.flatMap {
            [UInt8($0.utf8.count - 2), 1] + $0.utf8.filter { $0 != 0x3D }
        }
        return FastCGIRecord(type: .getValuesResult, requestID: management, content: content)
    }
}

/// Why what a peer sends is no request, or no more of one.
enum FastCGIError: Error {
    /// Not FastCGI, or not in this order.
    case malformed
    /// The peer hung up, or gave the request up.
    case ended
    /// It did not come in time.
    case timeOver
}

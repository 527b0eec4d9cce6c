package import BreachedPasswords
package import Cryptography
internal import FlatFiles
package import WebClient

/// A service that knows breached passwords by ranges of their hashes, such as Have I Been Pwned.
///
/// It learns five digits of a hash, which a thousand passwords in its list share, and not how many
/// lines it has answered with are padding. No answer is no refusal: whatever goes wrong is said, and
/// the password is neither breached nor sound (A26).
package struct BreachedService: Sendable {
    /// The service that is asked unless the operator names another one.
    package static let standardAddress = "https://api.pwnedpasswords.com/range/"
    /// Who asks.
    package static let userAgent = "Postern (account security for small sites)"

    /// What came of asking.
    package struct Finding: Sendable, Equatable {
        package let exposure: Exposure
        /// What went wrong, in words for a log, if anything did.
        ///
        /// The exposure is unknown then, unless only the cache could not be used.
        package let trouble: String?
    }

    private static let mostBytesOfAnswer = 1 << 20

    private let client: WebClient
    private let cache: RangeCache
    private let patienceInMilliseconds: Int

    /// Names the service; nothing is read or begun before it is asked.
    ///
    /// - Parameters:
    ///   - address: The address below which every prefix has its range.
    ///   - certificates: The certificates of authorities: a file in PEM, or a directory as
    ///     `openssl rehash` leaves it.
    ///   - cache: Where ranges are kept.
    ///   - patienceInMilliseconds: For how long to wait for an answer. A form is to be answered within
    ///     1.2 seconds, and a password hash takes its part of them.
    package init(
        at address: WebAddress, certificates: String, cache: RangeCache,
        patienceInMilliseconds: Int = 600
    ) {
        client = WebClient(of: address, certificates: certificates)
        self.cache = cache
        self.patienceInMilliseconds = patienceInMilliseconds
    }

    /// Finds how often a password was seen.
    package func look(up password: Password) -> Finding {
        var trouble: String?
        do throws(Miss) {
            let exposure = try BreachHash(.sha1, of: password).exposure { prefix throws(Miss) in
                try range(of: prefix, noting: &trouble)
            }
            return Finding(exposure: exposure, trouble: trouble)
        } catch {
            return Finding(exposure: .unknown, trouble: error.description)
        }
    }

    private func range(
        of prefix: RangePrefix, noting trouble: inout String?
    ) throws(Miss) -> RangeAnswer {
        let kept = attempt(noting: &trouble) { () throws(FileError) in
            try cache.range(of: prefix)
        }
        if let kept { return kept }
        let isPaused = attempt(noting: &trouble) { () throws(FileError) in try cache.isPaused }
        guard isPaused != true else { throw .paused }
        do {
            let (text, answer) = try fetch(prefix)
            attempt(noting: &trouble) { () throws(FileError) in
                try cache.keep(text, of: prefix)
            }
            return answer
        } catch {
            attempt(noting: &trouble) { () throws(FileError) in try cache.pause() }
            throw error
        }
    }

    private func fetch(
        _ prefix: RangePrefix
    ) throws(Miss) -> (text: [UInt8], answer: RangeAnswer) {
        let text: [UInt8]
        do {
            text = try client.get(
                prefix.text, headers: [("User-Agent", Self.userAgent), ("Add-Padding", "true")],
                atMost: Self.mostBytesOfAnswer, within: patienceInMilliseconds)
        } catch {
            throw .noAnswer(error)
        }
        guard let answer = RangeAnswer(text) else { throw .noRange }
        return (text, answer)
    }

    /// Does something with the cache, without which it goes on.
    @discardableResult
    private func attempt<Value>(
        noting trouble: inout String?, _ work: () throws(FileError) -> Value?
    ) -> Value? {
        do {
            return try work()
        } catch {
            trouble = error.description
            return nil
        }
    }
}

/// Why there is no answer.
private enum Miss: Error, CustomStringConvertible {
    /// There was none a moment ago.
    case paused
    case noAnswer(WebError)
    /// There is one, of something else.
    case noRange

    var description: String {
        switch self {
        case .paused: "the service is left alone for a minute, because it gave no answer"
        case .noAnswer(let error): error.description
        case .noRange: "the answer is no range of hashes"
        }
    }
}

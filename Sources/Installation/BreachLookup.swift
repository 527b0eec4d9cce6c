package import Accounts
package import BreachedPasswords
package import Cryptography
internal import Synchronization
internal import WebClient

/// The places of an installation where breached passwords are looked up.
///
/// The filter comes first. The service is asked only about passwords that the filter does not know,
/// and nothing is opened before the first password is looked up.
package final class BreachLookup: Sendable {
    private let filterPath: String?
    private let filter = Mutex<BreachedFilter?>(nil)
    private let service: BreachedService?
    private let log: LogFile

    init(_ rules: Configuration.Breaches, in data: DataDirectory) throws(InstallationError) {
        filterPath = rules.filter.map(data.absolute)
        log = data.log
        guard let text = rules.service else {
            service = nil
            return
        }
        guard let address = WebAddress(text) else {
            throw InstallationError(
                "\(data.path)/postern.conf: 'breached-service' is no address that can be asked",
                remedy: "take \(BreachedService.standardAddress)")
        }
        service = BreachedService(
            at: address, certificates: rules.certificates, cache: data.rangeCache)
    }

    /// Finds how often a password was seen.
    ///
    /// - Parameters:
    ///   - password: The password.
    ///   - now: The time.
    /// - Returns: The exposure; unknown where nobody can say, and then the log says why (A26).
    package func exposure(of password: Password, at now: Timestamp) -> Exposure {
        let found = askFilter(password, at: now)
        guard !found.isSeen, let service else { return found }
        let finding = service.look(up: password)
        if let trouble = finding.trouble {
            log.write(LogEntry(.noBreachAnswer(reason: trouble), at: now))
        }
        return finding.exposure == .unknown ? found : finding.exposure
    }

    private func askFilter(_ password: Password, at now: Timestamp) -> Exposure {
        guard let filterPath else { return .unknown }
        do throws(BreachedFilterError) {
            return try opened(filterPath).exposure(of: password)
        } catch {
            log.write(LogEntry(.noBreachAnswer(reason: Defect(error).description), at: now))
            return .unknown
        }
    }

    private func opened(_ path: String) throws(BreachedFilterError) -> BreachedFilter {
        try filter.withLock { filter throws(BreachedFilterError) in
            if let filter { return filter }
            let opened = try BreachedFilter(contentsOfFile: path)
            filter = opened
            return opened
        }
    }

    /// Reads the whole filter, where there is one.
    ///
    /// - Throws: `BreachedFilterError` if it cannot be used.
    func verify() throws(BreachedFilterError) {
        guard let filterPath else { return }
        try opened(filterPath).verify()
    }
}

extension Defect {
    /// What is wrong with a filter, and what to do about it.
    init(_ error: BreachedFilterError) {
        self.init(error.description, remedy: error.remedy)
    }
}

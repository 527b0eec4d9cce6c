import Foundation
import Glibc
import Synchronization

/// Something that is done once, or every second until a signal comes.
struct Errand: Sendable {
    /// Does it, and says whether all went well; stops early where a signal has come.
    let run: @Sendable (Signals) throws -> Bool

    /// Does errands side by side, each on a thread of its own, so that none waits for another.
    ///
    /// - Parameters:
    ///   - errands: What is to be done.
    ///   - watching: Whether to do it again and again.
    ///   - signals: Those that end it.
    /// - Returns: Whether all went well.
    /// - Throws: The last error; the first one ends the others as a signal would.
    static func runAll(
        _ errands: [Errand], watching: Bool, until signals: Signals
    ) throws -> Bool {
        let results = Mutex<[Result<Bool, any Error>]>([])
        let group = DispatchGroup()
        for errand in errands {
            group.enter()
            Thread {
                let result = Result { try errand.run(watching: watching, until: signals) }
                results.withLock { $0.append(result) }
                if case .failure = result { kill(getpid(), SIGTERM) }
                group.leave()
            }.start()
        }
        group.wait()
        return try results.withLock { try $0.allSatisfy { try $0.get() } }
    }

    private func run(watching: Bool, until signals: Signals) throws -> Bool {
        var isSound = true
        repeat {
            isSound = try run(signals) && isSound
        } while watching && !signals.wait(seconds: 1)
        return isSound
    }
}

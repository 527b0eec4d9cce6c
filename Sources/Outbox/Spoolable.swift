/// What a spool carries: mail, or text messages.
package protocol Spoolable: Sendable, Equatable {
    /// The word with which the file of a message of this kind begins.
    static var kind: String { get }
    /// The names of the lines that say where a message goes, in their order.
    static var envelopeNames: [String] { get }
    static var retries: Retries { get }

    /// The values of those lines, each one line of text.
    var envelope: [String] { get }
    /// The message itself.
    var content: [UInt8] { get }
    /// Takes what `envelope` and `content` have given; nil if it is anything else.
    init?(envelope: [String], content: [UInt8])

    /// To whom it goes.
    var recipientText: String { get }
    /// The second since 1970 from which on nobody may get it any more; nil if it is never too late.
    var expiresAt: Int64? { get }
}

/// When a message is handed over once more that nobody took.
package struct Retries: Sendable {
    /// After how many seconds for the first time.
    let first: Int64
    /// How many times as long each wait is as the one before.
    let factor: Int64
    /// The longest wait, in seconds.
    let longest: Int64
    /// For how many seconds a message is tried that does not expire.
    let patience: Int64

    package init(first: Int64, factor: Int64, longest: Int64, patience: Int64) {
        self.first = first
        self.factor = factor
        self.longest = longest
        self.patience = patience
    }

    /// How many seconds the next attempt waits after so many that did not succeed.
    func wait(after attempts: Int) -> Int64 {
        var wait = first
        for _ in 1..<max(1, min(attempts, 20)) {
            wait = min(wait * factor, longest)
        }
        return wait
    }
}

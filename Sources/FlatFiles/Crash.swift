/// What a change outlives once the call that made it has returned.
package enum Crash: Sendable {
    /// The end of the process at any instruction, as by `kill -9`. A loss of power may undo it.
    case kill
    /// A loss of power too: the change stands on the disk.
    case powerLoss
}

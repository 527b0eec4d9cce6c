internal import Hypertext

/// A page, a mail or a message in one of the cases that can occur.
struct PreviewState: Sendable {
    /// What is the case, as in the address of the preview: `problem-email-missing`.
    let name: String
    /// What stands in the slots.
    let content: [String: SlotContent]
}

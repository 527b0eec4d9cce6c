import Hypertext

/// A page of the program: what its template shows, and what every page shows besides.
protocol AccountForm: FormTemplate {
    var frame: Frame { get set }
    /// The password of which the page warns, by which its form knows it again.
    var warned: WarnedPassword? { get }
}

extension AccountForm {
    var warned: WarnedPassword? { nil }
}

/// What every page shows, whatever it is about.
struct Frame: Sendable {
    /// The value of the hidden field by which the program knows its own form again.
    var formToken = ""
    /// Whether a person is signed in, who can then sign out.
    var isSignedIn = false
    /// Whether the form had been open for too long and is shown afresh.
    var isStale = false
    /// The page's own address, at whose end the tag of another language goes; empty where the page
    /// cannot be asked for again.
    var here = ""
}

extension AccountForm {
    /// The slots of the frame, which come first in every page's schema.
    static var frameSlots: [Slot<Self>] {
        [
            .text("form-token") { $0.frame.formToken },
            .flag("signed-in") { $0.frame.isSignedIn },
            .flag("stale") { $0.frame.isStale },
            .url("here") { $0.frame.here },
        ]
    }
}

/// A closed set of names that a template can tell apart.
typealias Choice = CaseIterable & RawRepresentable & Sendable

/// One thing that is wrong with a form, and where.
struct Problem<Field: Sendable, Kind: Sendable> {
    /// The id of the input, to which the summary of errors leads.
    let field: Field
    let kind: Kind

    init(_ field: Field, _ kind: Kind) {
        self.field = field
        self.kind = kind
    }
}

// Only this asks for choices: if the type did, each start of a program would look the conformances up.
extension Problem: SlotRecord
where
    Field: CaseIterable & RawRepresentable<String>, Kind: CaseIterable & RawRepresentable<String>
{
    static var slots: [Slot<Self>] {
        [
            .choice("field", of: Field.self) { $0.field },
            .choice("problem", of: Kind.self) { $0.kind },
        ]
    }
}

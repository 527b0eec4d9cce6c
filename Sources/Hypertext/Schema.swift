/// The type of a slot.
package enum SlotType: Sendable, Hashable {
    case text
    case url
    case count
    case flag
    case choice([String])
    case list([SlotDeclaration])
}

/// The name and the type of a slot.
package struct SlotDeclaration: Sendable, Hashable {
    /// The name, as templates say it.
    package let name: String
    /// The type.
    package let type: SlotType

    /// Declares a slot.
    package init(_ name: String, _ type: SlotType) {
        self.name = name
        self.type = type
    }
}

/// The slots of a template: what the program fills and what the template may show.
package struct Schema: Sendable, Hashable {
    /// The name of the template.
    package let name: String
    /// The slots in order; compiled templates speak of them by position.
    package let slots: [SlotDeclaration]

    /// Makes a schema of declared slots.
    package init(name: String, slots: [SlotDeclaration]) {
        self.name = name
        self.slots = slots
    }

    /// Takes the schema from the program's own type.
    package init<Form: FormTemplate>(of form: Form.Type) {
        self.init(name: Form.name, slots: Form.slots.map(\.declaration))
    }

    /// A fingerprint of the slots' names, types and order.
    ///
    /// A compiled template carries it, so that program and file of different days never mistake
    /// one slot for another.
    package var hash: UInt64 {
        var hash = StableHash()
        for slot in slots {
            hash.combine(slot.stableHash)
        }
        return hash.value
    }
}

// MARK: - The one spelling

// `email: text; problems: list(field: choice email password; message: text; ); `

extension SlotDeclaration: CustomStringConvertible {
    /// The declaration in its one spelling, without the semicolon that ends it.
    package var description: String {
        var text = ""
        spell { text += $0 }
        return String(text.dropLast(2))
    }

    /// The hash of the one spelling.
    var stableHash: UInt64 {
        var hash = StableHash()
        spell { hash.combine($0.utf8) }
        return hash.value
    }

    /// Hands the parts of the one spelling to `write`.
    private func spell(_ write: (String) -> Void) {
        write(name)
        write(": ")
        switch type {
        case .text: write("text")
        case .url: write("url")
        case .count: write("count")
        case .flag: write("flag")
        case .choice(let cases):
            write("choice")
            for name in cases {
                write(" ")
                write(name)
            }
        case .list(let slots):
            write("list(")
            for slot in slots {
                slot.spell(write)
            }
            write(")")
        }
        write("; ")
    }
}

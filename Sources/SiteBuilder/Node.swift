/// A part of a template as it was written.
struct Node {
    indirect enum Kind {
        case literal([UInt8])
        case variable(String)
        case text(TextCall)
        case asset(String)
        case url(String)
        case condition(Condition, then: [Node], otherwise: [Node])
        case each(String, body: [Node])
        case component(ComponentCall)
        case block(String, [Node])
        case example([Argument], body: [Node])
        case source([KeyPart])
        case content
        case body
    }

    let kind: Kind
    let location: Location
}

/// `{{t sign-in.title}}`, `{{t problems.[message] email=email}}`.
struct TextCall {
    let key: [KeyPart]
    let arguments: [Argument]
}

/// A piece of a text's key, or a case that a choice is compared with.
struct KeyPart {
    enum Kind {
        case literal(String)
        case bracket(String)
    }

    let kind: Kind
    let location: Location
}

/// `name="literal"` or `name=name`.
struct Argument {
    enum Value {
        case literal(String)
        case name(String)
    }

    let name: String
    let value: Value
    let location: Location
}

/// `{{#if name}}` or `{{#if name is a b}}`.
struct Condition {
    let name: String
    let cases: [KeyPart]?
}

/// `{{> field name="email"}}`, `{{#> panel}} … {{/panel}}`.
struct ComponentCall {
    let name: String
    let arguments: [Argument]
    let body: [Node]?
    /// The call has its line for itself, so the component's last line ends as its own file says;
    /// elsewhere the line goes on.
    let isWholeLine: Bool
}

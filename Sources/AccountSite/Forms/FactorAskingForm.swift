/// A form that asks somebody who is signed in for their password and, if they have a second factor,
/// for a code of it.
protocol FactorAskingForm: PasswordAskingForm where Field: FactorCodeField, Kind: FactorCodeKind {}

/// The inputs of such a form.
protocol FactorCodeField: PasswordField {
    static var code: Self { get }
}

/// What may be wrong with such a form.
protocol FactorCodeKind: PasswordKind {
    static var missing: Self { get }
    static var wrong: Self { get }
}

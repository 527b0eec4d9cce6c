/// A form that asks somebody who is signed in for their password again.
protocol PasswordAskingForm: ThrottledForm where Field: PasswordField, Kind: PasswordKind {}

/// The inputs of such a form.
protocol PasswordField: FormField {
    static var password: Self { get }
}

/// What may be wrong with such a form.
protocol PasswordKind: ThrottledKind {
    static var passwordMissing: Self { get }
    static var passwordWrong: Self { get }
}

/// A form that says how long to wait where it was sent too often.
protocol ThrottledForm: AccountForm {
    associatedtype Field: FormField
    associatedtype Kind: ThrottledKind
    var wait: WaitPhrase? { get set }
    var problems: [Problem<Field, Kind>] { get set }
}

/// The inputs of a form, and the form as a whole, where what is wrong is wrong with no single one.
protocol FormField: Choice where RawValue == String {
    static var form: Self { get }
}

/// What may be wrong with a form, among it that it comes too early.
protocol ThrottledKind: Choice where RawValue == String {
    static var throttled: Self { get }
}

/// The number of a case in `zxcvbn.h`: its place among all cases, from 1, or 0 for none.
///
/// New cases of `Warning` and `Suggestion` come last, or every program that was compiled against the
/// header would read another text.
struct Code<Case: CaseIterable & Equatable> where Case.AllCases == [Case] {
    let number: UInt32

    init(_ value: Case?) {
        let place = value.flatMap { Case.allCases.firstIndex(of: $0) }
        number = place.map { UInt32($0 + 1) } ?? 0
    }

    /// Takes a number from outside.
    init(number: UInt32) {
        self.number = number
    }

    /// The case, if the number has one.
    var value: Case? {
        guard (1...Case.allCases.count).contains(Int(number)) else { return nil }
        return Case.allCases[Int(number) - 1]
    }
}

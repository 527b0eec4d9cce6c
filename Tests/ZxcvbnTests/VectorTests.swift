import Testing
import Zxcvbn

/// The answers of dropbox/zxcvbn 4.4.2.
@Suite struct VectorTests {
    let estimator = Estimator()

    @Test(arguments: [
        ("zxcvbn-reference.jsonl", 3211, 2026),
        ("zxcvbn-reference-long.jsonl", 60, 2026),
        ("zxcvbn-reference-2017.jsonl", 400, 2017),
    ])
    func `gives the original's answer`(file: String, count: Int, year: Int) throws {
        let vectors = try Vector.load(file)
        #expect(vectors.count == count)
        for vector in vectors {
            let estimate = estimator.estimate(
                vector.password, userInputs: vector.user_inputs ?? [], referenceYear: year)
            let differences = vector.differences(from: estimate)
            #expect(differences.isEmpty, "\(vector.password.debugDescription): \(differences)")
        }
    }
}

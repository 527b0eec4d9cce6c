import Testing

@testable import score

@Suite struct OptionsTests {
    @Test func `understands every option`() throws {
        let options = try Options(["--json", "--input", "json", "--year", "2026", "--words", "x"])
        #expect(options.isJSON && options.input == .json && options.year == 2026)
        #expect(options.words == ["x"])
        #expect(try Options([]).year == nil)
        #expect(try Options(["--help"]).isHelp)
    }

    @Test(arguments: [
        ["hunter2"], ["--json", "hunter2"], ["--hunter2"], ["--input", "hunter2"], ["--input"],
        ["--year", "hunter2"], ["--year"], ["--year", "0"], ["--year", "10000"], ["--year=2026"],
        [""], ["--"], ["-"], ["--words"],
    ])
    func `refuses anything else and does not repeat it`(arguments: [String]) {
        let complaint = #expect(throws: Complaint.self) { try Options(arguments) }
        #expect(complaint?.hint != nil)
        #expect(complaint.map { "\($0)".contains("hunter2") } == false)
    }
}

import Foundation
import Testing

@testable import SiteBuilder

/// The small parts of which the output is made.
@Suite struct OutputTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("2000-02-29", 11_016), ("2026-11-29", 20_786), ("1969-12-31", -1),
        ("2100-03-01", 47_541),
    ])
    func `counts the days`(text: String, number: Int) {
        // The numbers are those of Python's datetime.date.
        #expect(Day(text)?.number == number)
        #expect(Day(number: number).text == text)
    }

    @Test(arguments: [
        "", "2026-2-3", "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-01", "2026-01-00",
        "2026-01-32", "2026-01-01T00:00:00Z", " 2026-01-01", "+202-01-01", "２０２６-01-01",
    ])
    func `takes nothing else for a day`(text: String) {
        #expect(Day(text) == nil)
    }

    @Test(arguments: [
        ("a { color : red ; }", "a{color :red}"),
        ("a , b > c + d ~ e{}", "a,b > c + d ~ e{}"),
        ("a :hover { }", "a :hover{}"),
        ("a/* x */ b{}", "a b{}"),
        ("a /* x */b{}", "a b{}"),
        ("a/**/.b{}", "a/**/.b{}"),
        ("a{--x: ;--y: }", "a{--x: ;--y: }"),
        ("a{width:calc( 1px + 2px )}", "a{width:calc( 1px + 2px )}"),
        ("@media print and (width: 2px) { a { b: c } }", "@media print and (width:2px){a{b:c}}"),
        ("a{content:\"  /* } */ \\\" ; \"}", "a{content:\"  /* } */ \\\" ; \"}"),
        ("a{content:'\\'  '}", "a{content:'\\'  '}"),
        ("a{background:url( a /* b.png )}", "a{background:url( a /* b.png )}"),
        ("a{background:url(\"a)  b\")  }", "a{background:url(\"a)  b\")}"),
        ("a\\  b{}", "a\\  b{}"),
        ("a{b:c}/* open", "a{b:c}"),
        ("a{b:\"open", "a{b:\"open"),
    ])
    func `takes from a style sheet what means nothing`(sheet: String, minified: String) {
        #expect(
            String(decoding: StyleSheet.minified(Array(sheet.utf8)), as: UTF8.self)
                == minified + "\n")
    }

    @Test(arguments: [
        // By the formula of WCAG 2.2, as in its "Understanding 1.4.3": 21 at most, 1 at least.
        ("#000", "#fff", 21.0), ("#fff", "#ffffff", 1.0), ("#777777", "#fff", 4.478),
        ("#767676", "#ffffff", 4.542), ("#f00", "#fff", 3.998),
    ])
    func `knows how much colours differ`(a: String, b: String, ratio: Double) throws {
        let (a, b) = try (#require(Colour(a)), #require(Colour(b)))
        #expect(abs(a.contrast(with: b) - ratio) < 0.001)
        #expect(a.contrast(with: b) == b.contrast(with: a))
    }

    @Test(arguments: ["", "#", "#ff", "#ffff", "fff", "#ggg", "red", "#-12"])
    func `takes nothing else for a colour`(text: String) {
        #expect(Colour(text) == nil)
    }

    /// What is read without the YAML library is what the library would read.
    @Test(arguments: [
        "title: Getting help\n", "title: A b: c\n", "title: A #b\n", "title: a#b:c\n",
        "title: \"quoted\"\n", "title: 'x'\n", "a: 1\nb: yes\n", "a: x\n  y\n", "a: x\n",
        "a: x  \n", "a:  x\n", "a:\n", "- a\n", "a: [b]\n", "a: b\na: c\n", "a: Über uns\n",
        "a: x\n# c\nb: y\n", "a: x\n\nb: y\n", "a: x:\n", "a: \u{85}x\n", "a: x\u{2028}y\n",
    ])
    func `reads plain front matter as YAML`(yaml: String) {
        let file = SourceFile(path: "x", bytes: Array(yaml.utf8))
        let range = 0..<file.bytes.count
        guard let plain = PlainYAML.scalars(in: range, of: file) else { return }
        let problems = Problems()
        let library = YAMLReader(file: file, problems: problems).scalars(in: range)
        #expect(problems.isEmpty)
        #expect(plain.map(\.key) == library.map(\.key))
        #expect(plain.map(\.value.text) == library.map(\.value.text))
        #expect(plain.map(\.value.location) == library.map(\.value.location))
    }
}

import Glibc
import Hypertext

@testable import SiteBuilder

// A libFuzzer target over the template compiler, see ../run-templates.
//
// The first byte of an input says what the rest is. Whatever it is, the build ends with problems
// that can be printed, or with a file that the program can read.

/// The files that an input may be.
let names = [
    "pages/fuzz.html", "pages/fuzz.md", "forms/fuzz.html", "mails/fuzz.txt", "mails/fuzz.html",
    "components/part.html", "layouts/page.html", "texts/en.yml", "assets/site.css", "site.yml",
    "security.yml", "honour.yml",
]

let basis = [
    "site.yml": "language: en\nname: Seeds\nurl: https://example.org\ncontrast: [ink on paper]\n",
    "texts/en.yml": "title: Seeds\nbold: Very <b>bold</b> {name}\nkind:\n  warm: Warm\n  cool: Cool\n",
    "layouts/page.html": "<title>{{t [page.title]}}</title>{{$head}}{{/head}}<p id=\"main\">{{content}}</p>",
    "components/part.html": "---\nparameters: id label?\n---\n<i id=\"{{id}}\">{{label}}{{body}}</i>\n",
    "pages/index.html": "---\nlayout: page\ntitle: title\n---\n<p>x</p>\n",
    "assets/site.css": ":root { --ink: #000; --paper: #fff }",
    "mails/fuzz.txt": "---\nsubject: title\nslots:\n  name: text\n---\n{{name}}\n",
    "mails/fuzz.html": "<p>{{name}}</p>\n",
]

let path = "/dev/shm/postern-fuzz-\(getpid()).seg"

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0 else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    var files = basis.mapValues { Array($0.utf8) }
    files[names[Int(bytes[0]) % names.count]] = Array(bytes.dropFirst())

    let problems = Problems()
    let site = SiteReader.site(
        of: files, SiteReader.Premises(routes: ["sign-in": "/sign-in"], date: Day(number: 0), showsDrafts: true),
        problems)
    let compiler = SiteCompiler(site: site, schemas: nil, cache: PageCache(), problems)
    do {
        let templates = try compiler.compile(to: Nowhere())
        guard problems.isEmpty else {
            for problem in problems.sorted { precondition(!problem.description.isEmpty) }
            return 0
        }
        write(TemplateWriter.file(of: templates))
        _ = try CompiledTemplates(contentsOfFile: path)
    } catch {
        fatalError("\(error)")
    }
    return 0
}

/// Takes every file and keeps none.
struct Nowhere: SiteSink {
    func put(_ bytes: [UInt8], at path: String) {}
    func keep(_ path: String) {}
}

/// Writes the file that is read again.
func write(_ bytes: [UInt8]) {
    let file = unsafe fopen(path, "w")
    unsafe fwrite(bytes, 1, bytes.count, file)
    unsafe fclose(file)
}

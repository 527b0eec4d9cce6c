import Glibc
import Hypertext
import SiteBuilder

// Times a page of the size and make of those that `account` shows: `render-page SITE DIRECTORY`
// builds the site into the directory, writes the page into `page.html` there, and prints the median
// time of rendering it, in microseconds.

/// A page that is shown again because two fields are wrong.
struct SignUp: FormTemplate {
    static let name = "sign-up"
    static let slots: [Slot<Self>] = [
        .text("email") { $0.email },
        .flag("advice") { _ in true },
        .text("score") { _ in "1" },
        .text("warning") { $0.warning },
        .list("suggestions", of: Words.self) { $0.suggestions },
        .list("passphrases", of: Words.self) { $0.passphrases },
        .list("problems", of: Problem.self) { $0.problems },
        .text("form-token") { $0.token },
        .flag("signed-in") { _ in false },
        .flag("stale") { _ in false },
        .url("here") { _ in "" },
    ]

    struct Words: SlotRecord {
        static let slots: [Slot<Self>] = [.text("text") { $0.text }]
        let text: String
    }

    struct Problem: SlotRecord {
        static let slots: [Slot<Self>] = [
            .choice("field", of: Field.self) { $0.field }, .text("message") { $0.message },
        ]
        enum Field: String, CaseIterable {
            case email
            case newPassword = "new-password"
        }
        let field: Field
        let message: String
    }

    let token = "3f1c0a77b2d94e58a6c1f0937be2d46158"
    let email = "rowan.ash \"the gardener\" <rowan@example"
    let warning = "This is one of the hundred most used passwords."
    let suggestions = ["Add another word or two.", "Capitals at the beginning help little."]
        .map(Words.init)
    let passphrases = ["copper lantern walks twice", "seven quiet ferns agree", "my kettle sings < dawn"]
        .map(Words.init)
    let problems = [
        Problem(field: .email, message: "Enter an address like name@example.org."),
        Problem(field: .newPassword, message: "Choose a password that is harder to guess."),
    ]
}

guard CommandLine.arguments.count == 3 else {
    print("usage: render-page SITE DIRECTORY")
    exit(2)
}
let directory = CommandLine.arguments[2]
let build = SiteBuild(
    site: CommandLine.arguments[1], output: directory + "/public",
    forms: directory + "/forms.seg", schemas: nil,
    routes: ["sign-up": "/account/sign-up"], date: Day(number: 0))
_ = try build.run()
let templates = try CompiledTemplates(contentsOfFile: directory + "/forms.seg")
try templates.check(forms: [Schema(of: SignUp.self)])

/// The time of the machine in microseconds.
func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

var times: [Double] = []
var page: [UInt8] = []
for _ in 0..<20_000 {
    let begin = now()
    page = try templates.render(SignUp(), language: "en")
    times.append(now() - begin)
}
let file = unsafe fopen(directory + "/page.html", "w")
unsafe fwrite(page, 1, page.count, file)
unsafe fclose(file)
print(times.sorted()[times.count / 2])

import Foundation
import Mustache

// The page of render-page by swift-mustache: `render-mustache TEMPLATES DIRECTORY` writes it into
// `mustache.html`, and prints the median time of rendering it, in microseconds. The templates are
// parsed before.

let library = try await MustacheLibrary(directory: CommandLine.arguments[1])
let problems = [
    ["field": "email", "message": "Enter an address like name@example.org."],
    ["field": "new-password", "message": "Choose a password that is harder to guess."],
]
let page: [String: Any] = [
    "language": "en",
    "token": "3f1c0a77b2d94e58a6c1f0937be2d46158",
    "email": "rowan.ash \"the gardener\" <rowan@example",
    "advice": true,
    "score": "1",
    "warning": "This is one of the hundred most used passwords.",
    "suggestions": ["Add another word or two.", "Capitals at the beginning help little."],
    "passphrases": ["copper lantern walks twice", "seven quiet ferns agree", "my kettle sings < dawn"],
    "problems": ["list": problems],
    "signed-in": false,
    "stale": false,
    // Mustache cannot ask which field a problem is of, so each field has its own.
    "fields": [
        "email": [
            "id": "email", "label": "Email",
            "hint": "We send you one message, to see that it is yours.",
            "problems": [problems[0]],
        ] as [String: Any],
        "password": [
            "id": "new-password", "label": "Create a password",
            "hint": "At least 8 characters. Long is better than odd.",
            "problems": [problems[1]],
        ],
    ],
]

var times: [Double] = []
var text = ""
let clock = ContinuousClock()
for _ in 0..<2_000 {
    let duration = clock.measure {
        text = library.render(page, withTemplate: "sign-up") ?? ""
    }
    times.append(Double(duration.components.attoseconds) / 1e12)
}
try Data(text.utf8).write(to: URL(filePath: CommandLine.arguments[2] + "/mustache.html"))
print(times.sorted()[times.count / 2])

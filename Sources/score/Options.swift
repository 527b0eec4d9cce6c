/// What the arguments ask for.
struct Options: Equatable {
    static let help = """
        usage: score [--json] [--input text|json] [--year YEAR] [--words TABLE] < passwords

        Reads one password a line from standard input, and answers each with a line: how many
        guesses it takes, and why. On a terminal it asks for one password and does not show it.
        A password is never taken as an argument, where other users of the machine could read it.

          --json          answer with JSON, one object a line; {"error":"…"} for a bad line
          --input json    read lines like {"password":"…","user_inputs":["…"]}
          --year YEAR     the present year, 1 to 9999, near which an attacker looks for dates
          --words TABLE   words besides the built-in ones, as postern words compiles them;
                          may be given several times
          --help          show this

        Of a bad line, standard error says where it is; the others are answered all the same, and
        the exit code is 65.

        example:
          printf '%s\\n' 'correct horse' | score --json

        A web server runs the same program as FastCGI or CGI: GET shows a form, POST answers it.

        """

    enum Input: Equatable {
        case text
        case json
    }

    var isHelp = false
    var isJSON = false
    var input = Input.text
    /// Unless it is given, that of the calendar.
    var year: Int?
    /// The files of further words.
    var words: [String] = []

    init(_ arguments: some Sequence<String>) throws(Complaint) {
        var rest = arguments.makeIterator()
        while let argument = rest.next() {
            switch argument {
            case "--help", "-h": isHelp = true
            case "--json": isJSON = true
            case "--input": input = try Self.input(rest.next())
            case "--year": year = try Self.year(rest.next())
            case "--words": words.append(try Self.path(rest.next()))
            default:
                throw Complaint(
                    "there is an argument that is not an option",
                    hint: "give passwords on standard input, never as arguments; see score --help")
            }
        }
    }

    private static func input(_ text: String?) throws(Complaint) -> Input {
        switch text {
        case "text": return .text
        case "json": return .json
        default:
            throw Complaint("--input has another value than text or json", hint: "see score --help")
        }
    }

    private static func path(_ text: String?) throws(Complaint) -> String {
        guard let text else {
            throw Complaint("--words has no file behind it", hint: "see score --help")
        }
        return text
    }

    private static func year(_ text: String?) throws(Complaint) -> Int {
        guard let text, let year = Int(text), (1...9999).contains(year) else {
            throw Complaint(
                "--year has another value than a year from 1 to 9999", hint: "see score --help")
        }
        return year
    }
}

import ArgumentParser
import Installation

/// `postern texts`: text messages on their way out.
struct TextsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "texts",
        abstract: "See what text messages are on their way.",
        subcommands: [TextsList.self])
}

/// `postern texts list`: what is in the spool for text messages.
struct TextsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the text messages that have not left yet, or were given up.",
        discussion: """
            One line for each message: its file below spool/texts/, when it came, to which number it \
            goes, how often it was tried, and why the last attempt did not succeed. The code in a \
            message that was given up is of no use to anybody; remove it when you know the reason. With \
            --json a line is an object: 'file', 'added_at', 'to', 'attempts', 'due_at', 'reason'.

            Example:
              postern texts list --data /var/lib/millbrook
            """)

    @Flag(help: "Write a JSON object in each line.")
    var json = false

    @OptionGroup var data: DataOption

    func run() throws {
        let data = try data.open()
        let spool = try installed { () throws(InstallationError) in try data.textSpool() }
        try printListings(of: spool, json: json)
    }
}

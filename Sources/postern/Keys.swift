import Accounts
import ArgumentParser
import Cryptography
import Installation

/// `postern keys`: the keys that seal cookies and links.
struct Keys: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "See the keys of a site, and renew those that seal cookies and links.",
        subcommands: [KeysList.self, KeysRotate.self])
}

/// `postern keys list`: which keys there are.
struct KeysList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the keys by their ids; no line holds a secret.",
        discussion: """
            One line for each key: its ring, its id, and since when it is there. The newest of a ring \
            is used for what is new, the others for what they have made. Only the keys of 'ring' are \
            rotated. With --json a line is an object: 'ring', 'id', 'created_at', 'newest'.

            Example:
              postern keys list --data /var/lib/millbrook
            """)

    @Flag(help: "Write a JSON object in each line.")
    var json = false

    @OptionGroup var data: DataOption

    func run() throws {
        let data = try data.open()
        let rings = try installed { () throws(InstallationError) in
            [
                ("ring", try data.keys()),
                ("pepper", try data.peppers(try data.configuration())),
                ("factors", try data.factorKeys()), ("names", try data.nameKeys()),
            ]
        }
        for (name, ring) in rings {
            for (id, createdAt) in ring.index {
                print(line(name, id, Timestamp(seconds: createdAt), isNewest: id == ring.newestID))
            }
        }
    }

    private func line(
        _ ring: String, _ id: KeyID, _ createdAt: Timestamp, isNewest: Bool
    ) -> String {
        guard json else {
            return "\(ring)  \(id)  since \(createdAt.text)\(isNewest ? "  newest" : "")"
        }
        let members: [JSON.Member] = [
            ("ring", .text(ring)), ("id", .text("\(id)")), ("created_at", .text(createdAt.text)),
            ("newest", .truth(isNewest)),
        ]
        return JSON.object(members).line
    }
}

/// `postern keys rotate`: a new key, and an end to those that are no longer needed.
struct KeysRotate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Seal with a new key from now on.",
        discussion: """
            What the older keys have sealed stays valid, until nothing of theirs can be: then they are \
            taken off the ring. If a key may have become known, use --keep 0, which ends every \
            session and every link at once. The account program takes the new ring up by itself.

            Example, once a month:
              postern keys rotate --data /var/lib/millbrook
            """)

    @Option(
        help: ArgumentHelp(
            "For how many days older keys are kept after their last use (default: as long as a session or a link can last).",
            valueName: "days"))
    var keep: Int?

    @OptionGroup var data: DataOption

    func validate() throws {
        guard (0...1000).contains(keep ?? 0) else {
            throw ValidationError("--keep takes a number of days from 0 to 1000")
        }
    }

    func run() throws {
        let data = try data.open()
        let (before, after) = try installed { () throws(InstallationError) in
            // The longest-lived link is that of a notice, which says “this was not me”.
            let longest = max(
                Int64(try data.configuration().sessionDays) * Duration.day,
                Confirmation.Purpose.notMe.lifetime)
            return try data.rotateKeys(
                at: Timestamp.now.seconds, keeping: keep.map { Int64($0) * Duration.day } ?? longest
            )
        }
        data.log.write(LogEntry(.maintained(.keysRotated), at: .now))
        let kept = after.index.map(\.id)
        print("new key \(after.newestID)")
        for key in before.index where !kept.contains(key.id) {
            print("removed key \(key.id)")
        }
    }
}

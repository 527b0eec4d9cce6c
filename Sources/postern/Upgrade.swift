import Accounts
import ArgumentParser
import Installation

/// `postern upgrade`: makes what a data directory of an earlier version lacks.
struct Upgrade: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make what a data directory of an earlier version lacks.",
        discussion: """
            Nothing that is there is changed. Run it after a new version has been installed; what was \
            made is printed, a line each.

            Example:
              postern upgrade --data /var/lib/millbrook
            """)

    @OptionGroup var data: DataOption

    func run() throws {
        let data = try data.open()
        let made = try installed { () throws(InstallationError) in
            try data.upgrade(at: Timestamp.now.seconds)
        }
        for path in made {
            print("\(data.path)/\(path)")
        }
    }
}

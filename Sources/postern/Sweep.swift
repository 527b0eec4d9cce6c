import AccountFiles
import ArgumentParser
import Installation
import Mail
import Outbox
import Texts

/// `postern sweep`: removes what is no longer valid.
struct Sweep: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: """
            Remove links, forms and ranges of breached passwords that have expired, and what crashes \
            left behind.
            """,
        discussion: """
            Nothing that is removed could be used any more. Run it once a day.

            Example:
              postern sweep --data /var/lib/millbrook
            """)

    @OptionGroup var data: DataOption

    func run() throws {
        let data = try data.open()
        let (store, mail, texts) = try installed { () throws(InstallationError) in
            (try data.store(), try data.mailSpool(), try data.textSpool())
        }
        try stored {
            try store.sweep(at: .now)
            try mail.sweep()
            try texts.sweep()
            try data.rangeCache.sweep()
            try data.sweepImportedDecoy(store)
        }
    }
}

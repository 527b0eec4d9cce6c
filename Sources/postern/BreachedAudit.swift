import ArgumentParser
import BreachedPasswords
import Glibc

/// `postern breached audit`: what share of a list of hashes is known from breaches.
struct BreachedAudit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Say what share of a list of hashes is known from breaches.",
        discussion: """
            The list is one of those that 'postern breached build' takes, by the function of the \
            filter; each line counts. Nothing is said about a single line. Some hashes are found by \
            chance: of those that are not known, the share that the filter was built for.

            Example:
              postern breached audit ntlm-of-our-users.txt --filter /srv/ntlm.filter
            """)

    @Argument(help: "The list.", completion: .file())
    var list: String

    @OptionGroup var filter: FilterOption

    @Flag(help: "Answer with one line of JSON.")
    var json = false

    @OptionGroup var form: ListForm

    func run() throws {
        let report = try withBreachedPasswords {
            let filter = try BreachedFilter(contentsOfFile: filter.filter)
            var reader = try BreachListReader(path: list, as: form.form)
            guard reader.function == filter.function else { throw refuse(reader.function) }
            var report = AuditReport(filter)
            while let sightings = try reader.next() {
                for sighting in sightings {
                    report.add(try filter.exposure(ofHashWithHead: sighting.head))
                }
            }
            return report
        }
        print(json ? report.json : report.table)
    }

    private func refuse(_ function: BreachHash.Function) -> ExitCode {
        let (own, other) = function == .sha1 ? ("SHA-1", "NTLM") : ("NTLM", "SHA-1")
        Complaint(
            "\(list) is hashed by \(own), and the list of the filter was by \(other)",
            hint: "make a filter of a list by \(own)"
        ).print()
        return ExitCode(EX_DATAERR)
    }
}

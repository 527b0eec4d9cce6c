import ArgumentParser
import BreachedPasswords
import Glibc

/// `postern breached build`: a list of breached passwords to a filter.
struct BreachedBuild: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Make a filter of a list of breached passwords.",
        discussion: """
            The list is a file with HASH:COUNT in each line, by SHA-1 or NTLM; a directory of files \
            named by the first five digits, with the rest of a hash and its count in each line; or a \
            file with a password in each line. The first line says which one it is.

            The filter takes the place of the one before in one step, once it is whole. It takes \
            2.3 bytes for each hash, unless --false-positives says otherwise.

            Example:
              postern breached build pwned.txt --output /srv/postern/breached.filter
            """)

    @Argument(help: "The list.", completion: .file())
    var list: String

    @Option(help: "The file for the filter.", completion: .file())
    var output: String

    @Option(
        help: ArgumentHelp(
            "Leave out what was seen less often, to keep the filter small.", valueName: "count"))
    var minimumCount = 1

    @Option(
        help: ArgumentHelp(
            "Of how many other passwords one is taken for a breached one, a power of two from 1/256 to 1/16777216.",
            valueName: "rate"),
        transform: { text in
            guard let rate = FalsePositiveRate(text) else {
                throw ValidationError(
                    "it is no power of two from 1/256 to 1/16777216, as in 1/8192")
            }
            return rate
        })
    var falsePositives = FalsePositiveRate.standard

    @OptionGroup var form: ListForm

    func validate() throws {
        guard minimumCount >= 1 else {
            throw ValidationError("--minimum-count takes a number from 1 on")
        }
    }

    func run() throws {
        let build = FilterBuild(
            list: list, as: form.form, output: output, rate: falsePositives,
            minimumCount: minimumCount)
        let signals = Signals([SIGINT, SIGTERM])
        var progress = ProgressLine()
        do {
            let summary = try withBreachedPasswords {
                defer { progress.clear() }
                return try build.run { step, share in
                    guard !signals.hasCome() else { throw Interruption() }
                    progress.show(step == .reading ? "reading" : "sorting", share)
                }
            }
            tell(summary)
        } catch is Interruption {
            signals.obey()
            throw ExitCode(EX_TEMPFAIL)
        }
    }

    private struct Interruption: Error {}

    /// Tells of what may be missing always, and of success only where somebody looks on.
    private func tell(_ summary: FilterBuild.Summary) {
        if summary.missingPartCount > 0 {
            say(
                "postern: warning: \(list): files missing of the "
                    + "\(BreachListReader.wholePartCount.grouped) of a whole list: "
                    + summary.missingPartCount.grouped)
        }
        if summary.unusableCount > 0 {
            say(
                "postern: warning: \(list): lines left out that are not UTF-8, too long, or have "
                    + "a NUL: \(summary.unusableCount.grouped)")
        }
        guard isatty(STDERR_FILENO) == 1 else { return }
        say(
            "\(output): \(summary.keyCount.grouped) \(name(of: summary)), "
                + "\(summary.byteCount.grouped) bytes")
    }

    private func name(of summary: FilterBuild.Summary) -> String {
        switch (summary.form, summary.function) {
        case (.passwords, _): "passwords"
        case (.hashes, .sha1): "hashes by SHA-1"
        case (.hashes, .ntlm): "hashes by NTLM"
        }
    }
}

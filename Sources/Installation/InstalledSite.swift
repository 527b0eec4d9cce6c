package import AccountFiles
package import Accounts
package import Cryptography
internal import FlatFiles
package import Hypertext
package import Mail
internal import Outbox
package import Texts

/// An installation, opened as the program behind the web server uses it.
package struct InstalledSite: Sendable {
    package let configuration: Configuration
    package let keys: KeyRing
    package let peppers: KeyRing
    package let factorKeys: KeyRing
    /// What each password is verified against besides, while there are hashes of other programs.
    package let importedDecoy: ImportedHash?
    package let store: AccountDirectory
    package let templates: CompiledTemplates
    package let mailSpool: MailSpool
    package let textSpool: TextSpool
    package let letterhead: Letterhead
    package let hashingSlots: HashingSlots
    package let log: LogFile
    package let statistics: StatisticsFile
    package let breaches: BreachLookup

    /// Opens everything.
    ///
    /// - Parameters:
    ///   - data: The data directory.
    ///   - forms: What the program fills its form templates with. Without any, each template is checked
    ///     when it is first used: a program that is started for one page does not pay for all of them.
    ///   - mails: What the program fills its mails with.
    ///   - messages: What the program fills its other texts with.
    /// - Throws: `InstallationError` with all that is wrong, and not only the first of it.
    package init(
        _ data: DataDirectory, forms: [Schema] = [], mails: [Schema] = [], messages: [Schema] = []
    ) throws(InstallationError) {
        var defects: [Defect] = []
        func collect<Piece>(_ open: () throws(InstallationError) -> Piece) -> Piece? {
            do throws(InstallationError) {
                return try open()
            } catch {
                // Two pieces may lack the same thing.
                defects += error.defects.filter { !defects.contains($0) }
                return nil
            }
        }
        let configuration = collect(data.configuration)
        let keys = collect(data.keys)
        let factorKeys = collect(data.factorKeys)
        let importedDecoy = collect(data.importedDecoy)
        let store = collect(data.store)
        let mailSpool = collect(data.mailSpool)
        let textSpool = collect(data.textSpool)
        guard let configuration else { throw InstallationError(defects) }

        let peppers = collect { () throws(InstallationError) in try data.peppers(configuration) }
        let templates = collect { () throws(InstallationError) in
            try data.templates(
                configuration, forms: forms, mails: mails, messages: messages)
        }
        let breaches = collect { () throws(InstallationError) in
            try BreachLookup(configuration.breaches, in: data)
        }
        let slots = collect { () throws(InstallationError) in
            try data.hashingSlots(configuration)
        }
        let letterhead = Letterhead(configuration)
        if letterhead == nil {
            defects.append(
                Defect("\(data.path)/postern.conf: 'name' cannot stand in the header of a message"))
        }
        if let files = configuration.privateFiles, data.overlaps(files) {
            defects.append(
                Defect(
                    "\(data.path)/postern.conf: 'private-files' must be apart from the data directory",
                    remedy: "move the files to a directory of their own"))
        }
        guard
            let keys, let factorKeys, let importedDecoy, let store, let mailSpool, let textSpool,
            let peppers,
            let templates, let slots, let breaches, let letterhead, defects.isEmpty
        else { throw InstallationError(defects) }
        self.configuration = configuration
        self.keys = keys
        self.peppers = peppers
        self.factorKeys = factorKeys
        self.importedDecoy = importedDecoy
        self.store = store
        self.templates = templates
        self.mailSpool = mailSpool
        self.textSpool = textSpool
        self.letterhead = letterhead
        hashingSlots = slots
        log = data.log
        statistics = data.statistics
        self.breaches = breaches
    }

    /// Hands a message to the spool, from which it is sent later (P25).
    ///
    /// - Parameters:
    ///   - address: To whom it goes.
    ///   - subject: One line of text.
    ///   - text: What it says, as plain text in UTF-8.
    ///   - html: The same as an HTML document.
    ///   - now: The time.
    /// - Throws: `StoreError` if it cannot be kept, or the subject is more than a line.
    package func send(
        to address: EmailAddress, subject: String, text: [UInt8], html: [UInt8], at now: Timestamp
    ) throws(StoreError) {
        let message = letterhead.message(
            to: address, subject: subject, text: text, html: html, at: now)
        guard let message else {
            throw .unavailable("the subject of a message is more than a line of text")
        }
        do {
            try mailSpool.add(OutgoingMail(message), at: now.seconds)
        } catch {
            throw .unavailable(error.description)
        }
    }

    /// Hands a text message to the spool, from which it is sent soon or never (P25).
    ///
    /// - Parameters:
    ///   - text: The message.
    ///   - expiry: When nobody wants it any more.
    ///   - now: The time.
    /// - Throws: `StoreError` if it cannot be kept.
    package func send(
        _ text: TextMessage, expiring expiry: Timestamp, at now: Timestamp
    ) throws(StoreError) {
        do {
            try textSpool.add(
                OutgoingText(text, expiringAt: expiry.seconds), at: now.seconds)
        } catch {
            throw .unavailable(error.description)
        }
    }
}

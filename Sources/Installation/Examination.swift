package import Accounts
internal import AccountFiles
internal import Cryptography
internal import FlatFiles
internal import Glibc
package import Hypertext
internal import Mail

/// A look at a whole installation, as `postern doctor` takes it.
///
/// It finds what keeps the programs from working, and beyond that what works and is not as it should
/// be.
package enum Examination {
    /// How long mail may wait before somebody should ask why, in seconds.
    private static let mailPatience: Int64 = 15 * Duration.minute

    /// Finds what is wrong; nothing is changed by it.
    ///
    /// - Parameters:
    ///   - path: The data directory.
    ///   - now: The time.
    ///   - forms: What the program fills its form templates with.
    ///   - mails: What the program fills its mails with.
    ///   - messages: What the program fills its other texts with.
    /// - Returns: The defects; empty if all is well.
    package static func defects(
        of path: String, at now: Timestamp, forms: [Schema] = [], mails: [Schema] = [],
        messages: [Schema] = []
    ) -> [Defect] {
        let data: DataDirectory
        do {
            data = try DataDirectory(path: path)
        } catch {
            return error.defects
        }
        let site: InstalledSite
        do {
            site = try InstalledSite(data, forms: forms, mails: mails, messages: messages)
        } catch {
            return error.defects
        }
        return configuration(of: site, data) + mail(of: site, data, at: now) + log(of: site, data)
            + accounts(of: site)
    }

    private static func configuration(of site: InstalledSite, _ data: DataDirectory) -> [Defect] {
        guard site.configuration.scrypt.isStrong else {
            return [
                Defect(
                    "\(data.path)/postern.conf: 'scrypt' costs less than OWASP asks for",
                    remedy: "choose a cost from docs/configuration.md")
            ]
        }
        return []
    }

    private static func mail(
        of site: InstalledSite, _ data: DataDirectory, at now: Timestamp
    ) -> [Defect] {
        var defects: [Defect] = []
        if case .sendmail(let program) = site.configuration.mailTransport,
            unsafe access(program, X_OK) != 0
        {
            defects.append(
                Defect(
                    "\(program): this user cannot run it",
                    remedy: "install a mail program, or name another one in postern.conf"))
        }
        do {
            let listings = try site.spool.list()
            let failed = listings.filter { $0.state == .failed }.count
            if failed > 0 {
                defects.append(
                    Defect(
                        "\(data.path)/spool/failed: messages that were given up: \(failed)",
                        remedy: "see 'postern mail list'; move them to ../new or remove them"))
            }
            let waiting = listings.filter { listing in
                guard listing.state != .failed, let mail = listing.mail else { return false }
                return mail.due < now.seconds - mailPatience
            }
            if !waiting.isEmpty {
                defects.append(
                    Defect(
                        "\(data.path)/spool/new: messages that nobody delivers: \(waiting.count)",
                        remedy: "run 'postern mail deliver --watch' as a service"))
            }
        } catch {
            defects.append(Defect(error.description))
        }
        return defects
    }

    private static func log(of site: InstalledSite, _ data: DataDirectory) -> [Defect] {
        do {
            try site.log.check()
            return []
        } catch {
            return [Defect(error.description)]
        }
    }

    /// Reads the file of each account.
    private static func accounts(of site: InstalledSite) -> [Defect] {
        var defects: [Defect] = []
        do {
            _ = try site.store.siteEpoch()
            try site.store.forEachAccount { id in
                do {
                    _ = try site.store.account(id)
                } catch {
                    defects.append(Defect("\(error)"))
                }
            }
        } catch {
            defects.append(Defect("\(error)"))
        }
        return defects
    }
}

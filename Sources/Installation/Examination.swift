package import Accounts
internal import AccountFiles
internal import BreachedPasswords
internal import Cryptography
internal import FlatFiles
internal import Glibc
package import Hypertext
internal import Mail
internal import Outbox
internal import Sandbox
internal import Texts

/// A look at a whole installation, as `postern doctor` takes it.
///
/// It finds what keeps the programs from working, and beyond that what works and is not as it should
/// be.
package enum Examination {
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
        return configuration(of: site, data) + sandbox(of: site) + breaches(of: site)
            + mail(of: site, data, at: now) + texts(of: site, data, at: now) + log(of: site, data)
            + accounts(of: site) + strangers(in: data) + room(in: data)
            + clock(of: site, data, at: now) + age(ofKeysOf: site, data, at: now)
    }

    private static func configuration(of site: InstalledSite, _ data: DataDirectory) -> [Defect] {
        var defects: [Defect] = []
        if !site.configuration.scrypt.isStrong {
            defects.append(
                Defect(
                    "\(data.path)/postern.conf: 'scrypt' costs less than OWASP asks for",
                    remedy: "choose a cost from docs/configuration.md"))
        }
        if let files = site.configuration.privateFiles, unsafe access(files, R_OK | X_OK) != 0 {
            defects.append(
                Defect(
                    "\(files): this user cannot read it",
                    remedy: "make the directory, or name another one at 'private-files'"))
        }
        return defects
    }

    /// Asks the kernel for what the sandbox is made of.
    private static func sandbox(of site: InstalledSite) -> [Defect] {
        guard site.configuration.isSandboxed else { return [] }
        var defects: [Defect] = []
        do throws(SandboxError) {
            if try Kernel.landlockVersion == nil {
                defects.append(
                    Defect(
                        "this kernel has no Landlock, and 'account' can open every file of its user",
                        remedy: "use Linux 5.13 or later with 'landlock' among its security "
                            + "modules, or write 'sandbox off' in postern.conf"))
            }
            if try !Kernel.filtersSystemCalls {
                defects.append(
                    Defect(
                        "this kernel filters no system calls, and 'account' can start programs",
                        remedy: "use one with seccomp, or write 'sandbox off' in postern.conf"))
            }
        } catch {
            defects.append(Defect(error))
        }
        return defects
    }

    /// Reads the whole filter of breached passwords, and looks for what the service needs.
    private static func breaches(of site: InstalledSite) -> [Defect] {
        var defects: [Defect] = []
        do throws(BreachedFilterError) {
            try site.breaches.verify()
        } catch {
            defects.append(Defect(error))
        }
        let rules = site.configuration.breaches
        if rules.service != nil, unsafe access(rules.certificates, R_OK) != 0 {
            defects.append(
                Defect(
                    "\(rules.certificates): no certificates can be read",
                    remedy: "install 'ca-certificates', or name others in postern.conf"))
        }
        return defects
    }

    private static func mail(
        of site: InstalledSite, _ data: DataDirectory, at now: Timestamp
    ) -> [Defect] {
        var defects: [Defect] = []
        if case .sendmail(let program) = site.configuration.mailTransport {
            defects += running(
                program, remedy: "install a mail program, or name another one in postern.conf")
        }
        return defects
            + spool(
                site.mailSpool, "\(data.path)/spool", of: "messages",
                waitingSince: now - 15 * Duration.minute,
                remedy: "see 'postern mail list'; move them to ../new or remove them")
    }

    private static func texts(
        of site: InstalledSite, _ data: DataDirectory, at now: Timestamp
    ) -> [Defect] {
        var defects: [Defect] = []
        switch site.configuration.texts.transport {
        case .nowhere, .folder: break
        case .program(let program):
            defects += running(
                program, remedy: "install it, or name another one at 'texts' in postern.conf")
        case .gateway(let file):
            do {
                _ = try data.gateway(file)
            } catch {
                defects += error.defects
            }
            defects += running(TextGateway.curl, remedy: "install curl, which asks the gateway")
        }
        return defects
            + spool(
                site.textSpool, "\(data.path)/spool/texts", of: "texts",
                waitingSince: now - Duration.minute,
                remedy: "see 'postern texts list', and remove them")
    }

    private static func running(_ program: String, remedy: String) -> [Defect] {
        guard unsafe access(program, X_OK) != 0 else { return [] }
        return [Defect("\(program): this user cannot run it", remedy: remedy)]
    }

    private static func spool<Item>(
        _ spool: Spool<Item>, _ path: String, of kind: String, waitingSince: Timestamp,
        remedy: String
    ) -> [Defect] {
        var defects: [Defect] = []
        do {
            let listings = try spool.list()
            let failed = listings.filter { $0.state == .failed }.count
            if failed > 0 {
                defects.append(
                    Defect(
                        "\(path)/failed: \(kind) that were given up: \(failed)", remedy: remedy))
            }
            let waiting = listings.filter { listing in
                guard listing.state != .failed, let message = listing.message else { return false }
                return message.due < waitingSince.seconds
            }
            if !waiting.isEmpty {
                defects.append(
                    Defect(
                        "\(path)/new: \(kind) that nobody delivers: \(waiting.count)",
                        remedy: "run 'postern deliver --watch' as a service"))
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

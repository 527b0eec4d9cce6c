import AccountSite
import Accounts
import Installation
import LiveWorld

extension DataOption {
    /// Opens the whole site, for what sends mail.
    func openWorld() throws -> World {
        let data = try open()
        let site = try installed { () throws(InstallationError) in
            try InstalledSite(
                data, forms: Pages.forms, mails: Pages.mails, messages: Pages.messages)
        }
        return World(site)
    }
}

import Accounts

/// Writes a `postern.conf` that explains itself.
enum ConfigurationText {
    /// Returns a configuration in which the given values are set and all others are said to be as
    /// they are.
    static func commented(_ values: [String: String]) -> String {
        let heading = """
            # What the operator decides about this site; docs/configuration.md says more.
            # The account program takes up a change with the next request.

            """
        let settings = Configuration.settings.map { setting in
            let line =
                values[setting.name].map { "\(setting.name) \($0)" }
                ?? "# \(setting.name) \(setting.standard ?? "")"
            return "# \(setting.meaning)\n\(line)\n"
        }
        return ([heading] + settings).joined(separator: "\n")
    }
}

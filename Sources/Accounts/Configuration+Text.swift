// postern.conf, in UTF-8:
//
//     # A line that begins with a sign like this is a comment.
//     url https://example.org
//     name Millbrook Seed Library
//
// Each line is a name, white space and a value, which goes on to the end of the line. The names may
// come in any order, each at most once but for those of which there can be several.

extension Configuration {
    /// Reads the text of a `postern.conf`.
    ///
    /// - Throws: A `ConfigurationError` with everything that is wrong with the text, not only what
    ///   was found first.
    package init(text: String) throws(ConfigurationError) {
        var reader = ConfigurationReader(text)
        let url = reader.value(Settings.url)
        let name = reader.value(Settings.name)
        let forms = reader.value(Settings.forms)
        let mailFrom = reader.value(Settings.mailFrom)
        let mail = reader.value(Settings.mail)
        let isSandboxed = reader.value(Settings.sandbox)
        let asksName = reader.value(Settings.askName)
        let shortestPassword = reader.value(Settings.shortestPassword)
        let trustedProxies = reader.value(Settings.trustedProxies)
        let scrypt = reader.value(Settings.scrypt)
        let hashingSlots = reader.value(Settings.hashingSlots)
        let pepper = reader.value(Settings.pepper)
        let sessionIdleDays = reader.value(Settings.sessionIdleDays)
        let sessionDays = reader.value(Settings.sessionDays)
        let breaches = Breaches(from: &reader)
        let texts = Texts(from: &reader)
        let secondFactors = SecondFactorRules(from: &reader)
        let gate = GateRules(from: &reader)
        let privateFiles = reader.value(Settings.privateFiles)
        if let sessionIdleDays, let sessionDays, sessionIdleDays > sessionDays {
            reader.complain(
                of: "session-idle-days", "must not be more than session-days, \(sessionDays)")
        }
        guard
            reader.complaints.isEmpty, let url, let name, let forms, let mailFrom, let mail,
            let isSandboxed, let asksName, let shortestPassword, let trustedProxies, let scrypt,
            let hashingSlots, let pepper, let sessionIdleDays, let sessionDays, let breaches,
            let texts, let secondFactors, let gate, let privateFiles
        else { throw ConfigurationError(complaints: reader.complaints) }

        self.init(
            siteURL: url, siteName: name, forms: forms, mailFrom: mailFrom, mailTransport: mail,
            isSandboxed: isSandboxed, asksName: asksName, shortestPassword: shortestPassword,
            trustedProxies: trustedProxies, scrypt: scrypt, hashingSlots: hashingSlots,
            pepper: pepper, sessionIdleDays: sessionIdleDays, sessionDays: sessionDays,
            breaches: breaches, texts: texts, secondFactors: secondFactors, gate: gate,
            privateFiles: privateFiles == "none" ? nil : privateFiles)
    }
}

extension Configuration.Breaches {
    /// Reads the settings about breached passwords; nil after having complained.
    fileprivate init?(from reader: inout ConfigurationReader) {
        let filter = reader.value(Settings.breachedFilter)
        let service = reader.value(Settings.breachedService)
        let certificates = reader.value(Settings.certificates)
        let signUp = reader.value(Settings.breachedSignUp)
        let password = reader.value(Settings.breachedPassword)
        let reset = reader.value(Settings.breachedReset)
        let renew = reader.value(Settings.breachedRenew)
        let signIn = reader.value(Settings.breachedSignIn)
        guard let filter, let service, let certificates, let signUp, let password, let reset,
            let renew, let signIn
        else { return nil }
        self.init(
            filter: filter == "none" ? nil : filter, service: service == "none" ? nil : service,
            certificates: certificates, signUp: signUp, password: password, reset: reset,
            renew: renew, signIn: signIn)
    }
}

extension SecondFactorRules {
    /// Reads the settings about second factors; nil after having complained.
    fileprivate init?(from reader: inout ConfigurationReader) {
        let advises = reader.value(Settings.secondFactorAdvice)
        let requirement = reader.value(Settings.secondFactorRequired)
        let singleSignOn = reader.value(Settings.singleSignOn)
        let notices = reader.value(Settings.notices)
        let audiences = reader.values(Settings.audience)
        guard let advises, let requirement, let singleSignOn, let notices, let audiences else {
            return nil
        }
        self.init(
            advises: advises, requirement: requirement, singleSignOn: singleSignOn,
            notices: notices, audiences: audiences)
    }
}

extension GateRules {
    /// Reads the rules of the gate; nil after having complained.
    fileprivate init?(from reader: inout ConfigurationReader) {
        guard let rules = reader.values(Settings.gate) else { return nil }
        for (index, rule) in rules.enumerated()
        where rules[..<index].contains(where: { $0.path == rule.path }) {
            let path = String(decoding: rule.path, as: UTF8.self)
            reader.complain(of: "gate", at: index, "has a rule for \(path) already")
        }
        self.init(rules)
    }
}

extension Configuration.Texts {
    /// Reads the settings about text messages; nil after having complained.
    fileprivate init?(from reader: inout ConfigurationReader) {
        let transport = reader.value(Settings.texts)
        let countries = reader.value(Settings.textCountries)
        let perDay = reader.value(Settings.textsPerDay)
        guard let transport, let countries, let perDay else { return nil }
        self.init(transport: transport, countries: countries, perDay: perDay)
    }
}

/// Everything that is wrong with a `postern.conf`.
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    package let complaints: [Complaint]

    /// One thing that is wrong.
    package struct Complaint: Error, Equatable, CustomStringConvertible {
        /// The line, counted from 1; nil where something is missing.
        package let line: Int?
        package let text: String

        package var description: String {
            line.map { "postern.conf:\($0): \(text)" } ?? "postern.conf: \(text)"
        }
    }

    package var description: String {
        complaints.map(\.description).joined(separator: "\n")
    }
}

/// Takes the lines of a `postern.conf` apart, and collects what is wrong with them.
private struct ConfigurationReader {
    /// A line that has a setting.
    private struct Entry {
        let name: String
        let line: Int
        let value: String
    }

    // There are so few that a dictionary would take longer to make than it saves.
    private var entries: [Entry] = []
    private var found: [ConfigurationError.Complaint] = []

    /// What is wrong, in the order of the lines, and what is missing after that.
    var complaints: [ConfigurationError.Complaint] {
        found.filter { $0.line != nil }.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
            + found.filter { $0.line == nil }
    }

    init(_ text: String) {
        let lines = text.utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            read(Substring(line).trimmingBlanks, line: index + 1)
        }
    }

    private mutating func read(_ text: Substring, line: Int) {
        guard let first = text.utf8.first, first != UInt8(ascii: "#") else { return }
        let nameEnd = text.utf8.firstIndex { $0 == 0x20 || $0 == 0x09 } ?? text.endIndex
        let name = String(text[..<nameEnd])
        let value = String(text[nameEnd...].trimmingBlanks)
        guard Settings.all.contains(where: { $0.name == name }) else {
            let hint = nearestName(to: name).map { "; did you mean '\($0)'?" } ?? ""
            return complain(line, "there is no setting '\(name.escaped(limit: 40))'\(hint)")
        }
        if let first = entries.first(where: { $0.name == name }),
            !Settings.repeatable.contains(name)
        {
            return complain(line, "'\(name)' stands on line \(first.line) already")
        }
        entries.append(Entry(name: name, line: line, value: value))
    }

    /// Returns the value of a setting, or nil after having complained.
    mutating func value<Value>(_ setting: Setting<Value>) -> Value? {
        values(setting)?.first
    }

    /// Returns the values of a setting that may stand several times, or nil after having complained.
    mutating func values<Value>(_ setting: Setting<Value>) -> [Value]? {
        let description = setting.description
        let entries = entries.filter { $0.name == description.name }
        guard !entries.isEmpty else {
            if let standard = description.standard {
                return setting.parse(standard).map { [$0] }
            }
            complain(
                nil, "'\(description.name)' is missing; it must be \(description.expectation)")
            return nil
        }
        var values: [Value] = []
        for entry in entries {
            guard
                !entry.value.isEmpty, !entry.value.hasControls,
                let value = setting.parse(entry.value)
            else {
                complain(
                    entry.line,
                    "'\(description.name)' must be \(description.expectation), "
                        + "not '\(entry.value.escaped(limit: 80))'")
                continue
            }
            values.append(value)
        }
        return values.count == entries.count ? values : nil
    }

    /// Complains of a value of a setting, by its position, which is wrong beside another.
    mutating func complain(of name: String, at index: Int = 0, _ problem: String) {
        let entries = entries.filter { $0.name == name }
        complain(entries.isEmpty ? nil : entries[index].line, "'\(name)' \(problem)")
    }

    private mutating func complain(_ line: Int?, _ text: String) {
        found.append(ConfigurationError.Complaint(line: line, text: text))
    }

    /// The known name which takes the fewest changes to get from `name`, if they are few.
    private func nearestName(to name: String) -> String? {
        let candidates = Settings.all.map { ($0.name, editDistance($0.name, name.lowercased())) }
        guard let best = candidates.min(by: { $0.1 < $1.1 }), best.1 <= max(2, best.0.count / 2)
        else { return nil }
        return best.0
    }
}

/// How many letters must be put in, taken out or exchanged to turn one text into the other.
private func editDistance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for column in right.indices {
            let exchanged = diagonal + (letter == right[column] ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(exchanged, diagonal + 1, row[column] + 1)
        }
    }
    return row[right.count]
}

extension String {
    /// Whether a character is in the text that would do something to a terminal or end a line.
    fileprivate var hasControls: Bool {
        let isPlain = utf8.allSatisfy { (0x20...0x7E).contains($0) }
        return !isPlain
            && unicodeScalars.contains {
                switch $0.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator: true
                default: false
                }
            }
    }
}

extension Substring {
    /// The text without spaces, tabs and carriage returns around it.
    fileprivate var trimmingBlanks: Substring {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
        let start = utf8.drop(while: isBlank)
        guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
        return Substring(start[...last])
    }
}

private import Accounts
package import Outbox

/// A service that takes text messages over HTTPS, asked by the program curl.
///
/// curl gets everything on standard input, so that no key, number or text stands in an argument
/// list. It reads no configuration of its own and takes no proxy from anywhere (A55), asks only over
/// TLS, trusts one file of certificates, and follows no redirection.
package struct TextGateway: Transport {
    /// Where curl is.
    package static let curl = "/usr/bin/curl"

    private let description: GatewayDescription
    private let certificates: String
    private let patienceInSeconds: Int

    /// Names the service.
    ///
    /// - Parameters:
    ///   - description: How it is asked.
    ///   - certificates: The file of certificates by which it is recognised.
    ///   - patienceInSeconds: For how long one message may take.
    package init(
        _ description: GatewayDescription, certificates: String, patienceInSeconds: Int = 20
    ) {
        self.description = description
        self.certificates = certificates
        self.patienceInSeconds = patienceInSeconds
    }

    package func deliver(_ text: OutgoingText, named name: String) -> DeliveryResult {
        let curl = Command(Self.curl, arguments: ["-q", "--config", "-"])
        let end = curl.run(
            input: Array(configuration(for: text).utf8), patienceInSeconds: patienceInSeconds + 5)
        switch end {
        case .unfinished(let reason): return .deferred(reason: reason)
        case .exited(let exitStatus, let told):
            // `201 `, or `000 SSL certificate problem: …` where there was no answer. What becomes of
            // the rest of an answer once its status is there does not matter.
            if let status = Int(told.prefix(3)), status > 0 { return result(of: status) }
            let reason = told.hasPrefix("000 ") ? told.dropFirst(4) : told[...]
            return .deferred(reason: "\(reason) (exit status \(exitStatus) of curl)")
        }
    }

    /// What an answer means.
    ///
    /// A request that was wrong stays wrong, and one that was answered with an unexpected success
    /// may have sent the message; only a fault of the service is worth another try (RFC 9110 §15).
    private func result(of status: Int) -> DeliveryResult {
        let reason = "the gateway answered with status \(status)"
        return switch status {
        case _ where description.statuses.contains(status): .delivered
        case 408, 425, 429, 500...599: .deferred(reason: reason)
        default: .refused(reason: reason)
        }
    }

    /// What curl reads: a line for each option, the value in quotes.
    private func configuration(for text: OutgoingText) -> String {
        var options: [(name: String, value: String)] = [
            ("proto", "=https"), ("noproxy", "*"), ("cacert", certificates),
            // Without this, some builds trust the machine's certificates besides.
            ("capath", "/dev/null"),
            ("max-time", "\(patienceInSeconds)"),
            ("output", "/dev/null"), ("write-out", "%{stderr}%{http_code} %{errormsg}"),
            ("url", description.url.filled(with: text.message, in: .percent)),
            ("request", description.method), ("user-agent", "postern"),
        ]
        options += description.headers.map { ("header", $0) }
        if let user = description.user { options.append(("user", user)) }
        if let body = description.body {
            let filled = body.filled(with: text.message, in: description.bodyEncoding)
            options.append(("data-raw", filled))
        }
        return options.reduce("silent\ngloboff\n") { $0 + "\($1.name) = \"\($1.value.quoted)\"\n" }
    }
}

extension String {
    /// The text as it stands between the quotes of curl's configuration.
    fileprivate var quoted: String {
        unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\n": "\\n"
            default: String(scalar)
            }
        }.joined()
    }
}

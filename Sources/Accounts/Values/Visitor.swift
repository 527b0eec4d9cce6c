/// Where a request came from, as far as an account remembers it.
package struct Visitor: Sendable, Hashable {
    /// The network: an IPv4 address, or the /64 of an IPv6 address, in canonical form.
    package let network: String
    /// The browser and system in words, such as `Firefox on Linux`.
    package let browser: String

    package init(network: String, browser: String) {
        self.network = network
        self.browser = browser
    }

    /// The network as a person reads it: an address alone, or the part of it that names the network.
    package var place: String {
        network.hasSuffix("/32") ? String(network.dropLast(3)) : network
    }
}

import HTTP
import Testing

@Suite struct NetworkAddressTests {
    @Test(
        "has one text and one network for each client (S12)",
        arguments: [
            ("192.0.2.1", "192.0.2.1", "192.0.2.1/32"),
            ("::ffff:192.0.2.1", "192.0.2.1", "192.0.2.1/32"),
            ("0:0:0:0:0:FFFF:c000:0201", "192.0.2.1", "192.0.2.1/32"),
            ("2001:0db8:0000:0001:0000:0000:0000:0001", "2001:db8:0:1::1", "2001:db8:0:1::/64"),
            ("2001:db8:0:1:ffff::", "2001:db8:0:1:ffff::", "2001:db8:0:1::/64"),
            ("::1", "::1", "::/64"), ("::", "::", "::/64"),
            ("fe80::a:b:c:d", "fe80::a:b:c:d", "fe80::/64"),
        ])
    func canonical(text: String, canonical: String, network: String) throws {
        let address = try #require(NetworkAddress(text))
        #expect(address.description == canonical)
        #expect(address.network == network)
        #expect(NetworkAddress(address.description) == address)
    }

    @Test(arguments: [
        "", "unix:", "localhost", "192.0.2", "192.0.2.1.1", "192.0.2.256", "192.0.2.01", "0x7f.1",
        "192.0.2.1:80", "[::1]", "::1%lo", "1::2::3", "2001:db8", " ::1", "::1\n", "192.0.2.1\u{0}",
        "192.0.2.1, 192.0.2.2", "١٩٢.0.2.1",
    ])
    func `refuses what is no address`(text: String) {
        #expect(NetworkAddress(text) == nil)
    }
}

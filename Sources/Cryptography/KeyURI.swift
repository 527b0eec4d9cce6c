/// A key as an address that authenticator apps open, and read from a QR code:
/// `otpauth://totp/Seed%20Library:ada@example.org?secret=…&issuer=Seed%20Library`.
///
/// Algorithm, digits and period are left out, for they are what apps take for granted (D7, S17).
package struct KeyURI: Sendable {
    /// The address, which is as secret as the key.
    package let text: String

    /// Makes the address.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - issuer: The name of the site.
    ///   - account: What tells the account from others at the site: its mail address.
    package init(key: TOTPKey, issuer: String, account: String) {
        let issuer = Self.percentEncoded(issuer)
        let account = Self.percentEncoded(account)
        text = "otpauth://totp/\(issuer):\(account)?secret=\(key.text)&issuer=\(issuer)"
    }

    /// Leaves only what needs no encoding in either part (RFC 3986 §2.3, §3.3), and no colon: the
    /// first one is the border between issuer and account.
    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "@"):
                String(Unicode.Scalar(byte))
            default:
                "%" + Hex.encode([byte]).uppercased()
            }
        }.joined()
    }
}

extension KeyURI: Concealed {
    /// Words in place of the address.
    package var description: String { "(key URI)" }
}

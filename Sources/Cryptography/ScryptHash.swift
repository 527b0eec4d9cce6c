/// A salted hash of a password as this program makes it, in the PHC string format.
///
///     $scrypt$ln=14,r=8,p=5,keyid=5f02c9d1$c2FsdHNhbHRzYWx0c2FsdA$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E
///
/// `keyid` names the pepper, as in the PHC form of Argon2. Salt and hash are base64 without padding.
package struct ScryptHash: Sendable, Equatable {
    /// The length of a salt in bytes.
    static let saltByteCount = 16

    /// The length of a hash in bytes.
    static let byteCount = 32

    /// What the hash cost.
    package let parameters: ScryptParameters
    /// The id of the pepper.
    package let pepperID: KeyID
    let salt: [UInt8]
    let bytes: [UInt8]

    init(parameters: ScryptParameters, pepperID: KeyID, salt: [UInt8], bytes: [UInt8]) {
        self.parameters = parameters
        self.pepperID = pepperID
        self.salt = salt
        self.bytes = bytes
    }

    /// Reads a hash.
    ///
    /// - Returns: `nil` for anything but the one spelling of a hash of this form.
    package init?(text: String) {
        let fields = text.utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
            .map(Substring.init)
        guard
            fields.count == 5, fields[0].isEmpty, fields[1] == "scrypt",
            let salt = DigitAlphabet.base64.decode(fields[3]), salt.count == Self.saltByteCount,
            let bytes = DigitAlphabet.base64.decode(fields[4]), bytes.count == Self.byteCount
        else { return nil }

        let settings = fields[2].utf8.split(separator: UInt8(ascii: ",")).map {
            Substring($0.split(separator: UInt8(ascii: "=")).last ?? $0)
        }
        guard
            settings.count == 4,
            let ln = Int(settings[0]), let r = Int(settings[1]), let p = Int(settings[2]),
            let parameters = ScryptParameters(ln: ln, r: r, p: p),
            let pepperID = KeyID(settings[3])
        else { return nil }

        self.init(parameters: parameters, pepperID: pepperID, salt: salt, bytes: bytes)
        // The names and the spelling of the numbers are right if writing gives the same again.
        guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
    }

    /// The PHC string.
    package var text: String {
        let settings =
            "ln=\(parameters.ln),r=\(parameters.r),p=\(parameters.p),keyid=\(pepperID)"
        let salt = DigitAlphabet.base64.encode(salt)
        return "$scrypt$\(settings)$\(salt)$\(DigitAlphabet.base64.encode(bytes))"
    }
}

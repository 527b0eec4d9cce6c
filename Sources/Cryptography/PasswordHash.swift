/// What an account keeps of a password.
///
///     $scrypt$ln=14,r=8,p=5,keyid=5f02c9d1$c2FsdHNhbHRzYWx0c2FsdA$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E
///     $imported$v1.5f02c9d1.AAECAwQFBgcICQoLpLcYOdmQtx7TGXm6pGcxvvY1kuGKPWFSy6n0NmR8LFPYnDLs
package enum PasswordHash: Sendable, Equatable {
    /// A hash that was made here.
    case own(ScryptHash)
    /// A hash that another program made, sealed with the pepper: the accounts alone do not let
    /// anybody try passwords (S10). It makes way for one of ours at the next sign-in.
    case imported(SealedSecret)

    /// The length of a salt in bytes.
    package static let saltByteCount = ScryptHash.saltByteCount

    private static let importedPrefix = "$imported$"

    /// Reads a hash from an account.
    ///
    /// - Returns: `nil` for anything but the one spelling of a hash of one of the forms.
    package init?(text: String) {
        if text.utf8.starts(with: Self.importedPrefix.utf8) {
            let sealed = Substring(text.utf8.dropFirst(Self.importedPrefix.utf8.count))
            guard let sealed = SealedSecret(text: sealed) else { return nil }
            self = .imported(sealed)
        } else {
            guard let hash = ScryptHash(text: text) else { return nil }
            self = .own(hash)
        }
    }

    /// The text of the hash.
    package var text: String {
        switch self {
        case .own(let hash): hash.text
        case .imported(let sealed): Self.importedPrefix + sealed.text
        }
    }

    /// The id of the pepper, without which the hash tells nothing.
    package var pepperID: KeyID {
        switch self {
        case .own(let hash): hash.pepperID
        case .imported(let sealed): sealed.keyID
        }
    }
}

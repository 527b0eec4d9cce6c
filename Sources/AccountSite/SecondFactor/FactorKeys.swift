import Accounts
import Cryptography

// What the keys of second factors are used for. They are a ring of their own, because nobody wants
// to enrol anew when the keys of cookies change.

extension World {
    /// Seals the key of an app for one place in one account (P28).
    func seal(_ key: TOTPKey, of account: AccountID, _ app: FactorID) -> SealedSecret {
        factorKeys.seal(
            key.bytes, for: "totp-key", of: account.bytes, field: "app \(app.text)",
            nonce: randomBytes(SealedSecret.nonceByteCount))
    }

    /// Opens the key of an app.
    func open(_ app: AuthenticatorApp, of account: AccountID) throws -> TOTPKey {
        let bytes = try factorKeys.open(
            app.key, for: "totp-key", of: account.bytes, field: "app \(app.id.text)")
        guard let key = TOTPKey(bytes: bytes) else { throw SealedSecretError.forged }
        return key
    }

    /// The key that an app is enrolled with which is added from a session now.
    ///
    /// It is not kept, but derived from what is: so looking at the page changes nothing (D2), a wrong
    /// code leaves it as it is, two tabs show the same one, and it is another one in another session
    /// and after each change of the factors.
    func enrolmentKey(of account: Account, in session: SessionID) -> TOTPKey {
        let tag = factorTag(
            for: "totp-enrolment", account.id.bytes, session.bytes,
            account.factors.generation.bigEndianBytes)
        return TOTPKey(randomBytes: Array(tag.bytes.prefix(TOTPKey.byteCount)))
    }

    /// The tag under which a recovery code is kept.
    func tag(of code: RecoveryCode, of account: AccountID) -> AuthenticationTag {
        code.tag(under: factorKey(for: "recovery-code"), of: account.bytes)
    }

    /// The tag under which the code of a text message is kept; it holds for its holder alone (S19).
    func tag(of code: SixDigitCode, for holder: CodeHolder) -> AuthenticationTag {
        factorTag(for: "text-code", holder.bytes, Array(code.text.utf8))
    }

    /// What a page says of the key that it shows, so that a form of an older page can be told.
    func mark(of key: TOTPKey) -> String {
        Hex.encode(Array(factorTag(for: "totp-mark", key.bytes).bytes.prefix(4)))
    }

    private func factorTag(for purpose: Purpose, _ fields: [UInt8]...) -> AuthenticationTag {
        factorKey(for: purpose).tag(of: fields)
    }

    /// The oldest key of the ring serves: what is kept under it must be found again.
    private func factorKey(for purpose: Purpose) -> AuthenticationKey {
        guard let id = factorKeys.index.first?.id, let key = factorKeys.key(id, for: purpose) else {
            preconditionFailure("a ring has its keys")
        }
        return key
    }
}

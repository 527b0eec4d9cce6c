internal import Accounts
internal import Cryptography

/// The directories below the data directory which hold one kind of thing each.
enum Tree: String, CaseIterable {
    case accounts, addresses, confirmations, forms, throttles

    /// The 256 directories of a tree, over which its files are spread by the first byte of a name.
    static let shards = (0...UInt8.max).map { Hex.encode([$0]) }
}

/// Where a thing stands below the data directory, and the byte which locks it.
struct Place: Hashable {
    /// The directory, such as `accounts/ab`.
    let directory: String
    /// The name in it.
    let name: String
    /// The byte of the lock file.
    let lock: UInt64

    /// The path below the data directory.
    var path: String { "\(directory)/\(name)" }

    private init(_ tree: Tree, _ bytes: [UInt8], name: String, kind: LockKind) {
        directory = "\(tree.rawValue)/\(Tree.shards[Int(bytes[0])])"
        self.name = name
        lock = kind.byte(bytes)
    }

    /// The directory of an account.
    static func account(_ id: AccountID) -> Self {
        Self(.accounts, id.bytes, name: id.text, kind: .account)
    }

    /// The claim of an address, by the keyed hash of its canonical form (P20).
    static func address(_ tag: [UInt8]) -> Self {
        Self(.addresses, tag, name: Hex.encode(tag), kind: .address)
    }

    static func confirmation(_ key: ConfirmationKey) -> Self {
        let number = Confirmation.Purpose.allCases.firstIndex(of: key.purpose) ?? 0
        return Self(
            .confirmations, key.addressTag, name: key.fileName, kind: .confirmation(number))
    }

    /// The directory of the forms of one hour that begin with the same byte.
    static func form(_ id: FormID) -> Self {
        Self(.forms, id.bytes, name: id.text, kind: .form)
    }

    /// One of 4,096 files of throttles, by twelve bits of the keyed hash of what is counted.
    static func throttles(_ tag: [UInt8]) -> Self {
        let bytes = [tag[0], tag[1] & 0xF0]
        return Self(
            .throttles, bytes, name: String(tag[1] >> 4, radix: 16), kind: .throttles)
    }
}

/// What a byte of the lock file stands for.
///
/// The highest seven of its 63 bits are the kind, the others the first seven bytes of the thing's
/// random or hashed name. That two things share a byte is as likely as that their names begin alike
/// by chance, and would only make one wait for the other.
enum LockKind {
    case site
    case account
    case address
    case form
    case throttles
    case confirmation(_ purpose: Int)

    private var number: UInt64 {
        switch self {
        case .site: 0
        case .account: 1
        case .address: 2
        case .form: 3
        case .throttles: 4
        case .confirmation(let purpose): 16 + UInt64(purpose)
        }
    }

    func byte(_ name: [UInt8]) -> UInt64 {
        (0..<7).reduce(number) { $0 << 8 | UInt64($1 < name.count ? name[$1] : 0) }
    }
}

extension ConfirmationKey {
    /// The name of the confirmation's file.
    var fileName: String { "\(purpose.rawValue)-\(Hex.encode(addressTag))" }

    /// Reads the name of a confirmation's file.
    init?(fileName: String) {
        let digits = fileName.suffix(32)
        guard
            let purpose = Confirmation.Purpose(rawValue: String(fileName.dropLast(33))),
            let tag = Hex.decode(digits), tag.count == 16
        else { return nil }
        self.init(purpose: purpose, addressTag: tag)
        guard fileName == self.fileName else { return nil }
    }
}

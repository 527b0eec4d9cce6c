/// A keyboard whose neighbouring keys are recognised.
public enum Keyboard: String, Sendable, CaseIterable {
    case qwerty
    case dvorak
    case keypad
    case macKeypad = "mac_keypad"

    /// How many keys an attacker may start from, shifted ones included.
    ///
    /// As in the original, both keypads count as the first.
    var startCount: Double {
        switch self {
        case .qwerty, .dvorak: 94
        case .keypad, .macKeypad: 15
        }
    }

    /// How many neighbours a key has on average.
    var averageDegree: Double {
        switch self {
        case .qwerty, .dvorak: 432.0 / 94
        case .keypad, .macKeypad: 76.0 / 15
        }
    }

    var keys: KeyMap {
        switch self {
        case .qwerty: .qwerty
        case .dvorak: .dvorak
        case .keypad: .keypad
        case .macKeypad: .macKeypad
        }
    }
}

/// Where each character lies on a keyboard.
struct KeyMap: Sendable {
    /// How a row lies to the one above.
    enum Rows {
        /// Half a key further right, so that a key touches two in the row above.
        case slanted
        /// Straight below.
        case aligned
    }

    /// A key and the shift it is struck with.
    struct Key {
        fileprivate let code: UInt8

        var isShifted: Bool { code & 1 == 1 }
        fileprivate var x: Int { Int(code >> 1 & 0xF) }
        fileprivate var y: Int { Int(code >> 5) }
    }

    private static let noKey: UInt8 = 0xFF

    private let codes: [UInt8]
    private let rows: Rows

    private init(_ rows: Rows, plain: [String], shifted: [String] = []) {
        self.rows = rows
        var codes = [UInt8](repeating: Self.noKey, count: 0x80)
        for (shift, layout) in [plain, shifted].enumerated() {
            for (y, row) in layout.enumerated() {
                for (x, character) in row.utf8.enumerated() where character != 0x20 {
                    codes[Int(character)] = UInt8(y << 5 | x << 1 | shift)
                }
            }
        }
        self.codes = codes
    }

    /// The key of a character, if the keyboard has one.
    @inline(__always)
    func key(_ unit: UInt16) -> Key? {
        guard unit < 0x80 else { return nil }
        let code = codes[Int(unit)]
        return code == Self.noKey ? nil : Key(code: code)
    }

    /// The direction from one key to a neighbour, clockwise from the left; `nil` for any other key.
    @inline(__always)
    func direction(from key: Key, to other: Key) -> Int? {
        switch (rows, other.x &- key.x, other.y &- key.y) {
        case (_, -1, 0): 0
        case (.slanted, 0, -1): 1
        case (.slanted, 1, -1): 2
        case (.slanted, 1, 0): 3
        case (.slanted, 0, 1): 4
        case (.slanted, -1, 1): 5
        case (.aligned, -1, -1): 1
        case (.aligned, 0, -1): 2
        case (.aligned, 1, -1): 3
        case (.aligned, 1, 0): 4
        case (.aligned, 1, 1): 5
        case (.aligned, 0, 1): 6
        case (.aligned, -1, 1): 7
        default: nil
        }
    }
}

// A space is a place without a key.
extension KeyMap {
    static let qwerty = KeyMap(
        .slanted,
        plain: [
            "`1234567890-=",
            " qwertyuiop[]\\",
            " asdfghjkl;'",
            " zxcvbnm,./",
        ],
        shifted: [
            "~!@#$%^&*()_+",
            " QWERTYUIOP{}|",
            " ASDFGHJKL:\"",
            " ZXCVBNM<>?",
        ])

    static let dvorak = KeyMap(
        .slanted,
        plain: [
            "`1234567890[]",
            " ',.pyfgcrl/=\\",
            " aoeuidhtns-",
            " ;qjkxbmwvz",
        ],
        shifted: [
            "~!@#$%^&*(){}",
            " \"<>PYFGCRL?+|",
            " AOEUIDHTNS_",
            " :QJKXBMWVZ",
        ])

    static let keypad = KeyMap(.aligned, plain: [" /*-", "789+", "456", "123", " 0."])

    static let macKeypad = KeyMap(.aligned, plain: [" =/*", "789-", "456+", "123", " 0."])
}

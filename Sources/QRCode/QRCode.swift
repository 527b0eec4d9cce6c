private import CQRCode

/// A text as a square of dark and light modules (ISO/IEC 18004).
package struct QRCode: Sendable {
    /// How many light modules there must be on every side, so that a camera finds the symbol.
    package static let quietZone = 4

    private let symbol: [UInt8]

    /// Encodes a text, so that it can still be read when 15 % of the picture is spoilt, or more where
    /// that takes no more room.
    ///
    /// - Returns: `nil` for a text that is too long, of more than 2331 bytes, or has a NUL.
    package init?(text: String) {
        // To the library a NUL is the end.
        guard !text.utf8.contains(0) else { return nil }
        let byteCount = Int(qrcodegen_bufferLenMax)
        var workspace = [UInt8](repeating: 0, count: byteCount)
        var symbol = workspace
        let fits = unsafe qrcodegen_encodeText(
            text, &workspace, &symbol, qrcodegen_Ecc_MEDIUM, qrcodegen_VERSION_MIN,
            qrcodegen_VERSION_MAX, qrcodegen_Mask_AUTO, true)
        guard fits else { return nil }
        self.symbol = symbol
    }

    /// How many modules a side has, without the quiet zone.
    package var size: Int { Int(unsafe qrcodegen_getSize(symbol)) }

    /// Whether a module is dark.
    package subscript(x x: Int, y y: Int) -> Bool {
        unsafe qrcodegen_getModule(symbol, Int32(x), Int32(y))
    }
}

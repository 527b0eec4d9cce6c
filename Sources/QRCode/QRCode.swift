/// A text as a square of dark and light modules (ISO/IEC 18004).
package struct QRCode: Sendable {}

import Glibc
import QRCode

// Reads a text from standard input, and writes its QR code as an SVG picture, for a camera to read.

var text = ""
while let line = readLine(strippingNewline: false) {
    text += line
}
guard let code = QRCode(text: text) else {
    let message = "qr-svg: error: the text does not fit into a QR code\n"
    _ = unsafe write(STDERR_FILENO, message, message.utf8.count)
    exit(2)
}
let size = code.pictureSize
print(
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size) \(size)" role="img" \
    shape-rendering="crispEdges"><title>QR code</title><path fill="#fff" d="M0 0h\(size)v\(size)H0z"/>\
    <path stroke="#000" d="\(code.path)"/></svg>
    """)

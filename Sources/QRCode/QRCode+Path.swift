extension QRCode {
    /// How many modules a side of the picture has, with the quiet zone: the view box of ``path``.
    package var pictureSize: Int { size + 2 * Self.quietZone }

    /// The dark modules as the data of an SVG path: `M4 4.5h7m2 0h1…`.
    ///
    /// It is a pen that draws lines one module thick, to be stroked and not filled; each run of dark
    /// modules takes half as many characters as the outline of it would.
    package var path: String {
        var path = ""
        var pen = (x: 0, y: 0)
        for y in 0..<size {
            var x = 0
            while x < size {
                let end = (x..<size).first { !self[x: $0, y: y] } ?? size
                if x < end {
                    // The first run is the finder pattern in the corner.
                    path +=
                        path.isEmpty
                        ? "M\(x + Self.quietZone) \(y + Self.quietZone).5"
                        : "m\(x - pen.x) \(y - pen.y)"
                    path += "h\(end - x)"
                    pen = (end, y)
                }
                x = end + 1
            }
        }
        return path
    }
}

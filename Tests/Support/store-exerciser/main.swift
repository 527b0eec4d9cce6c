import AccountFiles
import Glibc

// Does to a data directory what standard input says, one command a line, and answers each with one
// line as soon as it is done. So a test can kill the program at any moment and know what was
// answered with success.

guard CommandLine.arguments.count == 3 else {
    print("usage: store-exerciser create|use DIRECTORY < commands")
    exit(2)
}
let path = CommandLine.arguments[2]

do {
    if CommandLine.arguments[1] == "create" { try AccountDirectory.create(path: path) }
    let exerciser = try Exerciser(path: path)
    while let command = readLine() {
        answer(exerciser.perform(command))
    }
} catch {
    answer("error \(error)")
    exit(1)
}

/// Writes a line at once; a line this short arrives whole or not at all.
///
/// By `writev`, because a test lets each `write` fail in turn and wants to hear what comes of it.
func answer(_ text: String) {
    var line = Array((text + "\n").utf8)
    unsafe line.withUnsafeMutableBytes { buffer in
        var piece = unsafe iovec(iov_base: buffer.baseAddress, iov_len: buffer.count)
        _ = unsafe writev(STDOUT_FILENO, &piece, 1)
    }
}

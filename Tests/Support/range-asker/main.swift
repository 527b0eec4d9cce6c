import Cryptography
import FlatFiles
import Glibc
import Installation
import WebClient

// Asks a service by ranges for each password on standard input, and answers each with a line: how
// long it took in milliseconds, what the service said, and what went wrong.

guard CommandLine.arguments.count == 4, let address = WebAddress(CommandLine.arguments[1]) else {
    print("usage: range-asker ADDRESS CERTIFICATES DIRECTORY < passwords")
    exit(2)
}
let service = BreachedService(
    at: address, certificates: CommandLine.arguments[2],
    cache: RangeCache(in: try Directory(path: CommandLine.arguments[3])))

while let line = readLine() {
    let password = try Password(line)
    let begin = ContinuousClock.now
    let finding = service.look(up: password)
    let milliseconds = Int((ContinuousClock.now - begin) / .milliseconds(1))
    print(milliseconds, finding.exposure, finding.trouble ?? "-", separator: "\t")
}

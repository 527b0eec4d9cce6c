import AccountFiles
import Accounts
import Cryptography
import Glibc

// Times what a request does to a data directory that fill.py has filled: `bench-store DIRECTORY
// ACCOUNTS` takes accounts at random and prints one line `what median-in-microseconds` for each.

guard CommandLine.arguments.count == 3, let accounts = UInt32(CommandLine.arguments[2]) else {
    print("usage: bench-store DIRECTORY ACCOUNTS")
    exit(2)
}
let path = CommandLine.arguments[1]
let rounds = 2000

try AccountDirectory.create(path: path)
guard accounts > 0 else { exit(0) }
let store = try AccountDirectory(path: path, namesKey: AuthenticationKey([UInt8](0..<32)))

/// The time of the machine in microseconds.
func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

/// Does something with many accounts, and prints the median of its times.
func time(_ what: String, _ work: (_ account: UInt32) throws -> Void) rethrows {
    var times: [Double] = []
    for _ in 0..<rounds {
        let account = UInt32.random(in: 0..<accounts)
        let begin = now()
        try work(account)
        times.append(now() - begin)
    }
    print(what, Int(times.sorted()[rounds / 2].rounded()), separator: "\t")
}

func id(_ account: UInt32) -> AccountID {
    guard let id = AccountID(bytes: Array(SHA256.digest(of: Array("\(account)".utf8)).prefix(16)))
    else { fatalError("a digest has 32 bytes") }
    return id
}

func address(_ account: UInt32) -> EmailAddress {
    guard let address = EmailAddress("person\(account)@seeds.example") else {
        fatalError("no address")
    }
    return address
}

let today = Timestamp(seconds: 1_795_000_000)

/// Takes what must be there.
func found<Value>(_ value: Value?) -> Value {
    guard let value else { fatalError("fill.py has not written that account") }
    return value
}

try time("read-by-name") { _ = found(try store.account(id($0))) }
try time("read-by-address") { _ = found(try store.account(at: address($0))) }
try time("sign-in") { account in
    let name = found(try store.account(at: address(account))).id
    found(try store.update(name) { $0.changePassword(to: nil, at: today) })
}

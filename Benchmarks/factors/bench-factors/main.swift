import Cryptography
import Glibc
import QRCode

// Times what a second factor costs: prints one line `what figure` for each, times in nanoseconds.

let samples = 200

/// The time of the machine in nanoseconds.
func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// Does something in samples of so many, and prints the median of its times.
func time(_ what: String, times count: Int, _ work: () -> Void) {
    var times: [Double] = []
    for _ in 0..<samples {
        let begin = now()
        for _ in 0..<count {
            work()
        }
        times.append((now() - begin) / Double(count))
    }
    print(what, Int(times.sorted()[samples / 2].rounded()), separator: "\t")
}

/// Takes what must be there.
func found<Value>(_ value: Value?) -> Value {
    guard let value else { fatalError("the benchmark is wrong") }
    return value
}

let key = TOTPKey(randomBytes: Array("12345678901234567890".utf8))
let code = found(SixDigitCode(typed: "254676"))
let uri = KeyURI(key: key, issuer: "Seeds", account: "ada.byron@garden.example")

time("check", times: 1000) { _ = found(key.step(accepting: code, at: 150, after: nil)) }
time("picture", times: 1) { _ = found(QRCode(text: uri.text)).path }
print("path", found(QRCode(text: uri.text)).path.utf8.count, separator: "\t")

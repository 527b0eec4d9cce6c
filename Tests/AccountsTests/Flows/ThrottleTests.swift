import Accounts
import Testing

@Suite struct ThrottleTests {
    let noon = Timestamp(seconds: 1_795_262_400)
    let limit = Throttle.Limit(free: 3, firstWait: 1, longestWait: 60, memory: 3600)

    @Test func `waits twice as long after each failure beyond the free ones`() {
        var throttle = Throttle.open
        var now = noon
        for wait: Int64 in [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60] {
            throttle = throttle.failing(at: now, under: limit)
            #expect(throttle.opensAt(under: limit) == now + wait)
            now = throttle.opensAt(under: limit)
        }
    }

    @Test func `forgets after a quiet while`() {
        let throttle = Throttle(failures: 9, lastFailure: noon)
        #expect(throttle.remembered(at: noon + 3599, under: limit) == throttle)
        #expect(throttle.remembered(at: noon + 3600, under: limit) == .open)
    }

    // S12: NIST SP 800-63B-4 §3.2.2 wants no more than 100 consecutive failures on an account.
    @Test func `hears an account of failures a hundred times only over days`() {
        let keys: [ThrottleKey] = [.address("ada@example.org")]
        var throttles = [Throttle.open]
        var now = noon
        for _ in 1...100 {
            while let until = Attempt.begin(keys, &throttles, at: now) {
                now = until
            }
        }
        #expect(now - noon > 3 * 86_400)
    }

    // A19: whoever has an account of their own cannot clear the network's count with it.
    @Test func `clears an account's failures by a success, but not its network's`() {
        let keys: [ThrottleKey] = [
            .network("192.0.2.1/32"), .address("ada@example.org"),
            .pair(address: "ada@example.org", network: "192.0.2.1/32"),
        ]
        var throttles = [7, 3, 2].map { Throttle(failures: $0, lastFailure: noon) }
        #expect(Attempt.begin(keys, &throttles, at: noon + 1) == nil)
        #expect(throttles.map(\.failures) == [8, 4, 3])
        Attempt.succeed(keys, &throttles)
        #expect(throttles.map(\.failures) == [7, 0, 0])
    }

    // Many at once cannot outrun the count: each is counted before it is looked at.
    @Test func `counts an attempt when it begins`() {
        let keys: [ThrottleKey] = [.device([1])]
        var throttles = [Throttle.open]
        let heard = (1...20).filter { _ in Attempt.begin(keys, &throttles, at: noon) == nil }
        #expect(heard.count == 6)
    }

    @Test func `counts nothing while it is shut`() {
        let keys: [ThrottleKey] = [.device([1])]
        let shut = [Throttle(failures: 10, lastFailure: noon)]
        var throttles = shut
        #expect(Attempt.begin(keys, &throttles, at: noon + 1) == noon + 16)
        #expect(throttles == shut)
    }
}

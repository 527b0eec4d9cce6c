/// Finds walks over neighbouring keys: `qwerty`, `zxcvfr43`.
struct SpatialMatcher {
    func match(_ password: Password, into candidates: inout Candidates) {
        for keyboard in Keyboard.allCases {
            match(password, on: keyboard, into: &candidates)
        }
    }

    private func match(
        _ password: Password, on keyboard: Keyboard, into candidates: inout Candidates
    ) {
        let keys = keyboard.keys
        let units = password.units
        var start = 0
        while start < units.count - 1 {
            var end = start
            var key = keys.key(units[start])
            var shifted = key?.isShifted == true ? 1 : 0
            var turns = 0
            var lastDirection: Int?
            while let from = key, end + 1 < units.count, let to = keys.key(units[end + 1]),
                let direction = keys.direction(from: from, to: to)
            {
                // The first step is a turn as well.
                if direction != lastDirection { turns += 1 }
                lastDirection = direction
                if to.isShifted { shifted += 1 }
                key = to
                end += 1
            }
            // Two keys side by side are no walk.
            if end - start > 1 {
                let pattern = SpatialPattern(
                    keyboard: keyboard, turns: turns, shiftedCount: shifted)
                candidates.add(
                    start, end, .spatial(pattern),
                    guesses: pattern.guesses(length: end - start + 1),
                    by: .spatial)
            }
            start = end + 1
        }
    }
}

extension SpatialPattern {
    /// How many guesses find a walk over `length` keys.
    ///
    /// An attacker tries all walks of at most that length with at most as many turns. With s keys
    /// to start from and d neighbours each, and i keys of which j − 1 among i − 1 are turns, that is
    ///
    ///     Σ(i = 2…length) Σ(j = 1…min(turns, i − 1)) C(i − 1, j − 1) · s · dʲ.
    ///
    /// Summed over i first, the binomials of each j add up to C(length, j) − 1, which leaves one sum.
    func guesses(length: Int) -> Double {
        var guesses = 0.0
        var binomial = 1.0
        var power = 1.0
        for turn in stride(from: 1, through: min(turns, length - 1), by: 1) {
            binomial = binomial * Double(length - turn + 1) / Double(turn)
            power *= keyboard.averageDegree
            guesses += (binomial - 1) * keyboard.startCount * power
        }
        guard shiftedCount > 0 else { return guesses }
        let unshifted = length - shiftedCount
        guard unshifted > 0 else { return guesses * 2 }
        return guesses * Arithmetic.choices(of: length, upTo: min(shiftedCount, unshifted))
    }
}

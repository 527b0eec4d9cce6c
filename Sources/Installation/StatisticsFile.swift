package import Accounts
internal import FlatFiles

/// The file `statistics` of the data directory, one line per password that was judged.
package struct StatisticsFile: Sendable {
    private let file: LineFile

    init(in directory: Directory) {
        file = LineFile("statistics", in: directory)
    }

    /// Writes a line, which outlives a loss of power.
    package func write(_ statistic: PasswordStatistic) {
        file.add(statistic.line, surviving: .powerLoss)
    }
}

import Cryptography
import Foundation
import Testing

@Suite final class HashingSlotsTests {
    private let directory = URL.temporaryDirectory.appending(path: UUID().uuidString)

    init() throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    @Test func `gives as many places as there are, and each again once it is free (P23)`() throws {
        let slots = HashingSlots(directory: directory.path(), count: 2, patienceInMilliseconds: 0)
        let first = try slots.take()
        do {
            let second = try slots.take()
            #expect(throws: HashingSlotsError.busy) { _ = try slots.take() }
            _ = consume second
        }
        let third = try slots.take()
        #expect(throws: HashingSlotsError.busy) { _ = try slots.take() }
        _ = consume first
        _ = consume third
    }

    @Test func `the files of the places are for this program alone`() throws {
        let slots = HashingSlots(directory: directory.path(), count: 1)
        _ = try slots.take()
        let attributes = try FileManager.default.attributesOfItem(
            atPath: directory.appending(path: "0").path())
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `waits for a place that another process has, and no longer than it may`() throws {
        let other = try holder(ofPlace: 0)
        defer { other.terminate() }

        let slots = HashingSlots(directory: directory.path(), count: 1, patienceInMilliseconds: 200)
        let clock = ContinuousClock()
        let wait = clock.measure {
            #expect(throws: HashingSlotsError.busy) { _ = try slots.take() }
        }
        #expect(wait >= .milliseconds(200))

        // A process that is killed holds nothing.
        kill(other.processIdentifier, SIGKILL)
        _ = try HashingSlots(directory: directory.path(), count: 1).take()
    }

    @Test func `names the file that it cannot use`() throws {
        let path = directory.appending(path: "missing").path()
        #expect(throws: HashingSlotsError.unusable(path: "\(path)/0", errno: ENOENT)) {
            _ = try HashingSlots(directory: path, count: 1).take()
        }
        try FileManager.default.createSymbolicLink(
            at: directory.appending(path: "0"), withDestinationURL: URL(filePath: "/dev/null"))
        #expect(
            throws: HashingSlotsError.unusable(path: "\(directory.path())/0", errno: ELOOP)
        ) {
            _ = try HashingSlots(directory: directory.path(), count: 1).take()
        }
    }

    /// Starts a process that holds a place, and returns when it does.
    private func holder(ofPlace number: Int) throws -> Process {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/flock")
        process.arguments = [
            "--no-fork", directory.appending(path: "\(number)").path(), "sh", "-c",
            "echo; exec sleep 60",
        ]
        process.standardOutput = output
        try process.run()
        _ = output.fileHandleForReading.availableData
        return process
    }
}

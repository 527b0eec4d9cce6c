private import CLinux
private import Glibc

/// A program to be run once, without a shell and with nothing of this program's environment.
package struct Command: Sendable {
    private let program: String
    private let arguments: [String]
    private let environment: [String]

    /// Names the program.
    ///
    /// - Parameters:
    ///   - program: Its absolute path.
    ///   - arguments: What stands behind its name, for every user of the machine to see.
    ///   - home: The home directory, where it may look for its configuration.
    package init(_ program: String, arguments: [String] = [], home: String = "/") {
        self.program = program
        self.arguments = arguments
        environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=\(home)"]
    }

    /// How a run ended.
    package enum End: Equatable {
        /// By itself; `complaint` is the beginning of what it wrote to standard error.
        case exited(Int32, complaint: String)
        /// In another way, or it never began.
        case unfinished(reason: String)
    }

    /// Runs the program in the root directory, with the input in a file and nothing else open.
    ///
    /// A file and not a pipe: were this program to end in the middle of writing to a pipe, the other
    /// one would take the end for that of the message and send half of it.
    ///
    /// - Parameters:
    ///   - input: What it reads from standard input.
    ///   - patienceInSeconds: For how long it may run.
    /// - Returns: How it ended.
    package func run(input: [UInt8], patienceInSeconds: Int) -> End {
        let standardInput = unsafe memfd_create("input", postern_mfd_cloexec)
        let standardError = unsafe memfd_create("error", postern_mfd_cloexec)
        defer {
            close(standardInput)
            close(standardError)
        }
        guard standardInput >= 0, standardError >= 0, write(input, to: standardInput) else {
            return notStarted(errno)
        }

        var child: pid_t = 0
        let failure = spawn(&child, standardInput: standardInput, standardError: standardError)
        guard failure == 0 else { return notStarted(failure) }
        guard let status = wait(for: child, atMost: patienceInSeconds) else {
            return .unfinished(reason: "took longer than \(patienceInSeconds) seconds")
        }
        let signal = status & 0x7F
        guard signal == 0 else { return .unfinished(reason: "ended by signal \(signal)") }
        return .exited(status >> 8 & 0xFF, complaint: complaint(in: standardError))
    }

    private func notStarted(_ code: Int32) -> End {
        .unfinished(reason: "cannot start \(program): \(unsafe String(cString: strerror(code)))")
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress! + written, bytes.count - written)
            }
            guard count > 0 || errno == EINTR else { return false }
            written += max(0, count)
        }
        return lseek(descriptor, 0, SEEK_SET) == 0
    }

    private func spawn(
        _ child: inout pid_t, standardInput: Int32, standardError: Int32
    ) -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, standardInput, STDIN_FILENO)
        unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, standardError, STDERR_FILENO)
        unsafe posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
        unsafe posix_spawn_file_actions_addchdir_np(&actions, "/")

        // The signals which this program holds back or ignores are its own affair.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        unsafe sigemptyset(&none)
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var argv = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
        var envp = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer { unsafe (argv + envp).forEach { unsafe free($0) } }
        return unsafe posix_spawn(&child, program, &actions, &attributes, &argv, &envp)
    }

    /// Waits for a child's end, and ends it when its time is over.
    ///
    /// - Returns: The status that `waitpid` gives; nil if it took too long.
    private func wait(for child: pid_t, atMost seconds: Int) -> Int32? {
        var status: Int32 = 0
        var pause = 1000
        var waited = 0
        while unsafe waitpid(child, &status, WNOHANG) == 0 {
            guard waited < seconds * 1_000_000 else {
                kill(child, SIGKILL)
                unsafe waitpid(child, &status, 0)
                return nil
            }
            usleep(UInt32(pause))
            waited += pause
            pause = min(2 * pause, 50_000)
        }
        return status
    }

    /// The first lines of what was written to standard error.
    private func complaint(in descriptor: Int32) -> String {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 300) { buffer, count in
            count = unsafe max(0, pread(descriptor, buffer.baseAddress!, buffer.count, 0))
        }
        let lines = bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        return lines.joined(separator: " ")
    }
}

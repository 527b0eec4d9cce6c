private import CLinux
internal import Glibc

/// A question on the terminal whose answer is not shown.
///
/// A signal that ends or stops the program finds the terminal as it was before.
package struct HiddenPrompt: ~Copyable {
    private static let signals = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP]

    private let terminal = STDIN_FILENO
    private var signals = sigset_t()

    /// Makes a question.
    package init() {
        unsafe sigemptyset(&signals)
        for signal in Self.signals { unsafe sigaddset(&signals, signal) }
    }

    /// Asks, and takes one line.
    ///
    /// - Returns: `nil` if the person ended the input instead.
    package borrowing func ask(
        _ question: String
    ) throws(HiddenPromptError) -> LineReader.Line? {
        // The signals wait in a descriptor while nothing is shown, since a handler of ours could
        // come at any instruction.
        var signals = signals
        unsafe sigprocmask(SIG_BLOCK, &signals, nil)
        defer { unsafe sigprocmask(SIG_UNBLOCK, &signals, nil) }
        let arrivals = unsafe signalfd(-1, &signals, Int32(SFD_CLOEXEC))
        defer { close(arrivals) }
        while true {
            let shown = try hide()
            say(question)
            let event = waitForLine(or: arrivals)
            let line = event == .line ? readLine() : nil
            show(shown)
            say("\n")
            guard case .signal(let signal) = event else { return line }
            raise(signal)
            // Here the signal takes effect; after a stop the question is asked again.
            unsafe sigprocmask(SIG_UNBLOCK, &signals, nil)
            unsafe sigprocmask(SIG_BLOCK, &signals, nil)
        }
    }

    private enum Event: Equatable {
        case line
        case signal(Int32)
    }

    private borrowing func waitForLine(or arrivals: Int32) -> Event {
        var wanted = [terminal, arrivals].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while unsafe poll(&wanted, nfds_t(wanted.count), -1) < 0, errno == EINTR {}
        var signal = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard wanted[1].revents != 0, unsafe read(arrivals, &signal, size) == size else {
            return .line
        }
        return .signal(Int32(signal.ssi_signo))
    }

    private borrowing func readLine() -> LineReader.Line? {
        var reader = LineReader(terminal)
        return reader.next(beforeWaiting: {})
    }

    /// Stops showing what is typed, and returns how the terminal was.
    private borrowing func hide() throws(HiddenPromptError) -> termios {
        var shown = termios()
        guard unsafe tcgetattr(terminal, &shown) == 0 else {
            throw .settingsUnknown
        }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        // Typed before the question, it has been shown and is no answer.
        guard unsafe tcsetattr(terminal, TCSAFLUSH, &hidden) == 0 else {
            throw .notHidden
        }
        return shown
    }

    private borrowing func show(_ shown: termios) {
        var shown = shown
        _ = unsafe tcsetattr(terminal, TCSAFLUSH, &shown)
    }
}

/// Writes to standard error.
private func say(_ text: String) {
    _ = unsafe write(STDERR_FILENO, text, text.utf8.count)
}

/// Why a question was not asked.
package enum HiddenPromptError: Error, Equatable {
    case settingsUnknown
    case notHidden
}

extension HiddenPromptError: CustomStringConvertible {
    /// What the terminal cannot do.
    package var description: String {
        switch self {
        case .settingsUnknown: "the terminal cannot be asked for its settings"
        case .notHidden: "the terminal cannot hide what is typed"
        }
    }
}

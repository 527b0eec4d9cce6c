internal import CLinux
private import Glibc

/// A program for the kernel that looks at each system call before it is done (seccomp(2)).
///
/// Calls of the list are done, some only with certain arguments; every other one fails with `EPERM`,
/// as if the user had no right to it.
struct SystemCallFilter {
    private var program: [sock_filter] = []

    init(withNetwork hasNetwork: Bool) {
        program.reserveCapacity(96)
        // Numbers are those of one processor, and a program can make another one's calls, too.
        load(offset: 4)
        add(BPF_JMP | BPF_JEQ | BPF_K, postern_audit_arch, truly: 1)
        answer(SECCOMP_RET_KILL_PROCESS)

        load(offset: 0)
        // No memory becomes a program.
        allow(SYS_mmap, ifArgument: 2, bit: PROT_EXEC, isSet: false)
        allow(SYS_mprotect, ifArgument: 2, bit: PROT_EXEC, isSet: false)
        if hasNetwork {
            allow(SYS_socket, ifArgument: 0, is: AF_INET, or: AF_INET6)
            // A thread is no process. The C library takes clone(2), whose argument can be seen, where
            // clone3(2) is missing.
            allow(SYS_clone, ifArgument: 0, bit: CLONE_THREAD, isSet: true)
            add(BPF_JMP | BPF_JEQ | BPF_K, UInt32(SYS_clone3), otherwise: 1)
            answer(SECCOMP_RET_ERRNO | UInt32(ENOSYS))
        }
        allowNoneBut(Self.calls, hasNetwork ? Self.networkCalls : [])
    }

    /// Lets the kernel run the program from now on, if it has filters.
    func enter() throws(SandboxError) {
        guard try Kernel.filtersSystemCalls else { return }
        var program = program
        let result = unsafe program.withUnsafeMutableBufferPointer { instructions in
            var filter = unsafe sock_fprog(
                len: UInt16(instructions.count), filter: instructions.baseAddress)
            return unsafe postern_seccomp_enter(&filter)
        }
        guard result == 0 else { throw .last("seccomp") }
    }

    // MARK: - The list

    /// What it takes to read and write files and to answer requests.
    private static let calls = [
        SYS_accept4, SYS_brk, SYS_clock_gettime, SYS_clock_nanosleep, SYS_close, SYS_exit,
        SYS_exit_group, SYS_fcntl, SYS_flock, SYS_fstat, SYS_fstatfs, SYS_fsync, SYS_ftruncate,
        SYS_futex, SYS_getdents64, SYS_geteuid, SYS_getpid, SYS_getrandom, SYS_getsockopt,
        SYS_gettid, SYS_gettimeofday, SYS_lseek, SYS_madvise, SYS_mkdirat, SYS_mremap, SYS_munmap,
        SYS_newfstatat, SYS_openat, POSTERN_SYS_POLL, SYS_ppoll, SYS_pread64, SYS_pwrite64,
        SYS_read, POSTERN_SYS_READLINK, SYS_renameat, SYS_renameat2, SYS_restart_syscall,
        SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_shutdown,
        SYS_signalfd4, POSTERN_SYS_TIME, SYS_unlinkat, SYS_write,
    ]

    /// What it takes to look a name up and to ask another machine.
    private static let networkCalls = [
        SYS_connect, SYS_eventfd2, SYS_getsockname, SYS_recvfrom, SYS_recvmsg, SYS_rseq,
        SYS_rt_sigtimedwait, SYS_sendmmsg, SYS_sendto, SYS_set_robust_list, SYS_setsockopt,
    ]

    private static let refusal = SECCOMP_RET_ERRNO | UInt32(EPERM)

    // MARK: - Instructions

    /// Adds an instruction; a jump leaps over so many that follow, if its comparison holds or not.
    private mutating func add(_ code: Int32, _ operand: UInt32, truly: Int = 0, otherwise: Int = 0)
    {
        program.append(
            sock_filter(code: UInt16(code), jt: UInt8(truly), jf: UInt8(otherwise), k: operand))
    }

    /// Loads a part of `seccomp_data`: the number at 0, the processor at 4, arguments from 16 on.
    private mutating func load(offset: Int) {
        add(BPF_LD | BPF_W | BPF_ABS, UInt32(offset))
    }

    private mutating func answer(_ action: UInt32) {
        add(BPF_RET | BPF_K, action)
    }

    private mutating func allow(
        _ call: Int32, ifArgument index: Int, is value: Int32, or other: Int32
    ) {
        add(BPF_JMP | BPF_JEQ | BPF_K, UInt32(call), otherwise: 5)
        load(offset: 16 + 8 * index)
        add(BPF_JMP | BPF_JEQ | BPF_K, UInt32(value), truly: 2)
        add(BPF_JMP | BPF_JEQ | BPF_K, UInt32(other), truly: 1)
        answer(Self.refusal)
        answer(SECCOMP_RET_ALLOW)
    }

    private mutating func allow(
        _ call: Int32, ifArgument index: Int, bit: Int32, isSet: Bool
    ) {
        add(BPF_JMP | BPF_JEQ | BPF_K, UInt32(call), otherwise: 4)
        load(offset: 16 + 8 * index)
        add(BPF_JMP | BPF_JSET | BPF_K, UInt32(bit), truly: isSet ? 1 : 0, otherwise: isSet ? 0 : 1)
        answer(Self.refusal)
        answer(SECCOMP_RET_ALLOW)
    }

    /// Allows the calls of two lists, and none but them and those that were decided about before.
    ///
    /// A comparison for each would take the kernel 0.1 ms to take in, which is much for a program that
    /// answers one request. So a mask says of 32 numbers at once which of them are allowed.
    private mutating func allowNoneBut(_ calls: [Int32], _ others: [Int32]) {
        var masks = [UInt32](repeating: 0, count: 16)
        for call in calls { masks[Int(call) / 32] |= 1 << (call % 32) }
        for call in others { masks[Int(call) / 32] |= 1 << (call % 32) }
        // X becomes 1 << number % 32, and A the number again.
        add(BPF_ALU | BPF_AND | BPF_K, 31)
        add(BPF_MISC | BPF_TAX, 0)
        add(BPF_LD | BPF_IMM, 1)
        add(BPF_ALU | BPF_LSH | BPF_X, 0)
        add(BPF_MISC | BPF_TAX, 0)
        load(offset: 0)
        while masks.last == 0 { masks.removeLast() }
        for index in masks.indices {
            add(BPF_JMP | BPF_JGE | BPF_K, UInt32(32 * (index + 1)), truly: 4)
            add(BPF_MISC | BPF_TXA, 0)
            add(BPF_JMP | BPF_JSET | BPF_K, masks[index], otherwise: 1)
            answer(SECCOMP_RET_ALLOW)
            answer(Self.refusal)
        }
        answer(Self.refusal)
    }
}

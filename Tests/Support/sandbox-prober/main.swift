import Gateway
import Glibc
import HTTP
import Installation
import Sandbox

// Opens a data directory and enters the sandbox as `account` does, or with `SANDBOX=off` does not
// enter it. Then it tries what each request names, and answers with the name of what came of it.

let data = try DataDirectory(path: unsafe String(cString: getenv("POSTERN_DATA")))
let site = try InstalledSite(data)
if unsafe getenv("SANDBOX") == nil {
    _ = try data.enterSandbox(site.configuration)
}
try Responder().run { request in
    guard case .success(let request) = request else { return .text("", status: .badRequest) }
    let argument = request.query["argument"] ?? ""
    return .text("result \(name(of: attempt(request.path, argument)))\n")
}

/// Tries something.
///
/// - Returns: 0, or the `errno` with which it failed.
func attempt(_ path: String, _ argument: String) -> Int32 {
    switch path {
    case "/account/read": result(of: unsafe open(argument, O_RDONLY))
    case "/account/list": result(of: unsafe open(argument, O_RDONLY | O_DIRECTORY))
    case "/account/write": result(of: unsafe open(argument, O_WRONLY))
    case "/account/make": result(of: unsafe open(argument, O_WRONLY | O_CREAT, 0o600))
    case "/account/make-device": result(of: unsafe mknod(argument, S_IFIFO | 0o600, 0))
    case "/account/link": result(of: unsafe symlink("/etc/passwd", argument))
    case "/account/execute": execute(argument)
    case "/account/spawn": spawn(argument)
    case "/account/fork": fork()
    case "/account/signal": result(of: kill(pid_t(argument) ?? 0, 0))
    case "/account/connect": connect(port: UInt16(argument) ?? 0)
    case "/account/listen": connect(port: 0, listening: true)
    case "/account/map-code": mapCode()
    default: EINVAL
    }
}

func result(of call: Int32) -> Int32 { call < 0 ? errno : 0 }

func execute(_ program: String) -> Int32 {
    let name = unsafe strdup(program)
    var arguments = unsafe [name, nil]
    return result(of: unsafe execv(program, &arguments))
}

func spawn(_ program: String) -> Int32 {
    var child: pid_t = 0
    let name = unsafe strdup(program)
    var arguments = unsafe [name, nil]
    return unsafe posix_spawn(&child, program, nil, nil, &arguments, environ)
}

func fork() -> Int32 {
    let child = Glibc.fork()
    if child == 0 { _exit(0) }
    return result(of: child)
}

func connect(port: UInt16, listening: Bool = false) -> Int32 {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { return errno }
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    return unsafe withUnsafePointer(to: &address) { address in
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            result(
                of: listening
                    ? unsafe bind(socket, address, size)
                    : unsafe Glibc.connect(socket, address, size))
        }
    }
}

func mapCode() -> Int32 {
    let memory = unsafe mmap(
        nil, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    return unsafe memory == MAP_FAILED ? errno : 0
}

func name(of code: Int32) -> String {
    [0: "done", EACCES: "EACCES", EPERM: "EPERM", ENOENT: "ENOENT"][code] ?? "\(code)"
}

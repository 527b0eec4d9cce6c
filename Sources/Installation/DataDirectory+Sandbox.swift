package import Accounts
private import Glibc
package import Sandbox
internal import WebClient

extension DataDirectory {
    /// Gives up what the program behind the web server does not need.
    ///
    /// - Returns: What is left; nil where the operator wants no sandbox.
    /// - Throws: `InstallationError` if the kernel has what it takes and yet refuses.
    package func enterSandbox(_ configuration: Configuration) throws(InstallationError) -> Sandbox?
    {
        guard configuration.isSandboxed else { return nil }
        let sandbox = sandbox(configuration)
        do {
            try sandbox.enter()
        } catch {
            throw InstallationError([Defect(error)])
        }
        return sandbox
    }

    /// Makes sure that what the operator has changed meanwhile is within reach.
    package func check(within sandbox: Sandbox) throws(InstallationError) {
        guard sandbox.covers(self.sandbox(try configuration())) else {
            throw InstallationError(
                "\(path)/postern.conf: it names files or a service that the sandbox of the running "
                    + "program keeps out of reach",
                remedy: "start 'account' again")
        }
    }

    /// What the program behind the web server needs.
    private func sandbox(_ configuration: Configuration) -> Sandbox {
        let files = [configuration.forms, configuration.pepper, configuration.breaches.filter]
        let directories =
            files.compactMap(\.self).map { Self.surroundings(of: absolute($0)) }
            + [configuration.privateFiles].compactMap(\.self)
        let outside = directories.filter { !"\($0)/".hasPrefix("\(path)/") }
        guard let service = configuration.breaches.service.flatMap(WebAddress.init) else {
            return Sandbox(readable: outside, writable: [path])
        }
        return Sandbox(
            readable: outside + Self.certificates(configuration.breaches.certificates)
                + Self.filesOfNames,
            writable: [path], ports: [service.port, Self.portOfNames])
    }

    /// The directory of a file, in which another one of its name can take its place and is to be found.
    ///
    /// Of directories that hold everything or `passwd`, only the file itself.
    private static func surroundings(of file: String) -> String {
        let directory = file.directoryAndName.directory
        return ["/", "/etc"].contains(directory) ? file : directory
    }

    /// Where certificates lie, to which others may be links.
    private static func certificates(_ path: String) -> [String] {
        [path, realPath(path)].map(surroundings)
            + [path, "/usr/share/ca-certificates", "/usr/local/share/ca-certificates"]
    }

    /// DNS, where an answer is too long for UDP.
    private static let portOfNames: UInt16 = 53

    /// What the C library reads to look a name up.
    private static var filesOfNames: [String] {
        [surroundings(of: realPath("/etc/resolv.conf"))]
            + ["/etc/hosts", "/etc/host.conf", "/etc/gai.conf"]
    }

    private static func realPath(_ path: String) -> String {
        guard let real = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }
}

extension Defect {
    /// What the kernel has and refuses, and what to do about it.
    init(_ error: SandboxError) {
        self.init(
            error.description,
            remedy: "where that cannot be allowed, write 'sandbox off' in postern.conf")
    }
}

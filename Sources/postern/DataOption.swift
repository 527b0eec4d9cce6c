import AccountFiles
import ArgumentParser
import Foundation
import Glibc
import Installation

/// `--data`, which every command needs that works on an installation.
struct DataOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The data directory; without it, the value of POSTERN_DATA.", valueName: "directory"),
        completion: .directory)
    var data: String?

    /// Opens the data directory that was named.
    func open() throws -> DataDirectory {
        try installed { () throws(InstallationError) in try DataDirectory(path: try path()) }
    }

    /// Opens the data directory that was named, and the accounts in it.
    func openStore() throws -> (data: DataDirectory, store: AccountDirectory) {
        let data = try open()
        return try installed { () throws(InstallationError) in (data, try data.store()) }
    }

    /// The path of the directory that was named.
    func path() throws(InstallationError) -> String {
        guard let path = data ?? ProcessInfo.processInfo.environment["POSTERN_DATA"], !path.isEmpty
        else {
            throw InstallationError([
                Defect("no data directory is named", remedy: "use --data or set POSTERN_DATA")
            ])
        }
        return path
    }
}

/// Does something with an installation; on a defect, complains and ends with `EX_CONFIG`.
func installed<Value>(_ work: () throws(InstallationError) -> Value) throws -> Value {
    do {
        return try work()
    } catch {
        for defect in error.defects {
            Complaint(defect.problem, hint: defect.remedy.isEmpty ? nil : defect.remedy).print()
        }
        throw ExitCode(EX_CONFIG)
    }
}

/// Does something with the accounts or the spool; on a failure, complains and ends with `EX_IOERR`.
func stored<Value>(_ work: () throws -> Value) throws -> Value {
    do {
        return try work()
    } catch let code as ExitCode {
        throw code
    } catch {
        Complaint("\(error)", hint: "'postern doctor' looks at the whole installation").print()
        throw ExitCode(EX_IOERR)
    }
}

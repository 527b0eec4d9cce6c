/// Which release this is; archives and packages are named by it, too.
enum Version {
    static let text = "0.1.0"
}

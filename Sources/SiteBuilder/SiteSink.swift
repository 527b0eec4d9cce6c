/// Where a build puts the files of a site.
protocol SiteSink {
    /// Takes a file.
    func put(_ bytes: [UInt8], at path: String) throws(SiteError)

    /// Takes a file that is as it was in the build before.
    func keep(_ path: String) throws(SiteError)
}

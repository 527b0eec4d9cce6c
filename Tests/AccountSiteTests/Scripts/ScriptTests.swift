import Testing

/// The page scripts, played against the pages themselves.
@Suite struct ScriptTests {
    @Test(arguments: try Script.all)
    func `plays a page script`(script: Script) throws {
        let site = try TestSite()
        try ScriptPlayer(site).play(script)
    }
}

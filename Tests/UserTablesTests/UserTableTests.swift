import Accounts
import Cryptography
import Foundation
import Testing
import UserTables

@Suite struct UserTableTests {
    private static let bcrypt = "$2y$05$WQ/N6EI0JHy6.pr8uBfFaOKGr0m5B/NRby2Amh7Sbpe8dqTvKa/bi"

    /// The rows of a table: a line's number and what it says, or why it says nothing.
    private func rows(
        _ text: String, _ format: UserTable.Format, domain: String? = nil
    ) throws -> [(line: Int, user: Result<UserRow, UserRowError>)] {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(text.utf8).write(to: url)
        let file = try FileHandle(forReadingFrom: url)
        try FileManager.default.removeItem(at: url)
        var table = try UserTable(file.fileDescriptor, format, domain: domain)
        var rows: [UserTable.Row] = []
        while let row = table.next() { rows.append(row) }
        try file.close()
        return rows
    }

    private func row(
        _ text: String, _ format: UserTable.Format, domain: String? = nil
    ) throws -> UserRow {
        let rows = try rows(text, format, domain: domain)
        #expect(rows.count == 1)
        return try #require(rows.first).user.get()
    }

    private func complaint(_ text: String, _ format: UserTable.Format) throws -> String {
        guard case .failure(let error) = try #require(rows(text, format).first).user else {
            return ""
        }
        return error.description
    }

    @Test func `reads what an export wrote`() throws {
        let row = try row(
            """
            {"account":"q6urq6urq6urq6urq6urqw","address":"Ada@Example.org","name":"Ada \\"A\\" L",\
            "language":"fr","created":"2026-11-21T09:00:00Z","seen":null,"disabled":true,"groups":["board","staff"],\
            "factors":["app"],"hash_kind":"imported","hash":"\(Self.bcrypt)"}
            """, .jsonLines)
        #expect(row.address.text == "Ada@example.org")
        #expect(row.name.text == "Ada \"A\" L")
        #expect(row.createdAt?.text == "2026-11-21T09:00:00Z")
        #expect(row.language?.text == "fr")
        #expect(row.isDisabled)
        #expect(row.groups.map(\.text).sorted() == ["board", "staff"])
        guard case .imported(let hash) = row.password else {
            Issue.record("no imported hash")
            return
        }
        #expect(hash.text == Self.bcrypt)
    }

    @Test func `reads WordPress's table between tabs`() throws {
        let row = try row(
            """
            ID\tuser_login\tuser_pass\tuser_nicename\tuser_email\tuser_url\tuser_registered\tdisplay_name
            1\tada\t\(Self.bcrypt)\tada\tada@example.org\t\t2024-02-29 23:59:59\tAda "the" \\\\ L

            """, .csv)
        #expect(row.address.text == "ada@example.org")
        #expect(row.name.text == "Ada \"the\" \\ L")
        #expect(row.createdAt?.text == "2024-02-29T23:59:59Z")
        #expect(!row.isDisabled)
        #expect(row.groups == [])
    }

    @Test func `reads Django's table with quotes and line breaks`() throws {
        let rows = try rows(
            "\u{FEFF}id,password,username,first_name,last_name,email,is_active,date_joined\r\n"
                + "1,\(Self.bcrypt),ada,Ada,\"Love\"\"lace\",ada@example.org,1,2025-03-01 12:00:00.123456\r\n"
                + "2,!kqx,bob,\"Bob\r\nthe,second\",,bob@example.org,0,\"2025-03-01 13:00:00+01:30\"\r\n",
            .csv)
        #expect(rows.map(\.line) == [2, 3])
        let (ada, bob) = (try rows[0].user.get(), try rows[1].user.get())
        #expect(ada.name.text == "Ada Love\"lace")
        #expect(ada.createdAt?.text == "2025-03-01T12:00:00Z")
        #expect(!ada.isDisabled && ada.password != nil)
        #expect(bob.name.text == "Bob the,second")
        #expect(bob.createdAt?.text == "2025-03-01T11:30:00Z")
        #expect(bob.isDisabled && bob.password == nil)
    }

    @Test func `reads a file of htpasswd, with a domain for names`() throws {
        let rows = try rows(
            "# members\nada:\(Self.bcrypt)\n\nbob@example.net:{SHA}m76WZKr3nazPJq4u/jifdfySfHU=\n",
            .htpasswd, domain: "example.org")
        #expect(rows.map(\.line) == [2, 4])
        #expect(
            try rows.map { try $0.user.get().address.text } == [
                "ada@example.org", "bob@example.net",
            ])
    }

    @Test(arguments: ["!", "!abc", "*", "x", ""])
    func `a password that none is means no password`(hash: String) throws {
        #expect(try row("ada@example.org:\(hash)\n", .htpasswd).password == nil)
    }

    @Test(arguments: [
        ("2026-11-21 09:12:00", "2026-11-21T09:12:00Z"),
        ("2026-11-21T09:12:00Z", "2026-11-21T09:12:00Z"),
        ("2026-11-21 09:12:00.5+00", "2026-11-21T09:12:00Z"),
        ("2026-01-01T00:30:00+0100", "2025-12-31T23:30:00Z"),
        ("2026-11-21 09:12:00-05:00", "2026-11-21T14:12:00Z"),
    ])
    func `reads moments as databases write them`(text: String, moment: String) throws {
        let row = try row("address,created\nada@example.org,\(text)\n", .csv)
        #expect(row.createdAt?.text == moment)
    }

    @Test func `takes no date of MariaDB's for none`() throws {
        let row = try row("address,created\nada@example.org,0000-00-00 00:00:00\n", .csv)
        #expect(row.createdAt == nil)
    }

    @Test(arguments: [
        ("{\"name\":\"Ada\"}", "there is no address"),
        ("{\"address\":\"ada\\u001b[31m\"}", "'ada\\u{1b}[31m' is not an e-mail address"),
        (
            "{\"address\":\"ada@example.org\",\"hash\":\"hunter2\"}",
            "the hash is of no kind that is known here"
        ),
        (
            "{\"address\":\"ada@example.org\",\"groups\":[\"The Staff\"]}",
            "'The' is not the name of a group"
        ),
        (
            "{\"address\":\"ada@example.org\",\"created\":\"yesterday\"}",
            "'created' is no date and time"
        ),
        (
            "{\"address\":\"ada@example.org\",\"disabled\":\"perhaps\"}",
            "'disabled' is neither yes nor no"
        ),
        (
            "{\"address\":\"ada@example.org\",\"name\":\"\\u0000\"}",
            "the name is too long, or has a control character"
        ),
        (
            "{\"address\":\"ada@example.org\",\"language\":\"x\"}",
            "'language' is no tag of a language"
        ),
        ("[1]", "expected a JSON object"), ("{", "expected a JSON object"),
    ])
    func `says what is wrong with a line`(line: String, complaint: String) throws {
        #expect(try self.complaint(line + "\n", .jsonLines) == complaint)
    }

    @Test(arguments: [
        ("address,name\nada@example.org\n", "expected 2 values and found 1"),
        (
            "address,name\nada@example.org,\"Ada\" L\n",
            "a quote stands where none can, or is not closed"
        ),
        (
            "address,name\nada@example.org,A\"d\"a\n",
            "a quote stands where none can, or is not closed"
        ),
        (
            "address,name\nada@example.org,\"Ada\n",
            "a quote stands where none can, or is not closed"
        ),
    ])
    func `says what is wrong with a record`(text: String, complaint: String) throws {
        #expect(try self.complaint(text, .csv) == complaint)
    }

    @Test func `goes on after a line that is wrong`() throws {
        let rows = try rows("ada\nbob@example.org:\(Self.bcrypt)\n", .htpasswd)
        #expect(rows.count == 2)
        #expect(throws: UserRowError.self) { try rows[0].user.get() }
        #expect(try rows[1].user.get().address.text == "bob@example.org")
    }

    @Test func `an empty table has no names of columns`() {
        let error = #expect(throws: UserRowError.self) { try rows("", .csv) }
        #expect(error?.description == "it is empty")
    }
}

import Accounts
import Cryptography
import HTTP
import Hypertext

// Telling people what happened to their account.

extension World {
    /// Puts a message into the spool, in the language of the person to whom it speaks.
    ///
    /// - Parameters:
    ///   - mail: What it says.
    ///   - name: The mail's name, where another has the same slots.
    ///   - address: To whom it goes.
    ///   - language: The language for somebody whose own is not known; without one, the site's.
    /// - Throws: `StoreError`, or `TemplateError`.
    func send<Mail: PersonalMail>(
        _ mail: Mail, named name: String = Mail.name, to address: EmailAddress,
        otherwise language: String = ""
    ) throws {
        let (subject, text, html) = try templates.mail(
            mail, named: name, language: mail.person.language?.text ?? language)
        try send(Letter(to: address, subject: subject, text: text, html: html))
    }

    /// What a notice says of a change that was just made, with the link that takes it back.
    ///
    /// - Parameters:
    ///   - account: The account as it was before the change.
    ///   - change: What was changed.
    ///   - visitor: Who changed it.
    /// - Returns: What the message says.
    /// - Throws: `StoreError`.
    func changeNotice(
        of account: Account, _ change: Confirmation.Change, by visitor: Visitor
    ) throws -> ChangeNotice {
        let secrets = MailedSecrets(for: .notice(randomBytes: randomBytes), in: self)
        let now = now()
        try store.updateConfirmation(secrets.link.key) { confirmation in
            confirmation = Confirmation(
                .notMe, of: account.email, at: now, secret: secrets.linkTag, account: account.id,
                generation: account.generation, change: change)
        }
        return ChangeNotice(
            person: Addressee(account), when: MomentPhrase(now), visitor: visitor,
            notMe: secrets.url(.notMe, in: self))
    }

    /// Whether people are told of a change.
    func tells(of change: Confirmation.Change) -> Bool {
        configuration.secondFactors.notices.contains(change)
    }

    /// Notes an event of an account, and does what is to be done where it makes the account enter an
    /// audience.
    func note(_ kind: Event.Kind, of id: AccountID, by visitor: Visitor) throws {
        let event = Event(kind, at: now(), by: visitor)
        try store.note(event, of: id)
        let audiences = configuration.secondFactors.audiences
        guard audiences.contains(where: { $0.conditions.contains { $0.event == kind } }) else {
            return
        }
        let events = try store.events(of: id, atMost: Audience.mostEvents)
        let entered = try store.update(id) { account in
            (account.enter(audiences, by: event, events), account)
        }
        guard let (entered, account) = entered else { return }
        for audience in entered {
            try perform(audience, account, event)
        }
    }

    private func perform(_ audience: Audience, _ account: Account, _ event: Event) throws {
        for action in audience.actions {
            switch action {
            case .flag:
                break  // that the account is in the audience stands in its file already
            case .log:
                log(LogEntry(.audience(audience.name, account: account.id), at: now()))
            case .mail:
                let mail = PasswordKnownMail(
                    notice: try changeNotice(of: account, .passwordKnown, by: event.visitor))
                try send(mail, named: "\(audience.name.text)-mail", to: account.email)
            }
        }
    }
}

extension Visit {
    /// Puts a message into the spool, in this visit's language if the person's own is not known.
    func send(_ mail: some PersonalMail, to address: EmailAddress) throws {
        try world.send(mail, to: address, otherwise: language.tag)
    }

    /// What a notice says of a change that this visit has made.
    func changeNotice(
        of account: Account, _ change: Confirmation.Change
    ) throws -> ChangeNotice {
        try world.changeNotice(of: account, change, by: visitor)
    }

    /// Notes an event of an account.
    func note(_ kind: Event.Kind, of account: AccountID) throws {
        try world.note(kind, of: account, by: visitor)
    }

    /// Tells the owner of an account of a change of its security, if the site tells of such changes.
    ///
    /// - Parameters:
    ///   - change: What was changed.
    ///   - account: The account as it was before the change.
    /// - Throws: `StoreError`.
    func tell(of change: Confirmation.Change, _ account: Account) throws {
        guard world.tells(of: change) else { return }
        try send(
            SecurityMail(notice: changeNotice(of: account, change), what: change),
            to: account.email)
    }
}

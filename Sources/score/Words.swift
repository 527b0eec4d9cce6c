import Zxcvbn

/// The form's own texts, by language.
enum Words {
    typealias Text = [Language: String]

    static let title: Text = [
        .english: "How strong is a password?", .german: "Wie stark ist ein Passwort?",
        .french: "Quelle est la force d’un mot de passe ?",
        .spanish: "¿Qué tan segura es una contraseña?",
    ]
    static let password: Text = [
        .english: "Password", .german: "Passwort", .french: "Mot de passe", .spanish: "Contraseña",
    ]
    static let userInput: Text = [
        .english: "A word that others connect with you, such as your name",
        .german: "Ein Wort, das andere mit Ihnen verbinden, etwa Ihr Name",
        .french: "Un mot que l’on associe à vous, par exemple votre nom",
        .spanish: "Una palabra que se asocia con usted, por ejemplo su nombre",
    ]
    static let button: Text = [
        .english: "Check the password", .german: "Passwort prüfen",
        .french: "Vérifier le mot de passe", .spanish: "Comprobar la contraseña",
    ]
    static let strength: Text = [
        .english: "Strength:", .german: "Stärke:", .french: "Force :", .spanish: "Seguridad:",
    ]

    static let tooMany: Text = [
        .english: "Too many passwords in one minute. Please try again in the next one.",
        .german:
            "Zu viele Passwörter in einer Minute. Bitte versuchen Sie es in der nächsten noch einmal.",
        .french: "Trop de mots de passe en une minute. Veuillez réessayer dans une minute.",
        .spanish: "Demasiadas contraseñas en un minuto. Vuelva a intentarlo dentro de un minuto.",
    ]

    static let scores: [Score: Text] = [
        .tooGuessable: [
            .english: "very weak", .german: "sehr schwach", .french: "très faible",
            .spanish: "muy débil",
        ],
        .veryGuessable: [
            .english: "weak", .german: "schwach", .french: "faible", .spanish: "débil",
        ],
        .somewhatGuessable: [
            .english: "fair", .german: "mittel", .french: "moyen", .spanish: "regular",
        ],
        .safelyUnguessable: [
            .english: "strong", .german: "stark", .french: "fort", .spanish: "fuerte",
        ],
        .veryUnguessable: [
            .english: "very strong", .german: "sehr stark", .french: "très fort",
            .spanish: "muy fuerte",
        ],
    ]
}

extension Score {
    /// The score in words.
    func name(in language: Language) -> String {
        Words.scores[self]![language]!
    }
}

extension Warning {
    /// The sentence that tells the person.
    ///
    /// - Parameter language: the person's language.
    /// - Returns: the text; in English the original's, to the letter.
    public func text(in language: Language) -> String { translations[language] }

    private var translations: Translations {
        switch self {
        case .straightRow:
            Translations(
                "Straight rows of keys are easy to guess",
                de: "Gerade Tastenreihen sind leicht zu erraten",
                fr: "Les rangées de touches sont faciles à deviner",
                es: "Las filas de teclas seguidas son fáciles de adivinar")
        case .keyboardPattern:
            Translations(
                "Short keyboard patterns are easy to guess",
                de: "Kurze Tastaturmuster sind leicht zu erraten",
                fr: "Les motifs courts sur le clavier sont faciles à deviner",
                es: "Los patrones cortos de teclado son fáciles de adivinar")
        case .repeatedCharacter:
            Translations(
                "Repeats like \"aaa\" are easy to guess",
                de: "Wiederholungen wie „aaa“ sind leicht zu erraten",
                fr: "Les répétitions comme « aaa » sont faciles à deviner",
                es: "Las repeticiones como «aaa» son fáciles de adivinar")
        case .repeatedText:
            Translations(
                "Repeats like \"abcabcabc\" are only slightly harder to guess than \"abc\"",
                de: "Wiederholungen wie „abcabcabc“ sind kaum schwerer zu erraten als „abc“",
                fr:
                    "Les répétitions comme « abcabcabc » sont à peine plus difficiles à deviner que « abc »",
                es:
                    "Las repeticiones como «abcabcabc» son apenas más difíciles de adivinar que «abc»"
            )
        case .sequence:
            Translations(
                "Sequences like abc or 6543 are easy to guess",
                de: "Folgen wie abc oder 6543 sind leicht zu erraten",
                fr: "Les suites comme abc ou 6543 sont faciles à deviner",
                es: "Las secuencias como abc o 6543 son fáciles de adivinar")
        case .recentYear:
            Translations(
                "Recent years are easy to guess",
                de: "Jahreszahlen der letzten Zeit sind leicht zu erraten",
                fr: "Les années récentes sont faciles à deviner",
                es: "Los años recientes son fáciles de adivinar")
        case .date:
            Translations(
                "Dates are often easy to guess",
                de: "Ein Datum ist oft leicht zu erraten",
                fr: "Les dates sont souvent faciles à deviner",
                es: "Las fechas suelen ser fáciles de adivinar")
        case .topTenPassword:
            Translations(
                "This is a top-10 common password",
                de: "Dies ist eines der zehn häufigsten Passwörter",
                fr: "C’est l’un des dix mots de passe les plus courants",
                es: "Es una de las diez contraseñas más comunes")
        case .topHundredPassword:
            Translations(
                "This is a top-100 common password",
                de: "Dies ist eines der hundert häufigsten Passwörter",
                fr: "C’est l’un des cent mots de passe les plus courants",
                es: "Es una de las cien contraseñas más comunes")
        case .commonPassword:
            Translations(
                "This is a very common password",
                de: "Dies ist ein sehr häufiges Passwort",
                fr: "C’est un mot de passe très courant",
                es: "Es una contraseña muy común")
        case .similarToCommonPassword:
            Translations(
                "This is similar to a commonly used password",
                de: "Dies ähnelt einem häufig benutzten Passwort",
                fr: "Il ressemble à un mot de passe courant",
                es: "Se parece a una contraseña de uso común")
        case .word:
            Translations(
                "A word by itself is easy to guess",
                de: "Ein einzelnes Wort ist leicht zu erraten",
                fr: "Un mot seul est facile à deviner",
                es: "Una palabra sola es fácil de adivinar")
        case .soleName:
            Translations(
                "Names and surnames by themselves are easy to guess",
                de: "Vor- und Nachnamen allein sind leicht zu erraten",
                fr: "Les noms et prénoms seuls sont faciles à deviner",
                es: "Los nombres y apellidos solos son fáciles de adivinar")
        case .name:
            Translations(
                "Common names and surnames are easy to guess",
                de: "Häufige Vor- und Nachnamen sind leicht zu erraten",
                fr: "Les noms et prénoms courants sont faciles à deviner",
                es: "Los nombres y apellidos comunes son fáciles de adivinar")
        }
    }
}

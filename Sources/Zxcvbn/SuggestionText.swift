extension Suggestion {
    /// The sentence that tells the person.
    ///
    /// - Parameter language: the person's language.
    /// - Returns: the text; in English the original's, to the letter.
    public func text(in language: Language) -> String { translations[language] }

    private var translations: Translations {
        switch self {
        case .useAFewWords:
            Translations(
                "Use a few words, avoid common phrases",
                de: "Nehmen Sie einige Wörter, aber keine gängigen Wendungen",
                fr: "Utilisez quelques mots, évitez les expressions courantes",
                es: "Use varias palabras y evite las frases comunes")
        case .noNeedForSymbols:
            Translations(
                "No need for symbols, digits, or uppercase letters",
                de: "Sonderzeichen, Ziffern oder Großbuchstaben sind nicht nötig",
                fr: "Les symboles, les chiffres et les majuscules ne sont pas nécessaires",
                es: "No hacen falta símbolos, cifras ni mayúsculas")
        case .addAnotherWord:
            Translations(
                "Add another word or two. Uncommon words are better.",
                de: "Fügen Sie ein oder zwei Wörter hinzu. Seltene Wörter sind besser.",
                fr: "Ajoutez un mot ou deux. Les mots rares sont préférables.",
                es: "Añada una o dos palabras más. Mejor si son poco comunes.")
        case .longerKeyboardPattern:
            Translations(
                "Use a longer keyboard pattern with more turns",
                de: "Nehmen Sie ein längeres Tastaturmuster mit mehr Richtungswechseln",
                fr: "Utilisez un motif de clavier plus long, avec plus de changements de direction",
                es: "Use un patrón de teclado más largo y con más cambios de dirección")
        case .avoidRepeats:
            Translations(
                "Avoid repeated words and characters",
                de: "Vermeiden Sie wiederholte Wörter und Zeichen",
                fr: "Évitez les mots et les caractères répétés",
                es: "Evite palabras y caracteres repetidos")
        case .avoidSequences:
            Translations(
                "Avoid sequences",
                de: "Vermeiden Sie Folgen",
                fr: "Évitez les suites",
                es: "Evite las secuencias")
        case .avoidRecentYears:
            Translations(
                "Avoid recent years",
                de: "Vermeiden Sie Jahreszahlen der letzten Zeit",
                fr: "Évitez les années récentes",
                es: "Evite los años recientes")
        case .avoidAssociatedYears:
            Translations(
                "Avoid years that are associated with you",
                de: "Vermeiden Sie Jahreszahlen, die mit Ihnen zu tun haben",
                fr: "Évitez les années qui ont un lien avec vous",
                es: "Evite años relacionados con usted")
        case .avoidAssociatedDates:
            Translations(
                "Avoid dates and years that are associated with you",
                de: "Vermeiden Sie Daten und Jahreszahlen, die mit Ihnen zu tun haben",
                fr: "Évitez les dates et les années qui ont un lien avec vous",
                es: "Evite fechas y años relacionados con usted")
        case .capitalization:
            Translations(
                "Capitalization doesn't help very much",
                de: "Ein großer Anfangsbuchstabe hilft nicht viel",
                fr: "Une majuscule initiale n’aide pas beaucoup",
                es: "La mayúscula inicial no ayuda mucho")
        case .allUppercase:
            Translations(
                "All-uppercase is almost as easy to guess as all-lowercase",
                de: "Nur Großbuchstaben sind fast so leicht zu erraten wie nur Kleinbuchstaben",
                fr: "Tout en majuscules est presque aussi facile à deviner que tout en minuscules",
                es: "Todo en mayúsculas es casi tan fácil de adivinar como todo en minúsculas")
        case .reversedWord:
            Translations(
                "Reversed words aren't much harder to guess",
                de: "Rückwärts geschriebene Wörter sind kaum schwerer zu erraten",
                fr: "Les mots à l’envers ne sont guère plus difficiles à deviner",
                es: "Las palabras al revés no son mucho más difíciles de adivinar")
        case .predictableSubstitutions:
            Translations(
                "Predictable substitutions like '@' instead of 'a' don't help very much",
                de: "Vorhersehbare Ersetzungen wie „@“ statt „a“ helfen nicht viel",
                fr: "Les remplacements prévisibles comme « @ » pour « a » n’aident pas beaucoup",
                es: "Las sustituciones previsibles como «@» por «a» no ayudan mucho")
        }
    }
}

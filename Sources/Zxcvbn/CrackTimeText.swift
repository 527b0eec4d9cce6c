extension CrackTime {
    /// The rounded time in words.
    ///
    /// - Parameter language: the person's language.
    /// - Returns: the text; in English the original's, to the letter.
    public func text(in language: Language) -> String {
        switch display {
        case .lessThanASecond:
            Translations(
                "less than a second", de: "weniger als eine Sekunde", fr: "moins d’une seconde",
                es: "menos de un segundo")[language]
        case .about(let count, let unit):
            "\(count) \(count == 1 ? unit.singular[language] : unit.plural[language])"
        case .centuries:
            Translations("centuries", de: "Jahrhunderte", fr: "des siècles", es: "siglos")[language]
        }
    }
}

extension CrackTime.Unit {
    fileprivate var singular: Translations {
        switch self {
        case .second: Translations("second", de: "Sekunde", fr: "seconde", es: "segundo")
        case .minute: Translations("minute", de: "Minute", fr: "minute", es: "minuto")
        case .hour: Translations("hour", de: "Stunde", fr: "heure", es: "hora")
        case .day: Translations("day", de: "Tag", fr: "jour", es: "día")
        case .month: Translations("month", de: "Monat", fr: "mois", es: "mes")
        case .year: Translations("year", de: "Jahr", fr: "an", es: "año")
        }
    }

    fileprivate var plural: Translations {
        switch self {
        case .second: Translations("seconds", de: "Sekunden", fr: "secondes", es: "segundos")
        case .minute: Translations("minutes", de: "Minuten", fr: "minutes", es: "minutos")
        case .hour: Translations("hours", de: "Stunden", fr: "heures", es: "horas")
        case .day: Translations("days", de: "Tage", fr: "jours", es: "días")
        case .month: Translations("months", de: "Monate", fr: "mois", es: "meses")
        case .year: Translations("years", de: "Jahre", fr: "ans", es: "años")
        }
    }
}

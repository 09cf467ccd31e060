//! Abbreviations, for finding where sentences end.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Language, table};
use crate::text::Abbreviations;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    before_names: String,
    before_numbers: String,
    anywhere: String,
    at_ends: String,
    openers: String,
}

static IT: LazyLock<Abbreviations> =
    LazyLock::new(|| load("it/abbreviations.toml", include_str!("it/abbreviations.toml")));
static EN: LazyLock<Abbreviations> =
    LazyLock::new(|| load("en/abbreviations.toml", include_str!("en/abbreviations.toml")));

/// The abbreviations of `language`.
pub fn abbreviations(language: Language) -> &'static Abbreviations {
    match language {
        Language::It => &IT,
        Language::En => &EN,
    }
}

fn load(file: &str, text: &str) -> Abbreviations {
    let table: Table = table(file, text);
    let words = |list: String| -> HashSet<String> { list.split_whitespace().map(str::to_owned).collect() };
    Abbreviations {
        before_names: words(table.before_names),
        before_numbers: words(table.before_numbers),
        anywhere: words(table.anywhere),
        at_ends: words(table.at_ends),
        openers: words(table.openers),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sentences;

    fn check(language: Language, expected: &[&str]) {
        for separator in [" ", "  ", "\n\n"] {
            let text = expected.join(separator);
            let found = sentences(&text, abbreviations(language));
            assert_eq!(found.iter().map(|span| span.of(&text)).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn italian() {
        let check = |expected: &[&str]| check(Language::It, expected);
        check(&["L'on. Bianchi ha visto il prof. Neri.", "Poi è partito."]);
        check(&["L'utile è di 3,5 mld. di euro.", "La Verdi S.p.A. cresce.", "Il titolo sale."]);
        check(&["La cedola va alla Verdi S.p.A.", "Il resto no."]);
        check(&["Vive negli U.S.A. da anni.", "Ha 12 gatti."]);
        check(&["Comprano pane, vino, ecc.", "Tornano a sera."]);
        check(&["L'art. 5 della legge n. 40 vale fino al 31 dic. 2024.", "Dopo no."]);
        check(&["G. Verdi e A. M. Bo sono arrivati alle 10.30.", "Il giudice no."]);
        check(&["Costa 1.500 euro.", "12 persone l'hanno preso."]);
        check(&["«Non so. Forse domani», ha risposto.", "«Vedremo.»", "E basta."]);
        check(&["Chi è stato?", "Nessuno lo sa!", "Vedremo…", "Forse."]);
        check(&["Prima pensava... poi no.", "Sul sito www.Esempio.it c'è tutto."]);
        check(&["Il racconto (è lungo. Troppo) finisce.", "(Manca una pagina.)", "Peccato."]);
    }

    #[test]
    fn english() {
        let check = |expected: &[&str]| check(Language::En, expected);
        check(&["Dr. Lee met Gov. Park at 5 p.m. on Monday.", "They spoke."]);
        check(&["Acme Inc. bought Bolt Ltd. for $1.5 bn. in cash.", "The U.S. Senate agreed."]);
        check(&["She lives in the U.S.", "He does not."]);
        check(&["\"Stop. Go home!\" she said.", "Nobody moved."]);
        check(&["It was No. 5 on the list, e.g. of songs.", "J. K. Moss wrote it."]);
        check(&["It ended at 6 a.m.", "Crowds left."]);
    }

    #[test]
    fn lines_and_items() {
        let check = |text: &str, expected: &[&str]| {
            let found = sentences(text, abbreviations(Language::It));
            assert_eq!(found.iter().map(|span| span.of(text)).collect::<Vec<_>>(), expected);
        };
        check("Un titolo\nIl testo comincia.\nE va avanti", &["Un titolo", "Il testo comincia.", "E va avanti"]);
        check("Il testo va\na capo qui.", &["Il testo va\na capo qui."]);
        let wrapped =
            "Il testo di questo messaggio è diviso in righe di pari lunghezza da\nUgo Neri, che lo ha scritto.";
        check(wrapped, &[wrapped]);
        check("Servono: 1) pane 2) vino", &["Servono: 1) pane 2) vino"]);
        check("1) Il pane 2) Il vino", &["1) Il pane", "2) Il vino"]);
        check("• Roma\n• Pisa", &["• Roma", "• Pisa"]);
        check("Ha vinto.Ora riposa.", &["Ha vinto.", "Ora riposa."]);
        check("Il dato è certo.[3] Lo dice la fonte.", &["Il dato è certo.[3]", "Lo dice la fonte."]);
        check("", &[]);
        check(" . \n ?", &[".", "?"]);
    }
}

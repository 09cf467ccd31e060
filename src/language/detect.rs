//! Which language a text is in.
//!
//! A long text is told by its letters (`whichlang`). A question of four words, half of them names, is told by its
//! small words, by elision and accents, and by how its words end.

use super::Language;
use super::function_words::function_words;
use crate::text::{straighten, tokens};

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 4000;

/// Below this sureness [`detect`] does not decide.
const UNSURE: f64 = 0.15;

/// A language and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// The likelier of the two languages.
    pub language: Language,
    /// From 0, when nothing tells, to 1.
    pub sureness: f64,
}

/// The language of a text or a question; `None` if nothing in it tells.
pub fn detect(text: &str) -> Option<Language> {
    let found = detect_with_sureness(text);
    (found.sureness >= UNSURE).then_some(found.language)
}

/// The likelier language of a text or a question, and how sure that is.
pub fn detect_with_sureness(text: &str) -> Detection {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let [mut italian, mut english] = [0.0; 2];
    for token in tokens(sample).iter().filter(|token| token.is_word()) {
        let word = straighten(&token.text.to_lowercase());
        italian += weight(&word, Language::It);
        english += weight(&word, Language::En);
        if token.is_elided() || (word.chars().count() > 2 && word.ends_with(['à', 'è', 'é', 'ì', 'ò', 'ù'])) {
            italian += 1.0;
        }
    }
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters >= 12 {
        match whichlang::detect_language(sample) {
            whichlang::Lang::Ita => italian += 1.0 + letters as f64 / 200.0,
            whichlang::Lang::Eng => english += 1.0 + letters as f64 / 200.0,
            _ => {}
        }
    }
    let language = if english > italian { Language::En } else { Language::It };
    Detection { language, sureness: (italian - english).abs() / (italian + english + 0.5) }
}

/// How much a word speaks for a language.
fn weight(word: &str, language: Language) -> f64 {
    let words = function_words(language);
    let other = function_words(language.other());
    if words.own.contains(word) {
        1.0
    } else if words.shared.contains(word) || other.own.contains(word) {
        0.0
    } else if word.len() > 3 && words.endings.iter().any(|ending| word.ends_with(ending.as_str())) {
        0.3
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_short_and_long_texts() {
        let check = |text: &str, expected: Option<Language>| assert_eq!(detect(text), expected, "{text}");
        check("chi è Lei Jun?", Some(Language::It));
        check("Who is Luca de Meo?", Some(Language::En));
        check("quanto costa?", Some(Language::It));
        check("how much?", Some(Language::En));
        check("dov'è Busan?", Some(Language::It));
        check("Where's Busan?", Some(Language::En));
        check("e quando?", Some(Language::It));
        check("and when?", Some(Language::En));
        check("CHI HA VINTO IL GIRO D'ITALIA", Some(Language::It));
        check("perche il sindaco si e dimesso", Some(Language::It));
        check("capitale della Francia", Some(Language::It));
        check("Il governo ha approvato la legge di bilancio.", Some(Language::It));
        check("The government approved the budget on Monday.", Some(Language::En));
        check("What did La Repubblica report on Giorgia Meloni?", Some(Language::En));
        check("Cosa ha scritto il New York Times di Joe Biden?", Some(Language::It));
        check("2024", None);
        check("", None);
    }
}

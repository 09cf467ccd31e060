//! The language of a question: its small words first, then the words that the lexicons know, then letter statistics.
//!
//! Questions are short and full of foreign names, so a count over all letters is the last resort.

use super::nouns::nouns;
use super::word::{Word, read};
use crate::language::{Language, verbs, words};

/// What an opening question word counts: a mixed question is answered in its language.
const OPENING: f32 = 4.0;
/// What a word counts that only this language has among its small words.
const SMALL_WORD: f32 = 1.0;
/// What a noun or a verb counts.
const CONTENT_WORD: f32 = 0.6;
/// What an elided article or an accent counts.
const SPELLING: f32 = 1.5;
/// What is left of a word's weight inside a quotation or a name.
const QUOTED: f32 = 0.2;

/// The language in which `text` is asked.
pub fn language_of(text: &str) -> Language {
    surest(text).unwrap_or_else(|| match whichlang::detect_language(&text.to_lowercase()) {
        whichlang::Lang::Eng | whichlang::Lang::Deu | whichlang::Lang::Nld | whichlang::Lang::Swe => Language::En,
        _ => Language::It,
    })
}

/// The language that the words of `text` speak for, where they do.
pub fn surest(text: &str) -> Option<Language> {
    let [italian, english] = Language::ALL.map(|language| small_words(&read(text, language), language));
    let italian = italian + spelling(text);
    if italian != english {
        return Some(if italian > english { Language::It } else { Language::En });
    }
    let [italian, english] = Language::ALL.map(|language| content_words(&read(text, language), language));
    (italian != english).then_some(if italian > english { Language::It } else { Language::En })
}

fn small_words(found: &[Word<'_>], language: Language) -> f32 {
    let other = words(language.other());
    let class = |name: &str| words(language).class(name).unwrap_or(0);
    let (question, of_names) = (class("question"), class("name_link") | class("particle") | class("title"));
    let mut score = 0.0;
    let mut opening = true;
    for (at, word) in found.iter().enumerate().filter(|(_, w)| w.is_content()) {
        if word.classes & !of_names == 0 || other.classes_of(&word.form) != 0 {
            opening &= word.classes != 0;
            continue;
        }
        let weight = if word.quotation != 0 || (word.is_capitalised() && at > 0) { QUOTED } else { 1.0 };
        score += weight * if opening && word.is(question) { OPENING } else { SMALL_WORD };
    }
    score
}

fn content_words(found: &[Word<'_>], language: Language) -> f32 {
    let known = |w: &&Word<'_>| nouns(language).of(&w.form).is_some() || verbs(language).lemma(&w.form).is_some();
    found.iter().filter(|w| w.is_content() && !w.is_capitalised()).filter(known).count() as f32 * CONTENT_WORD
}

/// Italian writes grave accents at the ends of words, and elides.
fn spelling(text: &str) -> f32 {
    let accents = text.chars().filter(|c| matches!(c, 'à' | 'è' | 'ì' | 'ò' | 'ù')).count() as f32;
    (accents * SPELLING).min(2.0 * SPELLING)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, questions: &[&str]) {
        for question in questions {
            assert_eq!(language_of(question), language, "{question}");
        }
    }

    #[test]
    fn short_questions_full_of_foreign_names() {
        check(
            Language::It,
            &[
                "chi è Lei Jun?",
                "chi e Elon Musk",
                "dove?",
                "prezzo Tesla Model Y",
                "quando esce Horizon Forbidden West?",
                "Windows 11: quanto costa?",
                "e Sony?",
                "what significa in italiano? cioè cosa vuol dire",
            ],
        );
        check(
            Language::En,
            &[
                "who is Matteo Renzi?",
                "Xiaomi SU7 price?",
                "when?",
                "where is Palazzo Chigi",
                "who directed La vita è bella?",
                "and Fiat?",
                "what does 'ciao' mean",
            ],
        );
    }
}

//! A question's words as rules see them: folded, with their classes, with what people type sloppily spelled out.

use crate::language::{Classes, Language, Words, verbs, words};
use crate::text::{Span, TokenKind, fold, tokens};

/// No rule looks further into a question than this many words.
const MOST_WORDS: usize = 240;

/// One word, number or mark of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// As typed.
    pub text: &'a str,
    /// Where it stands, in bytes of the question.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Folded, but for Italian "è", which is told from "e".
    pub form: String,
    /// Its word classes.
    pub classes: Classes,
    /// The number, from 1, of the quotation that it stands in; 0 outside.
    pub quotation: u16,
}

impl Word<'_> {
    /// Whether the word is in any of these classes.
    pub fn is(&self, classes: Classes) -> bool {
        self.classes & classes != 0
    }

    /// Whether it begins with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether it is a word or a number rather than a mark.
    pub fn is_content(&self) -> bool {
        self.kind != TokenKind::Symbol
    }

    /// Whether it is an abbreviation in capitals ("NATO", "U.S.").
    pub fn is_acronym(&self) -> bool {
        self.kind == TokenKind::Word
            && self.text.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && self.text.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '.')
    }
}

/// The words of `text`, without quotation marks.
pub fn read(text: &str, language: Language) -> Vec<Word<'_>> {
    let table = words(language);
    let tokens = tokens(text);
    let mut found: Vec<Word<'_>> = Vec::with_capacity(tokens.len());
    let mut quotation = Quotation::default();
    let mut at = 0;
    while at < tokens.len() && found.len() < MOST_WORDS {
        let token = tokens[at];
        let next = tokens.get(at + 1).filter(|next| next.span.start == token.span.end);
        at += 1;
        if let Some(mark) = quote_mark(token.text) {
            // Two single marks are a double one (``so'').
            let doubled = mark == Mark::Single && next.is_some_and(|n| quote_mark(n.text) == Some(Mark::Single));
            if doubled {
                at += 1;
            }
            let genitive = tokens.get(at).filter(|n| !doubled && mark == Mark::Single && n.text == "s");
            if let Some(end) = genitive.filter(|n| n.span.start == token.span.end) {
                let span = token.span.join(end.span);
                found.push(word(span.of(text), span, TokenKind::Word, "'s", quotation.open(), table));
                at += 1;
            } else if doubled || mark == Mark::Double {
                quotation.toggle();
            }
            continue;
        }
        let mut form = folded(token.text);
        let mut span = token.span;
        // An apostrophe typed for an accent: "e'", "perche'".
        let accent = next.filter(|n| quote_mark(n.text) == Some(Mark::Single) && ends_in_vowel(&form));
        if let Some(accent) = accent.filter(|_| token.is_word() && table.classes_of(&with_accent(&form)) != 0) {
            form = with_accent(&form);
            span = span.join(accent.span);
            at += 1;
        }
        // "cosè" is "cos'è", but "cose" is a word of its own.
        let spelled = table.written(&token.text.to_lowercase()).or_else(|| table.written(&form));
        match spelled.filter(|_| !token.is_capitalised() || found.is_empty()) {
            Some(spelled) => {
                found.extend(spelled.iter().map(|f| word(token.text, span, token.kind, f, quotation.open(), table)));
            }
            None => found.push(word(token.text, span, token.kind, &form, quotation.open(), table)),
        }
    }
    quotation.forget_unclosed(&mut found);
    if language == Language::It {
        mend_auxiliaries(&mut found, table);
    }
    found
}

fn word<'a>(text: &'a str, span: Span, kind: TokenKind, form: &str, quotation: u16, table: &Words) -> Word<'a> {
    Word { text, span, kind, form: form.to_owned(), classes: table.classes_of(form), quotation }
}

fn folded(text: &str) -> String {
    match text {
        "è" | "È" | "é" | "É" => "è".to_owned(),
        _ => fold(text),
    }
}

fn with_accent(form: &str) -> String {
    if form == "e" { "è".to_owned() } else { form.to_owned() }
}

fn ends_in_vowel(form: &str) -> bool {
    form.ends_with(['a', 'e', 'i', 'o', 'u'])
}

/// What sloppy typing leaves of auxiliaries: after a question word, an "e" is an "è" without its accent ("dove e la
/// sede"), unless another question follows it.
fn mend_auxiliaries(found: &mut [Word<'_>], table: &Words) {
    let question = table.class("question").unwrap_or(0);
    for at in 1..found.len() {
        let after_question = found[at - 1].is(question) && found[at - 1].quotation == 0;
        let before_question = found.get(at + 1).is_none_or(|next| next.is(question) || !next.is_content());
        // "quanto a pagato", "quale squadra a vinto": an "ha" without its first letter.
        let participle = found.get(at + 1).is_some_and(|next| {
            next.form.ends_with("to") && verbs(Language::It).lemma(&next.form).is_some_and(|base| base != next.form)
        });
        if found[at].form == "a" && participle && at < 3 {
            found[at].form = "ha".to_owned();
            found[at].classes = table.classes_of("ha");
        }
        if found[at].form == "e" && after_question && !before_question {
            found[at].form = "è".to_owned();
            found[at].classes = table.classes_of("è");
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Single,
    Double,
}

fn quote_mark(text: &str) -> Option<Mark> {
    match text {
        "\"" | "“" | "”" | "„" | "«" | "»" => Some(Mark::Double),
        "'" | "’" | "‘" | "`" | "´" => Some(Mark::Single),
        _ => None,
    }
}

/// Which quotation the reader is in.
#[derive(Default)]
struct Quotation {
    count: u16,
    inside: bool,
}

impl Quotation {
    fn open(&self) -> u16 {
        if self.inside { self.count } else { 0 }
    }

    fn toggle(&mut self) {
        self.inside = !self.inside;
        self.count += u16::from(self.inside);
    }

    /// A quotation that never ends is a stray mark.
    fn forget_unclosed(&self, found: &mut [Word<'_>]) {
        if self.inside {
            found.iter_mut().filter(|w| w.quotation == self.count).for_each(|w| w.quotation = 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, text: &str, expected: &[&str]) {
        let forms: Vec<String> = read(text, language).into_iter().map(|w| w.form).collect();
        assert_eq!(forms, expected, "{text}");
    }

    #[test]
    fn sloppy_spellings_are_spelled_out() {
        check(Language::It, "xche la città e' piena?", &["perche", "la", "citta", "è", "piena", "?"]);
        check(Language::It, "cosè la lista di cose", &["cos'", "è", "la", "lista", "di", "cose"]);
        check(Language::It, "qual'è l’ora", &["qual'", "è", "l'", "ora"]);
        check(Language::It, "chi e Lei Jun e dove vive", &["chi", "è", "lei", "jun", "e", "dove", "vive"]);
        check(Language::En, "whats Honda's plan", &["what", "'s", "honda", "'s", "plan"]);
        check(Language::En, "What 's the ``big deal'' ?", &["what", "'s", "the", "big", "deal", "?"]);
    }

    #[test]
    fn quotations_are_numbered() {
        let words = read("who wrote “Old Roads” and \"New", Language::En);
        assert_eq!(words.iter().map(|w| w.quotation).collect::<Vec<_>>(), [0, 0, 1, 1, 0, 0]);
    }
}

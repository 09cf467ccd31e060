//! Typing errors, mended from the question words of the language and from the words of the corpus; accents that were
//! not typed, and what is written in short ("xche"), spelled out.

use super::nouns::nouns;
use super::segment::{asking, core};
use super::word::{Word, read};
use super::{Ambiguity, Repair, Vocabulary};
use crate::language::{Language, grammar, lemma, verbs, words, world};
use crate::text::{Span, TokenKind, fold};

/// A word shorter than this is not taken for another one.
const SHORTEST: usize = 5;
/// From this length on a word may have two errors.
const SHORTEST_FOR_TWO: usize = 8;
/// A question word shorter than this is not taken for another one.
const SHORTEST_QUESTION_WORD: usize = 4;
/// So many times more frequent is a reading that needs no asking back.
const CLEARLY_MORE_FREQUENT: usize = 3;

/// A question with its typing errors mended.
pub struct Mended {
    /// The question as read.
    pub text: String,
    /// What was mended.
    pub repaired: Vec<Repair>,
    /// Words that may have been meant for more than one other.
    pub ambiguous: Vec<Ambiguity>,
}

/// Mends `text`.
pub fn mend(text: &str, language: Language, vocabulary: &dyn Vocabulary) -> Mended {
    let found = read(text, language);
    let mut mended = Mended { text: String::with_capacity(text.len()), repaired: Vec::new(), ambiguous: Vec::new() };
    let mut copied = 0;
    let question_word = misspelled_question_word(&found, language);
    let mut replace = |span: Span, to: &str| {
        if span.start >= copied {
            mended.text.push_str(&text[copied..span.start]);
            mended.text.push_str(to);
            copied = span.end;
        }
    };
    for (at, word) in found.iter().enumerate().filter(|(_, w)| w.quotation == 0) {
        let to = match &question_word {
            Some((place, to)) if *place == at => (*to).to_owned(),
            _ => match readings(word, language, vocabulary).as_slice() {
                [] => {
                    if let Some(to) = spelled_out(&found, at, language, vocabulary) {
                        replace(word.span, &to);
                    }
                    continue;
                }
                [only] => only.clone(),
                [first, second, ..]
                    if vocabulary.frequency(first) >= CLEARLY_MORE_FREQUENT * vocabulary.frequency(second) =>
                {
                    first.clone()
                }
                // A common word that nothing is sure of is left as it is; of names it must be known which was meant.
                several if several.iter().any(|reading| vocabulary.name(reading).is_none()) => continue,
                several => {
                    let readings = several.iter().map(|reading| written(word, reading, vocabulary)).collect();
                    mended.ambiguous.push(Ambiguity { from: word.text.to_owned(), readings });
                    continue;
                }
            },
        };
        let to = written(word, &accented(&to, language).unwrap_or(to), vocabulary);
        replace(word.span, &to);
        mended.repaired.push(Repair { from: word.text.to_owned(), to });
    }
    mended.text.push_str(&text[copied..]);
    mended
}

/// The Italian word at `at` as an article would write it, where it was typed without its accent or in short; of a
/// spelling that stands for two words ("cosè") the first has both.
fn spelled_out(found: &[Word<'_>], at: usize, language: Language, vocabulary: &dyn Vocabulary) -> Option<String> {
    let word = &found[at];
    // A capital may be that of a name: "Sara".
    if language != Language::It || word.kind != TokenKind::Word || word.is_capitalised() && at > 0 {
        return None;
    }
    let typed = word.text.to_lowercase();
    let spelled: Vec<String> = found[at..]
        .iter()
        .take_while(|other| other.span == word.span)
        .map(|other| accented(&other.form, language).unwrap_or_else(|| other.form.clone()))
        .collect();
    let spelled = spelled.join(" ").replace("' ", "'");
    let another = fold(&typed) != fold(&spelled) || typed.is_ascii() && !spelled.is_ascii();
    // A word may be a name without a capital: "sara bianchi".
    (another && vocabulary.name(&typed).is_none()).then(|| capitalised_as(word, spelled))
}

/// The Italian word that `form` is without its accent.
fn accented(form: &str, language: Language) -> Option<String> {
    if language != Language::It {
        return None;
    }
    let future = || {
        let is_future = nouns(language).of(form).is_none() && verbs(language).is_unaccented_future(form);
        is_future.then(|| format!("{}à", form.strip_suffix('a').unwrap_or(form)))
    };
    world::accented(form).map(str::to_owned).or_else(future)
}

/// The word that opens a question without any question word, if it is one error away from one.
fn misspelled_question_word(found: &[Word<'_>], language: Language) -> Option<(usize, &'static str)> {
    let table = words(language);
    let question = table.class("question")?;
    let preposition = table.class("preposition")?;
    if found.iter().any(|w| w.is(question) && w.quotation == 0) {
        return None;
    }
    let core = core(found, asking(found, language), language);
    let at = if found.get(core.start)?.is(preposition) { core.start + 1 } else { core.start };
    let word = found[..core.end].get(at).filter(|w| w.classes == 0 && w.kind == TokenKind::Word)?;
    let sure = word.form.chars().count() >= SHORTEST_QUESTION_WORD
        && core.end > at + 1
        && nouns(language).of(&word.form).is_none()
        && verbs(language).lemma(&word.form).is_none();
    if !sure {
        return None;
    }
    let candidates = table.of_class("question").into_iter().filter(|c| c.len() + 1 >= SHORTEST_QUESTION_WORD);
    candidates.filter(|c| one_error_apart(&word.form, c)).map(|c| (at, c)).next()
}

/// What an unknown word may have been meant for: known words, the likeliest first; nothing for a word that is right.
fn readings(word: &Word<'_>, language: Language, vocabulary: &dyn Vocabulary) -> Vec<String> {
    let length = word.form.chars().count();
    let misspelled = word.kind == TokenKind::Word
        && length >= SHORTEST
        && word.classes == 0
        && word.form.chars().all(char::is_alphabetic)
        && vocabulary.frequency(&word.form) == 0
        && !(language == Language::En && !word.is_capitalised() && world::is_english_word(&word.form))
        && !(word.is_capitalised() && world::place(&word.form).is_some())
        && Language::ALL.iter().all(|language| {
            nouns(*language).of(&word.form).is_none()
                && verbs(*language).lemma(&word.form).is_none()
                && grammar(*language).class(&word.form).is_none()
                && lemma::irregular(&word.form, *language).is_none()
        });
    if !misspelled {
        return Vec::new();
    }
    let plausible = |candidate: &String| {
        let same_start = candidate.chars().next() == word.form.chars().next();
        let another_form = Language::ALL.iter().any(|l| lemma::stem(candidate, *l) == lemma::stem(&word.form, *l));
        candidate.chars().count() + 1 >= SHORTEST && (same_start || length >= SHORTEST_FOR_TWO) && !another_form
    };
    // Another form of the word that the corpus has is no error at all.
    let near = vocabulary.similar(&word.form, 1);
    let stem = lemma::stem(&word.form, language);
    if near.iter().any(|candidate| lemma::stem(candidate, language) == stem) {
        return Vec::new();
    }
    // Of a word with two errors, or with a capital, too much is alike that is not meant: only names are.
    let is_name = |candidate: &String| vocabulary.name(candidate).is_some();
    let near: Vec<String> =
        near.into_iter().filter(|c| plausible(c) && (!word.is_capitalised() || is_name(c))).collect();
    if !near.is_empty() || length < SHORTEST_FOR_TWO {
        return near;
    }
    vocabulary.similar(&word.form, 2).into_iter().filter(|c| plausible(c) && is_name(c)).collect()
}

/// A reading as the corpus writes it, with the capital that was typed.
fn written(word: &Word<'_>, reading: &str, vocabulary: &dyn Vocabulary) -> String {
    capitalised_as(word, vocabulary.name(reading).unwrap_or_else(|| reading.to_owned()))
}

/// `spelled` with the capital that `word` begins with.
fn capitalised_as(word: &Word<'_>, spelled: String) -> String {
    let mut letters = spelled.chars();
    match letters.next() {
        Some(first) if word.is_capitalised() => first.to_uppercase().chain(letters).collect(),
        _ => spelled,
    }
}

/// Whether one letter left out, put in, replaced, or swapped with its neighbour makes one word of the other.
fn one_error_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&one[..one.len() - end], &other[..other.len() - end]) {
        ([], [_]) | ([_], []) | ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of a corpus, those with a capital as its names.
    struct Corpus(&'static [&'static str]);

    impl Vocabulary for Corpus {
        fn passages(&self) -> usize {
            10
        }

        fn frequency(&self, word: &str) -> usize {
            usize::from(self.0.iter().any(|known| known.to_lowercase() == word))
        }

        fn similar(&self, word: &str, distance: u8) -> Vec<String> {
            let apart = |known: &String| distance > 1 || one_error_apart(word, known);
            self.0.iter().map(|known| known.to_lowercase()).filter(apart).collect()
        }

        fn name(&self, name: &str) -> Option<String> {
            let known = self.0.iter().find(|known| known.to_lowercase() == name.to_lowercase())?;
            known.starts_with(char::is_uppercase).then(|| (*known).to_owned())
        }
    }

    #[test]
    fn only_names_are_asked_back_or_mended_with_two_errors() {
        for (known, text, expected, ambiguous) in [
            (&["Rovelli"][..], "chi è Rovelii?", "chi è Rovelli?", 0),
            (&["Gardini", "Gordini"], "chi è Gerdini?", "chi è Gerdini?", 1),
            (&["Tambroni"], "chi è tanbrony?", "chi è Tambroni?", 0),
            (&["disposizione", "posizione"], "quando apre l'esposizione?", "quando apre l'esposizione?", 0),
            (&["campagna"], "chi governa la Campania?", "chi governa la Campania?", 0),
            (&["auto"], "quanti voti ha avuto?", "quanti voti ha avuto?", 0),
            (&["companions"], "what do champions get?", "what do champions get?", 0),
        ] {
            let language = if text.starts_with("what") { Language::En } else { Language::It };
            let mended = mend(text, language, &Corpus(known));
            assert_eq!((mended.text.as_str(), mended.ambiguous.len()), (expected, ambiguous));
        }
    }

    #[test]
    fn accents_and_short_forms_are_spelled_out() {
        for (text, expected) in [
            ("quando aprira la citta dello sport", "quando aprirà la città dello sport"),
            ("chi e' il sindaco", "chi è il sindaco"),
            ("Perche' ha chiuso il porto?", "Perché ha chiuso il porto?"),
            ("xche la funivia non entrera in servizio", "perché la funivia non entrerà in servizio"),
            ("cosè la movimentazione", "cos'è la movimentazione"),
            ("dove e quando e nata Sara", "dove e quando è nata Sara"),
            ("perché il consorzio supera le attese?", "perché il consorzio supera le attese?"),
            ("chi ha scritto «la citta di sera»?", "chi ha scritto «la citta di sera»?"),
        ] {
            let mended = mend(text, Language::It, &Corpus(&[]));
            assert_eq!(mended.text, expected);
            assert!(mended.repaired.is_empty());
        }
        let english = "what colour has la citta?";
        assert_eq!(mend(english, Language::En, &Corpus(&[])).text, english);
    }

    #[test]
    fn errors_are_told_from_other_words() {
        for (one, other, expected) in [
            ("qaundo", "quando", true),
            ("quano", "quando", true),
            ("dovve", "dove", true),
            ("whre", "where", true),
            ("quando", "quando", false),
            ("come", "dove", false),
            ("", "a", true),
        ] {
            assert_eq!(one_error_apart(one, other), expected, "{one} {other}");
        }
    }
}

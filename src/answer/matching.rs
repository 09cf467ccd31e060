//! Which words of a passage say what a question says: the same stem, a word of its root, or a translation.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::language::cognate::root;
use crate::language::world::place;
use crate::language::{Language, lexicon, stem};
use crate::question::{Question, TermPart, Vocabulary};
use crate::text::{TokenKind, fold, tokens, words};

/// How sure it is that words of one root ("produzione", "produrre", "production") mean the same.
const RELATED: f32 = 0.6;
/// How sure a translation is.
const TRANSLATED: f32 = 0.9;
/// How surely a word must stand for the question's to mean the same, and not only to be of its root.
pub(super) const SURE: f32 = TRANSLATED;
/// A term of the question in all the forms in which a passage may have it.
struct Asked {
    part: TermPart,
    weight: f32,
    /// For each language, the stems and how sure each is.
    stems: [Vec<(String, f32)>; 2],
    folded: String,
    /// The roots of the word and of its translations.
    roots: Vec<String>,
}

/// A term's number and how surely a word stands for it, from 0 to 1.
type Match = Option<(usize, f32)>;

/// The content words of a question, ready to be looked for.
pub(super) struct Matcher {
    terms: Vec<Asked>,
    /// What words were found to match, by language and word: a passage repeats its words.
    known: RefCell<HashMap<(Language, String), Match>>,
}

impl Matcher {
    /// The terms of `question`, weighed by how rare they are in the corpus.
    pub(super) fn new(question: &Question, vocabulary: &dyn Vocabulary) -> Self {
        let mut terms = Vec::new();
        for term in &question.terms {
            // A name of several words is matched word by word.
            for token in tokens(&term.text).iter().filter(|t| t.kind != TokenKind::Symbol && !t.is_elided()) {
                let folded = fold(token.text);
                let lemma = if token.text.len() == term.text.len() { term.lemma.as_str() } else { folded.as_str() };
                let mut stems = [Vec::new(), Vec::new()];
                let mut roots: Vec<String> = root(lemma).into_iter().chain(root(&folded)).collect();
                let mut add = |language: Language, form: &str, sure: f32| {
                    let stemmed = stem(&fold(form), language);
                    let list: &mut Vec<(String, f32)> = &mut stems[language as usize];
                    if !stemmed.is_empty() && !list.iter().any(|(s, _)| *s == stemmed) {
                        list.push((stemmed, sure));
                    }
                };
                for language in Language::ALL {
                    add(language, token.text, if language == question.language { 1.0 } else { TRANSLATED });
                }
                add(question.language, lemma, 1.0);
                if term.part == TermPart::Name {
                    for name in elsewhere(question, term.span.start + token.span.start) {
                        add(question.language.other(), name, TRANSLATED);
                    }
                } else if term.part != TermPart::Number {
                    for form in [lemma, folded.as_str()] {
                        let translations = lexicon::translations(form, question.language);
                        for other in translations.into_iter().filter(|other| !other.contains(' ')) {
                            add(question.language.other(), other, TRANSLATED);
                            roots.extend(root(other));
                        }
                    }
                }
                let frequency = vocabulary.frequency(&folded) as f32;
                let rarity = (1.0 + vocabulary.passages() as f32 / (1.0 + frequency)).ln();
                terms.push(Asked { part: term.part, weight: rarity.clamp(0.5, 6.0), stems, folded, roots });
            }
        }
        Self { terms, known: Default::default() }
    }

    /// The term that `word` (folded) of a text in `language` stands for, and how surely, from 0 to 1.
    pub(super) fn find(&self, word: &str, language: Language) -> Match {
        let key = (language, word.to_owned());
        if let Some(found) = self.known.borrow().get(&key) {
            return *found;
        }
        let (stemmed, related) = (stem(word, language), root(word));
        let strength = |term: &Asked| -> f32 {
            if term.folded == word {
                return 1.0;
            }
            let stems = &term.stems[language as usize];
            let same = stems.iter().filter(|(s, _)| *s == stemmed).map(|(_, sure)| *sure).fold(0.0, f32::max);
            if same > 0.0 || term.part == TermPart::Name || term.part == TermPart::Number {
                return same;
            }
            if related.as_ref().is_some_and(|root| term.roots.contains(root)) { RELATED } else { 0.0 }
        };
        let best = self.terms.iter().enumerate().map(|(i, term)| (i, strength(term))).filter(|(_, s)| *s > 0.0);
        let found = best.fold(None, |best: Match, (i, s)| match best {
            Some((_, sure)) if sure >= s => best,
            _ => Some((i, s)),
        });
        self.known.borrow_mut().insert(key, found);
        found
    }

    /// The number of terms.
    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    /// How much the term counts.
    pub(super) fn weight(&self, term: usize) -> f32 {
        self.terms[term].weight
    }

    /// What part the term has in the question.
    pub(super) fn part(&self, term: usize) -> TermPart {
        self.terms[term].part
    }

    /// The share, by weight, of the terms of `part` (all, if `None`) that `found` (strengths by term) holds;
    /// `None` if the question has no such term.
    pub(super) fn cover(&self, found: &[f32], part: Option<TermPart>) -> Option<f32> {
        let of_part = || self.terms.iter().zip(found).filter(|(t, _)| part.is_none_or(|part| t.part == part));
        let whole: f32 = of_part().map(|(t, _)| t.weight).sum();
        (whole > 0.0).then(|| of_part().map(|(t, s)| t.weight * s).sum::<f32>() / whole)
    }
}

/// What the word of a name that begins at byte `at` of the question is called in the other language: of "Regno Unito"
/// the second is "Kingdom".
fn elsewhere(question: &Question, at: usize) -> Vec<&'static str> {
    let Some(entity) = question.entities.iter().find(|entity| entity.span.start <= at && at < entity.span.end) else {
        return Vec::new();
    };
    let typed = entity.span.of(&question.text);
    let place = place(&fold(typed)).map(|place| match question.language {
        Language::It => place.english,
        Language::En => place.italian,
    });
    let names = place.into_iter().chain(lexicon::translations(typed, question.language));
    let before = words(&question.text[entity.span.start..at]).count();
    names.filter_map(|name| words(name).nth(before)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::question::{Context, NoWords, Rules, analyse};

    #[test]
    fn names_are_known_in_the_other_language() {
        let context = Context { today: date(2024, 6, 1), vocabulary: &NoWords, rules: Rules::shipped() };
        for (question, text, expected) in [
            ("Quanti alberi ha piantato l'Inghilterra?", "England planted 300 trees.", 1),
            ("Quanti alberi ha piantato il Regno Unito?", "The United Kingdom planted 300 trees.", 2),
            ("Quanti alberi ha piantato il Galles?", "England planted 300 trees.", 0),
            ("How many trees has Florence planted?", "Firenze ha piantato 300 alberi.", 1),
        ] {
            let question = analyse(question, None, &context).remove(0);
            let matcher = Matcher::new(&question, &NoWords);
            let met = words(text).filter_map(|word| matcher.find(&fold(word), question.language.other()));
            let names = met.filter(|(term, _)| matcher.part(*term) == TermPart::Name).count();
            assert_eq!(names, expected, "{}", question.text);
        }
    }
}

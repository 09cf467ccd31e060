//! Where somebody or some place is asked for and a text names only their sort and gives examples, these are told too.

use super::asked::{Asked, Asking};
use super::candidates::Candidate;
use super::lists::{names, row};
use super::sentence::{Scene, Word};
use crate::language::{self, Language, WordClass};
use crate::text::{TokenKind, fold};

/// So many words of the sort at most stand between the candidate and its examples ("fornitori *cinesi*, come …").
const OF_THE_SORT: usize = 3;

/// `shown`, or, where a name is asked for and it has none, its words with the names behind them that are given as examples:
/// "*fornitori* cinesi, come la Nordeva o la Solarix".
pub(super) fn with_examples(scene: &Scene<'_>, asking: &Asking, shown: Candidate) -> Candidate {
    let names = names(scene, shown.sentence);
    let named = names.iter().any(|name| name.first <= shown.last && shown.first <= name.last);
    if named || !matches!(asking.asked, Asked::Person | Asked::Organization | Asked::Place) {
        return shown;
    }
    let sentence = &scene.sentences[shown.sentence];
    let words = &sentence.words;
    let of_the_sort = |word: &&Word<'_>| {
        let or = ["or", "and"].into_iter().any(|class| language::words(sentence.language).is(&fold(word.text), class));
        or || word.is_content() && word.kind == TokenKind::Word && !word.text.starts_with(char::is_uppercase)
    };
    let sort = words[shown.last + 1..].iter().take(OF_THE_SORT).take_while(of_the_sort).count();
    let found = (shown.last + 1..=shown.last + 1 + sort).find_map(|at| examples_at(words, at, sentence.language));
    let small = |at: usize| words.get(at).is_some_and(|word| word.class == Some(WordClass::Determiner));
    let example = found.and_then(|at| names.iter().find(|name| name.first == at + usize::from(small(at))));
    let Some(example) = example else { return shown };
    let (_, last) = row(words, &names, (example.first, example.last), example.kind);
    // "Il sindaco, come Rossi *ha* spiegato": no example.
    let ends = words.get(last + 1).is_none_or(|next| {
        next.kind == TokenKind::Symbol || matches!(next.class, Some(WordClass::Preposition | WordClass::Relative))
    });
    if ends { Candidate { last, fact: None, whole: false, told: false, ..shown } } else { shown }
}

/// Behind the words at `at` that introduce examples, perhaps with a comma before them, where these begin.
fn examples_at(words: &[Word<'_>], at: usize, of: Language) -> Option<usize> {
    let text = |at: usize| words.get(at).map(|word| word.text);
    let comma = usize::from(text(at) == Some(","));
    let is = |at: usize, class: &str| text(at).is_some_and(|text| language::words(of).is(&fold(text), class));
    let first = at + comma;
    if is(first, "exemplifying") {
        Some(first + 1)
    } else {
        (is(first, "such") && is(first + 1, "such_as")).then_some(first + 2)
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::told;
    use super::*;

    #[test]
    fn a_sort_is_told_with_its_examples_where_a_name_is_asked_for() {
        let italian = "La Solarix tratta con fornitori cinesi, come la Nordeva o la Bellavia, per le batterie.";
        let speaker = "Il direttore, come Nora Pell ha spiegato, resta al suo posto.";
        let english = "Solarix talks to rival makers such as Toyota and Renault about batteries.";
        let places = "Il vino va in grandi città tra cui Milano, Torino e Trieste.";
        for (question, text, words, expected) in [
            (
                "Chi può fornire batterie alla Solarix?",
                italian,
                "fornitori",
                "fornitori cinesi, come la Nordeva o la Bellavia",
            ),
            ("Che cosa tratta la Solarix?", italian, "batterie", "batterie"),
            ("Chi resta al suo posto?", speaker, "direttore", "direttore"),
            ("Who does Solarix talk to?", english, "rival makers", "rival makers such as Toyota and Renault"),
            ("Dove va il vino?", places, "grandi città", "grandi città tra cui Milano, Torino e Trieste"),
            ("Dove va il vino?", places, "Torino", "Torino"),
        ] {
            let grown = |scene: &Scene<'_>, asking: &Asking, candidate: &Candidate| {
                with_examples(scene, asking, *candidate).span(scene).of(text).to_owned()
            };
            assert_eq!(told(grown, question, text, words), expected, "{question} {words}");
        }
    }
}

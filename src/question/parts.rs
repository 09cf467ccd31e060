//! Two questions in one: "chi è Ada Lovelace e dove è nata?", "where and when was it signed?".

use std::ops::Range;

use super::nouns::nouns;
use super::segment::{asking, begins_question, behind_clause, core, opening, sentences};
use super::word::{Word, read};
use crate::language::{Language, verbs, words};

/// The noun that is asked for and shares its verb with another has so many words at most ("operai specializzati").
const LONGEST_NOUN: usize = 2;

/// More questions than this in one line are not a question but a text.
const MOST_PARTS: usize = 4;

/// The questions that `text` asks, each as a text of its own; one that asks a single thing stays as it is.
pub fn split(text: &str, language: Language) -> Vec<String> {
    let found = read(text, language);
    let asked: Vec<Range<usize>> = sentences(&found, language)
        .into_iter()
        .filter(|range| {
            begins_question(&found[..range.end], range.start, language)
                && found[range.clone()].iter().any(|w| w.text == "?")
        })
        .collect();
    let several = (2..=MOST_PARTS).contains(&asked.len());
    let ranges = if several { asked } else { vec![asking(&found, language)] };
    let mut parts = Vec::new();
    let mut divided = several;
    for range in ranges {
        let inner = core(&found, range.clone(), language);
        match halves(&found, inner, language) {
            Some([first, second]) => {
                divided = true;
                parts.push(joined(text, &found, &first));
                parts.push(joined(text, &found, &second));
            }
            None => parts.push(joined(text, &found, &[range])),
        }
    }
    if divided && parts.len() <= MOST_PARTS { parts } else { vec![text.to_owned()] }
}

/// The two questions that an "and" joins, each as the word ranges that it is made of.
fn halves(found: &[Word<'_>], range: Range<usize>, language: Language) -> Option<[Vec<Range<usize>>; 2]> {
    let table = words(language);
    let and = table.class("and")?;
    let first_question = opening(found, range.clone(), language)?;
    if behind_clause(&found[..range.end], range.start, language).is_some() {
        return None;
    }
    let join = (first_question + 1..range.end).find(|at| {
        let comma = found[*at].text == "," && found.get(at + 1).is_some_and(|w| !w.is(and));
        (found[*at].is(and) || comma)
            && found[*at].quotation == 0
            && opening(found, *at + 1..range.end, language).is_some_and(|second| asks(found, second, language))
    })?;
    let (left, right) = (range.start..join, join + 1..range.end);
    if left.end > left.start + 1 && found[left.end - 1].text == "," {
        return halves_of(found, left.start..left.end - 1, right, language);
    }
    halves_of(found, left, right, language)
}

fn halves_of(
    found: &[Word<'_>],
    left: Range<usize>,
    right: Range<usize>,
    language: Language,
) -> Option<[Vec<Range<usize>>; 2]> {
    let second = opening(found, right.clone(), language)?;
    let left_question = opening(found, left.clone(), language)?;
    if left_question + 1 == left.end {
        // "where and when was it signed": what follows belongs to both.
        let shared = second + 1..right.end;
        return (!shared.is_empty()).then(|| [vec![left, shared], vec![right]]);
    }
    // "Quanti morti e quanti feriti ci sono stati": the verb and what follows it belong to both.
    match verb(found, second + 1..right.end, language) {
        Some(shared) if is_bare_noun(found, left_question..left.end, language) => {
            Some([vec![left, shared..right.end], vec![right]])
        }
        _ => Some([vec![left], vec![right]]),
    }
}

/// Whether the words of `range` are a question word and the noun that it asks for, without a verb: "quanti operai", "how many
/// plants".
fn is_bare_noun(found: &[Word<'_>], range: Range<usize>, language: Language) -> bool {
    let asks_noun = words(language).class("asks_noun").unwrap_or(0);
    let Some(asked) = range.clone().take(2).rfind(|at| found[*at].is(asks_noun)) else { return false };
    (1..=LONGEST_NOUN).contains(&(range.end - asked - 1)) && verb(found, asked + 1..range.end, language).is_none()
}

/// Where the verb of `range` stands, with the pronoun or the "not" before it.
fn verb(found: &[Word<'_>], range: Range<usize>, language: Language) -> Option<usize> {
    let table = words(language);
    let class = |name: &str| table.class(name).unwrap_or(0);
    let auxiliary = class("be") | class("do") | class("have") | class("modal");
    let is_verb = |word: &Word<'_>| {
        let bare = word.classes == 0 && nouns(language).of(&word.form).is_none();
        word.is(auxiliary) || bare && verbs(language).lemma(&word.form).is_some()
    };
    let at = range.clone().find(|at| is_verb(&found[*at]))?;
    let before = class("pronoun") | class("negation");
    Some((range.start..at).rev().take_while(|at| found[*at].is(before)).last().unwrap_or(at))
}

/// Whether the question word at `at` asks here, rather than joins ("la città e *che* cosa" asks, "e *che* fu" does
/// not).
fn asks(found: &[Word<'_>], at: usize, language: Language) -> bool {
    let table = words(language);
    let class = |name: &str| table.class(name).unwrap_or(0);
    let also_relative = found[at].is(class("conjunction"));
    let next = found.get(at + 1);
    !also_relative || next.is_some_and(|w| w.is(class("question")) || (w.is_content() && w.classes == 0))
}

fn joined(text: &str, found: &[Word<'_>], ranges: &[Range<usize>]) -> String {
    let pieces: Vec<&str> = ranges
        .iter()
        .filter(|range| !range.is_empty())
        .map(|range| found[range.start].span.join(found[range.end - 1].span).of(text))
        .collect();
    let mut joined = pieces.join(" ");
    if !joined.ends_with(['?', '!', '.']) {
        joined.push('?');
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, text: &str, expected: &[&str]) {
        assert_eq!(split(text, language), expected, "{text}");
    }

    #[test]
    fn two_questions_are_told_apart() {
        check(Language::It, "Chi è Anna Rossi e dove ha studiato?", &["Chi è Anna Rossi?", "dove ha studiato?"]);
        check(Language::It, "dove e quando è nato Dante?", &["dove è nato Dante?", "quando è nato Dante?"]);
        check(
            Language::It,
            "Quanto costa il biglietto? E dove si compra?",
            &["Quanto costa il biglietto?", "E dove si compra?"],
        );
        check(
            Language::It,
            "Quali sono i paesi che confinano e che cosa esportano?",
            &["Quali sono i paesi che confinano?", "che cosa esportano?"],
        );
        check(
            Language::En,
            "Who won the cup, and where was the final played?",
            &["Who won the cup?", "where was the final played?"],
        );
        check(Language::En, "who founded Fiat and when?", &["who founded Fiat?", "when?"]);
    }

    #[test]
    fn a_verb_that_both_share_is_said_twice() {
        check(
            Language::It,
            "Quanti morti e quanti feriti ci sono stati a Vescovana?",
            &["Quanti morti ci sono stati a Vescovana?", "quanti feriti ci sono stati a Vescovana?"],
        );
        check(
            Language::En,
            "In how many plants and in how many countries will Nordeva build it?",
            &["In how many plants will Nordeva build it?", "in how many countries will Nordeva build it?"],
        );
        check(
            Language::It,
            "Quanto costa il biglietto e quando apre il museo?",
            &["Quanto costa il biglietto?", "quando apre il museo?"],
        );
    }

    #[test]
    fn one_question_stays_whole() {
        check(Language::En, "When the dam broke, who was on watch?", &["When the dam broke, who was on watch?"]);
        for text in ["Who wrote “What and why”?", "what did the judge and the jury decide", "Hi"] {
            check(Language::En, text, &[text]);
        }
        check(
            Language::It,
            "Qual è il paese e la città che ospita i Giochi?",
            &["Qual è il paese e la città che ospita i Giochi?"],
        );
    }
}

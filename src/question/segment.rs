//! What of a question asks: without the sentences before it, and without the polite words around it.

use std::ops::Range;
use std::sync::LazyLock;

use super::nouns::nouns;
use super::pattern::Pattern;
use super::word::{Word, read};
use crate::language::{Language, verbs, words};

/// The sentences of a question, as ranges of its words. There is at least one, perhaps empty.
pub fn sentences(found: &[Word<'_>], language: Language) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, word) in found.iter().enumerate() {
        if word.is_content() || word.quotation != 0 {
            continue;
        }
        let ends = match word.text {
            "?" | "!" | "¿" | "…" => true,
            "." | ";" | ":" => begins_question(found, at + 1, language),
            _ => false,
        };
        let next_is_mark = found.get(at + 1).is_some_and(|next| matches!(next.text, "?" | "!"));
        if ends && !next_is_mark {
            sentences.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < found.len() || sentences.is_empty() {
        sentences.push(start..found.len());
    }
    sentences
}

/// Whether a question word stands at `at`, perhaps after a preposition or polite words.
pub fn begins_question(found: &[Word<'_>], at: usize, language: Language) -> bool {
    let rest = core(found, at..found.len(), language);
    opening(found, rest, language).is_some()
}

/// The question word that opens `range`, perhaps after a preposition.
pub fn opening(found: &[Word<'_>], range: Range<usize>, language: Language) -> Option<usize> {
    let table = words(language);
    let question = table.class("question").unwrap_or(0);
    let preposition = table.class("preposition").unwrap_or(0);
    let first = range.start;
    let is_question = |at: usize| at < range.end && found[at].is(question) && found[at].quotation == 0;
    if is_question(first) {
        Some(first)
    } else {
        (first < range.end && found[first].is(preposition) && is_question(first + 1)).then_some(first + 1)
    }
}

/// The sentence that asks: the last one with a question word, else the last that ends in a question mark, else the
/// last.
pub fn asking(found: &[Word<'_>], language: Language) -> Range<usize> {
    let question = words(language).class("question").unwrap_or(0);
    let sentences = sentences(found, language);
    let has_question_word = |range: &&Range<usize>| begins_question_within(found, range, language);
    let mentions = |range: &&Range<usize>| found[(*range).clone()].iter().any(|w| w.is(question) && w.quotation == 0);
    let marked = |range: &&Range<usize>| found[(*range).clone()].iter().any(|w| w.text == "?");
    let has_content = |range: &&Range<usize>| found[(*range).clone()].iter().any(Word::is_content);
    let last = |wanted: &dyn Fn(&&Range<usize>) -> bool| sentences.iter().rfind(wanted).cloned();
    last(&has_question_word)
        .or_else(|| last(&|range| marked(range) && mentions(range)))
        .or_else(|| last(&marked))
        .or_else(|| last(&mentions))
        .or_else(|| last(&has_content))
        .unwrap_or(0..found.len())
}

fn begins_question_within(found: &[Word<'_>], range: &Range<usize>, language: Language) -> bool {
    opening(found, core(found, range.clone(), language), language).is_some()
}

/// Where the question begins behind a clause that opens with a question word: "when the dam broke, *what* happened?".
pub fn behind_clause(asking: &[Word<'_>], start: usize, language: Language) -> Option<usize> {
    let class = |name: &str| words(language).class(name).unwrap_or(0);
    let verbal = class("be") | class("do") | class("have") | class("modal");
    let clause = asking.get(start).is_some_and(|word| words(language).clauses().begin.contains(&word.form));
    if !clause || asking.get(start + 1).is_none_or(|word| word.is(verbal) || !word.is_content()) {
        return None;
    }
    let comma = (start + 3..asking.len()).find(|at| asking[*at].text == "," && asking[*at].quotation == 0)?;
    let asks = |at: usize| asking.get(at).is_some_and(|word| word.is(class("question")));
    let question =
        asks(comma + 1) || asking.get(comma + 1).is_some_and(|w| w.is(class("preposition"))) && asks(comma + 2);
    question.then_some(comma + 1)
}

/// `range` without the polite words at its two ends; never empty if `range` has a word in it.
pub fn core(found: &[Word<'_>], range: Range<usize>, language: Language) -> Range<usize> {
    let phrases = phrases(language);
    let Range { mut start, mut end } = range;
    while end > start && !found[end - 1].is_content() {
        end -= 1;
    }
    while let Some(at) = closing(found, start, end, &phrases.closings) {
        end = at;
        while end > start && !found[end - 1].is_content() {
            end -= 1;
        }
    }
    loop {
        while start < end && !found[start].is_content() {
            start += 1;
        }
        let longest = phrases.preambles.iter().filter_map(|p| p.matches(&found[..end], start)).map(|m| m.end).max();
        match longest.filter(|after| *after > start && found[*after..end].iter().any(Word::is_content)) {
            Some(after) => start = after,
            None => return start..end,
        }
    }
}

/// A question whose question word and "is" come last, with them first: "Ada Lovelace chi è?" is "chi è Ada Lovelace?".
/// What comes before them is a noun phrase, without a verb and without quotation marks.
pub fn question_first(text: &str, language: Language) -> Option<String> {
    let found = read(text, language);
    let asked = core(&found, asking(&found, language), language);
    let class = |name: &str| words(language).class(name).unwrap_or(0);
    let (be, question) = (class("be"), class("question"));
    let last = asked.end.checked_sub(1).filter(|at| found[*at].is(be) && !found[*at].is(question))?;
    let asks =
        (asked.start..last).rev().take_while(|at| found[*at].is(question) && found[*at].quotation == 0).last()?;
    // "L'inaugurazione *per* quando è?"
    let asks = if asks > asked.start && found[asks - 1].is(class("preposition")) { asks - 1 } else { asks };
    let topic = &found[asked.start..asks];
    let closed = class("be") | class("have") | class("modal") | class("conjunction") | question;
    let pronoun = class("pronoun") & !class("article");
    let verb = |word: &Word<'_>| {
        let small = !word.is_capitalised();
        small && word.is(pronoun)
            || small
                && word.classes == 0
                && verbs(language).lemma(&word.form).is_some()
                && nouns(language).of(&word.form).is_none()
    };
    if !topic.iter().any(Word::is_content) || topic.iter().any(|w| w.is(closed) || w.quotation != 0 || verb(w)) {
        return None;
    }
    let part = |from: usize, to: usize| found[from].span.join(found[to - 1].span).of(text);
    let rest = &text[found[last].span.end..];
    let topic = part(asked.start, asks).trim_end_matches([',', ' ']);
    // "La Consob" began the sentence; a name keeps its capital.
    let first = found[asked.start].span.len();
    let small = |word: &Word<'_>| word.classes != 0 && !word.is(class("personal"));
    let topic = match small(&found[asked.start]) {
        true => topic[..first].to_lowercase() + &topic[first..],
        false => topic.to_owned(),
    };
    Some(format!("{}{} {topic}{rest}", &text[..found[asked.start].span.start], part(asks, asked.end)))
}

/// Where the polite words begin that end at `end`, after `start`.
fn closing(found: &[Word<'_>], start: usize, end: usize, closings: &[Pattern]) -> Option<usize> {
    let first = (start + 1).max(end.saturating_sub(LONGEST_CLOSING));
    (first..end).find(|at| closings.iter().any(|p| p.matches(&found[..end], *at).is_some_and(|m| m.end == end)))
}

/// No polite ending is longer than this, in words.
const LONGEST_CLOSING: usize = 6;

struct Phrases {
    preambles: Vec<Pattern>,
    closings: Vec<Pattern>,
}

fn phrases(language: Language) -> &'static Phrases {
    static ITALIAN: LazyLock<Phrases> = LazyLock::new(|| compiled(Language::It));
    static ENGLISH: LazyLock<Phrases> = LazyLock::new(|| compiled(Language::En));
    match language {
        Language::It => &ITALIAN,
        Language::En => &ENGLISH,
    }
}

/// The phrases are part of the program, and a test reads them: a fault in them is a fault of the build.
fn compiled(language: Language) -> Phrases {
    let compile = |patterns: &[String]| {
        let read = patterns.iter().map(|p| Pattern::parse(p, language).map_err(|cause| format!("{p:?}: {cause}")));
        read.collect::<Result<Vec<_>, _>>()
            .unwrap_or_else(|cause| panic!("src/language/{}/words.toml: {cause}", language.code()))
    };
    let table = words(language);
    Phrases { preambles: compile(table.preambles()), closings: compile(table.closings()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, question: &str, expected: &str) {
        let found = read(question, language);
        let range = core(&found, asking(&found, language), language);
        let text = found[range].iter().map(|w| w.form.as_str()).collect::<Vec<_>>().join(" ");
        assert_eq!(text, expected, "{question}");
    }

    #[test]
    fn question_words_at_the_end_come_first() {
        for (language, text, expected) in [
            (Language::It, "Ada Lovelace chi è?", Some("chi è Ada Lovelace?")),
            (Language::It, "Scusa, la Consob che cos'è?", Some("Scusa, che cos'è la Consob?")),
            (Language::It, "il museo, dov'è", Some("dov'è il museo")),
            (Language::It, "La Consob che cos'è?", Some("che cos'è la Consob?")),
            (Language::It, "Lei Jun chi è?", Some("chi è Lei Jun?")),
            (Language::It, "L'inaugurazione per quando è?", Some("per quando è l'inaugurazione?")),
            (Language::It, "Ho letto della Consob, ma cos'è?", None),
            (Language::It, "Quello che costruiscono cos'è?", None),
            (Language::It, "\"Il nome della rosa\" cos'è?", None),
            (Language::It, "chi è?", None),
            (Language::It, "Chi sa dov'è?", None),
            (Language::It, "La Consob è indipendente?", None),
            (Language::En, "Is the museum open?", None),
        ] {
            assert_eq!(question_first(text, language).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn polite_words_are_left_out() {
        check(Language::It, "Ciao, vorrei sapere chi ha vinto, per favore", "chi ha vinto");
        check(Language::It, "Sai dirmi quando apre il museo?", "quando apre il museo");
        check(Language::It, "Ho letto della frana. Quante vittime ci sono state?", "quante vittime ci sono state");
        check(Language::En, "Could you please tell me where it is, thanks!", "where it is");
        check(Language::En, "hi", "hi");
        check(
            Language::En,
            "I read about the fire in St. Louis. How many people were hurt?",
            "how many people were hurt",
        );
    }
}

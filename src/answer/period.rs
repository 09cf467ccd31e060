//! Of which time an answer holds: a figure for 2030 is none for 2025, and what is planned has not happened.

use super::asked::Asking;
use super::candidates::Candidate;
use super::sentence::{Scene, Sentence};
use crate::facts::{self, DateRelation, DateValue, Modality, Value};
use crate::language::{DateTables, Language, Tenses, Words, words};
use crate::question::Question;
use crate::text::{Span, Token, fold, tokens};

/// So many words after "ha" and "has" stands the verb whose tense they make ("ha già più volte vinto").
const AUXILIARY: usize = 4;
/// A line of place and day has at most so many words before its dash.
const LONGEST_DATELINE: usize = 12;

/// Whether the question confines its answer to a period, and the date that the sentence tells nearest to the candidate,
/// or the candidate itself, is of another.
pub(super) fn is_of_another(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    let Some(asked) = scene.question.time.as_ref().and_then(bounds) else { return false };
    let sentence = &scene.sentences[candidate.sentence];
    let passage = &scene.hits[sentence.hit].passage;
    let (whole, own) = (sentence.span.shifted(passage.span.start), candidate.span(scene).shifted(passage.span.start));
    let dates = passage.facts.iter().filter(|fact| whole.contains(fact.span)).filter_map(|fact| match &fact.value {
        Value::Date(date) => Some((distance(fact.span, own), bounds(date)?)),
        _ => None,
    });
    let nearest = dates.min_by_key(|(distance, _)| *distance);
    nearest.is_some_and(|(_, (from, to))| to < asked.0 || asked.1 < from)
}

/// Whether the question is about what has happened ("Quanti visitatori ha avuto …?"), and the sentence of `candidate`, of
/// this `modality`, tells what is planned or expected.
pub(super) fn is_ahead(asking: &Asking, modality: Modality) -> bool {
    asking.tense == Some(Tense::Past) && modality == Modality::Planned
}

/// Whether the question is about what is to come ("Quando produrrà …?"), and `candidate` is a day that had passed when
/// its article appeared.
pub(super) fn is_behind(scene: &Scene<'_>, asking: &Asking, candidate: &Candidate) -> bool {
    let hit = scene.sentences[candidate.sentence].hit;
    let (Some(published), Some(fact)) = (scene.published[hit], candidate.fact) else { return false };
    let last = match &scene.hits[hit].passage.facts[fact].value {
        Value::Date(date) => bounds(date).map(|(_, to)| to),
        _ => None,
    };
    asking.tense == Some(Tense::Future) && last.is_some_and(|last| last < published)
}

/// For each sentence the line of place and day with which it begins, if it does ("VARZOLA, 12 aprile 2026 - Il ponte …"): it
/// tells when the article appeared.
pub(super) fn datelines(scene: &Scene<'_>) -> Vec<Option<Dateline>> {
    scene.sentences.iter().map(|sentence| dateline(scene, sentence)).collect()
}

/// The beginning of an article that tells the day on which it appeared.
pub(super) struct Dateline {
    /// The place of the dash in the sentence's words.
    dash: usize,
    /// The days before or behind it, in bytes of the article.
    days: Vec<Span>,
}

impl Dateline {
    /// Whether `candidate`, of its sentence, begins in it and has the day.
    pub(super) fn has(&self, scene: &Scene<'_>, candidate: &Candidate) -> bool {
        let passage = &scene.hits[scene.sentences[candidate.sentence].hit].passage;
        let own = candidate.span(scene).shifted(passage.span.start);
        (1..self.dash).contains(&candidate.first) && self.days.iter().any(|day| day.overlaps(own))
    }
}

fn dateline(scene: &Scene<'_>, sentence: &Sentence<'_>) -> Option<Dateline> {
    let published = scene.published[sentence.hit]?;
    let words = &sentence.words;
    let is_dash =
        |at: &usize| matches!(words[*at].text, "-" | "–" | "—") && words[*at].span.start > words[*at - 1].span.end;
    let dash = (1..words.len().min(LONGEST_DATELINE)).find(is_dash)?;
    let place = words[0].class.is_none() && words[0].text.starts_with(char::is_uppercase);
    let is_day = |value: &Value| matches!(value, Value::Date(date) if bounds(date) == Some((published, published)));
    let told = scene.hits[sentence.hit].passage.facts.iter().filter(|fact| is_day(&fact.value));
    let days: Vec<Span> = told.map(|fact| fact.span).collect();
    (place && !days.is_empty()).then_some(Dateline { dash, days })
}

/// Of which time a question asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    /// Of what has happened.
    Past,
    /// Of what is to come.
    Future,
}

/// The tense of the verb of `question`, where it has one of these alone; none if it was said in the past what would be ("che
/// cosa ha deciso di costruire …?", "a quando è stata rinviata …?").
pub(super) fn tense_asked(question: &Question) -> Option<Tense> {
    let asked = Tensed::new(question);
    let whole = Span::new(0, question.text.len());
    match (asked.is_of_the_past(), asked.is_of_the_future()) {
        (true, false) => {
            let modality = facts::standing(&question.text, whole, whole, question.language, false).0;
            (modality == Modality::Stated).then_some(Tense::Past)
        }
        (false, true) => Some(Tense::Future),
        _ => None,
    }
}

/// A question's words, for the tense of its verb.
struct Tensed<'a> {
    question: &'a Question,
    asked: Vec<Token<'a>>,
    folded: Vec<String>,
    words: &'static Words,
    tense: &'static Tenses,
}

impl<'a> Tensed<'a> {
    fn new(question: &'a Question) -> Self {
        let asked = tokens(&question.text);
        let folded = asked.iter().map(|token| fold(token.text)).collect();
        let (words, tense) = (words(question.language), &DateTables::of(question.language).tense);
        Self { question, asked, folded, words, tense }
    }

    fn is_verb(&self, at: usize) -> bool {
        self.question.has_verb_at(self.asked[at].span)
    }

    fn ends(&self, at: usize, endings: &[String]) -> bool {
        let word = &self.folded[at];
        self.is_verb(at) && word.len() > 4 && endings.iter().any(|ending| word.ends_with(ending))
    }

    fn is_of_the_future(&self) -> bool {
        // Of two words ("rinviata al") the first tells enough here.
        let named = |word: &str| self.tense.future.iter().any(|sign| sign.split(' ').next() == Some(word));
        // "produrrà", "verrà": by the accent, without which "terra" ends so too.
        let accented = |at: usize| {
            self.question.language == Language::It && self.is_verb(at) && self.asked[at].text.ends_with("rà")
        };
        let is_ahead = |at: usize| self.ends(at, &self.tense.future_endings) || accented(at);
        (0..self.folded.len()).any(|at| named(&self.folded[at]) || is_ahead(at))
    }

    fn is_of_the_past(&self) -> bool {
        let (words, folded) = (self.words, &self.folded);
        let is_now = folded.iter().any(|word| words.is(word, "be") && !words.is(word, "was"));
        let infinitive = |at: usize| folded[at].ends_with("re") && self.question.language == Language::It;
        let past = |at: usize| {
            let word = folded[at].as_str();
            let told = self.tense.past.iter().any(|sign| sign == word);
            let after = || (at + 1..folded.len()).take(AUXILIARY).take_while(|at| folded[*at] != "to");
            match told {
                // "Allo *Stato*", "*Rose* Bell".
                _ if at > 0 && self.asked[at].is_capitalised() => false,
                // "Ha" and "has" are of the past before a participle alone.
                true if words.is(word, "have") => after().any(|at| self.is_verb(at) && !infinitive(at)),
                true if words.is(word, "was") => at > 0 && words.is(&folded[at - 1], "be") || !is_now,
                true => words.is(word, "do") || self.is_verb(at) && !is_now,
                false => self.ends(at, &self.tense.past_endings) && !is_now,
            }
        };
        (0..folded.len()).any(past)
    }
}

/// How many bytes lie between two spans.
fn distance(a: Span, b: Span) -> usize {
    a.start.max(b.start).saturating_sub(a.end.min(b.end))
}

/// The first and the last day of what is told; where an end is open, the day that is named.
fn bounds(date: &DateValue) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let (from, to) = (date.from.or(date.to)?, date.to.or(date.from)?);
    match date.relation {
        DateRelation::By => Some((to, to)),
        DateRelation::From => Some((from, from)),
        _ => Some((from, to)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::told;
    use super::*;

    #[test]
    fn a_figure_holds_for_its_own_time() {
        let text = "La fonderia Nordeva farà 300 mila barre entro il 2031 e ne ha fatte 80 mila nel 2023.";
        let another = |scene: &Scene<'_>, _: &Asking, candidate: &Candidate| is_of_another(scene, candidate);
        for (question, words, expected) in [
            ("Quante barre farà la Nordeva nel 2027?", "300 mila", true),
            ("Quante barre farà la Nordeva nel 2031?", "300 mila", false),
            ("Quante barre ha fatto la Nordeva nel 2023?", "300 mila", true),
            ("Quante barre ha fatto la Nordeva nel 2023?", "80 mila", false),
            ("Quante barre farà la Nordeva?", "300 mila", false),
        ] {
            assert_eq!(told(another, question, text, words), expected, "{question} {words}");
        }
    }

    #[test]
    fn what_is_to_come_is_asked_in_the_future() {
        for (question, expected) in [
            ("Quando produrrà la Nordeva la prima barca?", true),
            ("When will Nordeva build its first boat?", true),
            ("Quando ha prodotto la Nordeva la prima barca?", false),
            ("When did Nordeva build its first boat?", false),
            ("Quando apre il museo?", false),
        ] {
            let asks = |_: &Scene<'_>, asking: &Asking, _: &Candidate| asking.tense == Some(Tense::Future);
            assert_eq!(told(asks, question, "Ugo Bassi.", "Ugo Bassi"), expected, "{question}");
        }
    }

    #[test]
    fn what_has_happened_is_asked_in_the_past() {
        for (question, expected) in [
            ("Quanti passeggeri ha trasportato la Nordeva?", true),
            ("Quanti passeggeri trasporterà la Nordeva?", false),
            ("Quanti passeggeri ha la Nordeva?", false),
            ("Chi è stato eletto?", true),
            ("Chi ha vinto la corsa?", true),
            ("Quanto costa allo Stato la legge?", false),
            ("Che cosa ha deciso di costruire la Nordeva?", false),
            ("Quanto ha intenzione di investire la Nordeva?", false),
            ("A quando è stata rinviata la partita?", false),
            ("How many passengers did Nordeva carry?", true),
            ("How many passengers has Nordeva carried?", true),
            ("Who won the race?", true),
            ("How many passengers will Nordeva carry?", false),
            ("How many passengers does Nordeva carry?", false),
            ("How many homes are planned in Leeds?", false),
            ("When is the race held?", false),
            ("Who has to pay the fine?", false),
        ] {
            let asks = |_: &Scene<'_>, asking: &Asking, _: &Candidate| asking.tense == Some(Tense::Past);
            assert_eq!(told(asks, question, "Ugo Bassi.", "Ugo Bassi"), expected, "{question}");
        }
    }
}

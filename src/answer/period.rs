//! Of which time an answer holds: a figure for 2030 is none for 2025, and what is planned has not happened.

use super::asked::Asking;
use super::candidates::Candidate;
use super::sentence::Scene;
use crate::facts::{self, DateRelation, DateValue, Modality, Value};
use crate::language::{DateTables, Language, words};
use crate::question::Question;
use crate::text::{Span, fold, tokens};

/// So many words after "ha" and "has" stands the verb whose tense they make ("ha già più volte vinto").
const AUXILIARY: usize = 4;

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
    asking.of_the_past && modality == Modality::Planned
}

/// Whether the verb of `question` is in a tense of the past; not if it was said then what would be ("che cosa ha deciso di
/// costruire …?", "a quando è stata rinviata …?").
pub(super) fn asks_of_the_past(question: &Question) -> bool {
    let language = question.language;
    let (words, tenses) = (words(language), &DateTables::of(language).tense);
    let asked = tokens(&question.text);
    let folded: Vec<String> = asked.iter().map(|token| fold(token.text)).collect();
    let is_verb = |at: usize| question.has_verb_at(asked[at].span);
    let ends = |at: usize, endings: &[String]| {
        is_verb(at) && folded[at].len() > 4 && endings.iter().any(|ending| folded[at].ends_with(ending))
    };
    // Of two words ("rinviata al") the first tells enough here.
    let ahead = |at: usize| {
        let named = |sign: &String| sign.split(' ').next() == Some(folded[at].as_str());
        tenses.future.iter().any(named) || ends(at, &tenses.future_endings)
    };
    let is_now = folded.iter().any(|word| words.is(word, "be") && !words.is(word, "was"));
    let infinitive = |at: usize| folded[at].ends_with("re") && language == Language::It;
    let past = |at: usize| {
        let word = folded[at].as_str();
        let told = tenses.past.iter().any(|sign| sign == word);
        let after = || (at + 1..folded.len()).take(AUXILIARY).take_while(|at| folded[*at] != "to");
        match told {
            // "Allo *Stato*", "*Rose* Bell".
            _ if at > 0 && asked[at].is_capitalised() => false,
            // "Ha" and "has" are of the past before a participle alone.
            true if words.is(word, "have") => after().any(|at| is_verb(at) && !infinitive(at)),
            true if words.is(word, "was") => at > 0 && words.is(&folded[at - 1], "be") || !is_now,
            true => words.is(word, "do") || is_verb(at) && !is_now,
            false => ends(at, &tenses.past_endings) && !is_now,
        }
    };
    let whole = Span::new(0, question.text.len());
    (0..folded.len()).any(past)
        && !(0..folded.len()).any(ahead)
        && facts::standing(&question.text, whole, whole, language, false).0 == Modality::Stated
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
            let asks = |scene: &Scene<'_>, _: &Asking, _: &Candidate| asks_of_the_past(scene.question);
            assert_eq!(told(asks, question, "Ugo Bassi.", "Ugo Bassi"), expected, "{question}");
        }
    }
}

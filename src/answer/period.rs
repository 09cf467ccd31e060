//! Of which time an answer holds: a figure for 2030 is none for 2025.

use super::candidates::Candidate;
use super::sentence::Scene;
use crate::facts::{DateRelation, DateValue, Value};
use crate::text::Span;

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
    use super::super::asked::Asking;
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
}

//! Whether a sentence tells of somebody or of somewhere else than the question names: what the one defendant got is not what
//! the other did.

use super::asked::Asked;
use super::candidates::Candidate;
use super::sentence::Scene;
use crate::facts::{Fact, FactKind};
use crate::question::TermPart;
use crate::text::Span;

/// Whether the question has a name, and the sentence of `candidate` has none of the question's but, before the candidate,
/// somebody else's.
pub(super) fn is_of_another(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    let can_act = |kind: FactKind| matches!(kind, FactKind::Person | FactKind::Organization);
    others(scene, candidate).any(|(fact, own)| can_act(fact.value.kind()) && fact.span.end <= own.start)
}

/// Whether the question names a place and does not ask for one, and the sentence of `candidate` has no name of the
/// question's but another place.
pub(super) fn is_elsewhere(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    Asked::of(scene.question) != Asked::Place
        && others(scene, candidate).any(|(fact, own)| fact.value.kind() == FactKind::Place && !fact.span.overlaps(own))
}

/// The facts in the sentence of `candidate` that are of a kind with what the question names, where the sentence has no name
/// of the question's; each beside the candidate's own bytes.
fn others<'a>(scene: &'a Scene<'_>, candidate: &Candidate) -> impl Iterator<Item = (&'a Fact, Span)> {
    let sentence = &scene.sentences[candidate.sentence];
    let passage = &scene.hits[sentence.hit].passage;
    let whole = sentence.span.shifted(passage.span.start);
    let own = candidate.span(scene).shifted(passage.span.start);
    let is_unnamed = scene.asks_with(TermPart::Name) && sentence.cover.names == 0.0;
    let facts = passage.facts.iter().filter(move |_| is_unnamed);
    facts
        .filter(move |fact| scene.named.contains(&fact.value.kind()) && whole.contains(fact.span))
        .map(move |fact| (fact, own))
}

#[cfg(test)]
mod tests {
    use super::super::asked::Asking;
    use super::super::trial::told;
    use super::*;

    #[test]
    fn what_another_got_is_not_what_is_asked() {
        let text = "Nora Pell ha avuto una multa. Ugo Bassi ha avuto cinque anni. Resterà in carcere fino a maggio.";
        let another = |scene: &Scene<'_>, _: &Asking, candidate: &Candidate| is_of_another(scene, candidate);
        for (question, words, expected) in [
            ("Quanti anni ha avuto Nora Pell?", "cinque anni", true),
            ("Quanti anni ha avuto Ugo Bassi?", "cinque anni", false),
            ("Quanti anni sono stati chiesti?", "cinque anni", false),
            ("Fino a quando Nora Pell resterà in carcere?", "maggio", false),
        ] {
            assert_eq!(told(another, question, text, words), expected, "{question}");
        }
    }

    #[test]
    fn what_it_is_elsewhere_is_not_what_is_asked() {
        let text = "In Francia la lente costerà 46 euro. In Austria la lente costerà 40 euro.";
        let elsewhere = |scene: &Scene<'_>, _: &Asking, candidate: &Candidate| is_elsewhere(scene, candidate);
        for (question, expected) in [
            ("Quanto costerà la lente in Austria?", true),
            ("Quanto costerà la lente in Francia?", false),
            ("Quanto costerà la lente?", false),
        ] {
            assert_eq!(told(elsewhere, question, text, "46 euro"), expected, "{question}");
        }
    }
}

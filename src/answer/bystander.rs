//! Whether a sentence tells of somebody else than the question names: what the one defendant got is not what the other did.

use super::candidates::Candidate;
use super::sentence::Scene;
use crate::facts::FactKind;
use crate::question::TermPart;

/// Whether the question has a name, and the sentence of `candidate` has none of the question's but, before the candidate,
/// another of the same kind.
pub(super) fn is_of_another(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    let sentence = &scene.sentences[candidate.sentence];
    if !scene.asks_with(TermPart::Name) || sentence.cover.names > 0.0 {
        return false;
    }
    let passage = &scene.hits[sentence.hit].passage;
    let whole = sentence.span.shifted(passage.span.start);
    let own = candidate.span(scene).shifted(passage.span.start);
    let can_act = |kind: FactKind| matches!(kind, FactKind::Person | FactKind::Organization);
    passage.facts.iter().any(|fact| {
        let kind = fact.value.kind();
        can_act(kind) && scene.named.contains(&kind) && whole.contains(fact.span) && fact.span.end <= own.start
    })
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
}

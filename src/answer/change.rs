//! Whether a newer article says that something is no longer as an older one has it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::agree::Agreement;
use super::outcome::Finding;
use super::relation::said;
use super::sentence::Scene;
use crate::corpus::ArticleInfo;
use crate::language::relations::relation;
use crate::language::words;
use crate::question::{AnswerType, Intent, Question, TermPart};
use crate::text::{fold, tokens};

/// Whether the question is who holds a role ("Who is the mayor of …?"), which another held before; not who held it or was
/// the first to, nor several of a kind.
fn asks_holder(question: &Question) -> bool {
    let named = matches!(question.expects, AnswerType::Person | AnswerType::Group | AnswerType::Organization);
    let by_noun = question.focus.as_ref().is_some_and(|focus| !focus.verb);
    let verb = question.terms.iter().any(|term| term.part == TermPart::Verb);
    let asked: Vec<String> = tokens(&question.text).iter().map(|token| fold(token.text)).collect();
    let words = words(question.language);
    let several = asked.get(1).is_some_and(|word| words.is(word, "are"));
    let of_the_past = |word: &String| ["was", "no_leader", "number"].iter().any(|class| words.is(word, class));
    let one_now = !several && !asked.iter().any(of_the_past);
    question.intent == Intent::Who && named && by_noun && !verb && one_now
}

/// Whether `rival` and `best`, told by the sentences at their places and in this `agreement`, cannot both hold, one of them is from an article of a
/// later day than the other, and its sentence tells of a change ("postponed", "the new coach").
pub(super) fn changes(
    scene: &Scene<'_>,
    articles: &BTreeMap<String, ArticleInfo>,
    (rival, at): (&Finding, usize),
    (best, at_best): (&Finding, usize),
    agreement: Agreement,
) -> bool {
    let exclude = match agreement {
        Agreement::Contrary => true,
        // One role has one holder at a time.
        Agreement::Different => asks_holder(scene.question),
        _ => false,
    };
    let day = |finding: &Finding| -> Option<Date> { articles.get(&finding.evidence.article)?.published };
    let kind = |finding: &Finding| finding.value.as_ref().map(|value| value.kind());
    let newer = match (day(rival), day(best)) {
        (Some(rival), Some(best)) if rival > best => at,
        (Some(rival), Some(best)) if rival < best => at_best,
        _ => return false,
    };
    exclude
        && kind(rival).is_some()
        && kind(rival) == kind(best)
        && [at, at_best].into_iter().all(|place| speaks_of_all(scene, place))
        && said(&scene.sentences[newer]) & relation("change") != 0
}

/// Whether the passage of the sentence at `place` has every name and every noun of the question.
fn speaks_of_all(scene: &Scene<'_>, place: usize) -> bool {
    let cover = &scene.sentences[place].cover;
    [(TermPart::Name, cover.passage_names), (TermPart::Noun, cover.passage_nouns)]
        .into_iter()
        .all(|(part, found)| !scene.asks_with(part) || found > 0.99)
}

#[cfg(test)]
mod tests {
    use super::super::trial::told;
    use super::*;

    #[test]
    fn who_holds_a_role_may_change() {
        for (question, expected) in [
            ("Chi è il presidente della Solarix?", true),
            ("Who is the coach of Norvale?", true),
            ("Chi era il presidente della Solarix?", false),
            ("Who was the first coach of Norvale?", false),
            ("Who are the coaches of Norvale?", false),
            ("Chi ha fondato la Solarix?", false),
        ] {
            let asks = |scene: &Scene<'_>, _: &_, _: &_| asks_holder(scene.question);
            assert_eq!(told(asks, question, "Ugo Bassi.", "Ugo Bassi"), expected, "{question}");
        }
    }
}

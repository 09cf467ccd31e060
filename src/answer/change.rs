//! Whether a newer article says that something is no longer as an older one has it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::outcome::Finding;
use super::relation::said;
use super::sentence::Scene;
use crate::corpus::ArticleInfo;
use crate::language::relations::relation;
use crate::language::words;
use crate::question::{AnswerType, Intent, Question, TermPart};
use crate::text::{fold, tokens};

/// Whether the question is who holds a role ("Who is the mayor of …?"), which another held before; not who held it or was
/// the first to.
pub(super) fn asks_holder(question: &Question) -> bool {
    let named = matches!(question.expects, AnswerType::Person | AnswerType::Group | AnswerType::Organization);
    let by_noun = question.focus.as_ref().is_some_and(|focus| !focus.verb);
    let verb = question.terms.iter().any(|term| term.part == TermPart::Verb);
    let of_the_past =
        |word: &str| ["was", "no_leader", "number"].iter().any(|class| words(question.language).is(word, class));
    let now = !tokens(&question.text).iter().any(|token| of_the_past(&fold(token.text)));
    question.intent == Intent::Who && named && by_noun && !verb && now
}

/// Whether one of two answers of a kind, told by the sentences at their places, is from an article of a later day than the
/// other, and its sentence tells of a change ("postponed", "the new coach").
pub(super) fn changes(
    scene: &Scene<'_>,
    articles: &BTreeMap<String, ArticleInfo>,
    (one, at): (&Finding, usize),
    (other, at_other): (&Finding, usize),
) -> bool {
    let day = |finding: &Finding| -> Option<Date> { articles.get(&finding.evidence.article)?.published };
    let kind = |finding: &Finding| finding.value.as_ref().map(|value| value.kind());
    let newer = match (day(one), day(other)) {
        (Some(one), Some(other)) if one > other => at,
        (Some(one), Some(other)) if one < other => at_other,
        _ => return false,
    };
    kind(one).is_some() && kind(one) == kind(other) && said(&scene.sentences[newer]) & relation("change") != 0
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
            ("Chi ha fondato la Solarix?", false),
        ] {
            let asks = |scene: &Scene<'_>, _: &_, _: &_| asks_holder(scene.question);
            assert_eq!(told(asks, question, "Ugo Bassi.", "Ugo Bassi"), expected, "{question}");
        }
    }
}

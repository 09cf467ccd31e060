//! Whether a question asks who leads something.

use super::types::{Intent, Question, Term, TermPart};
use crate::language::relations::{relation, relations_asked};
use crate::language::{WordClass, grammar, words};
use crate::text::{fold, tokens};

impl Question {
    /// The term by which it is asked who leads something: the verb ("chi *guida* …?"), or the noun of a phrase ("who is
    /// in *charge* of …?", "chi è al *vertice* di …?"); who was at the wheel of a car ("chi era alla guida …?") is another
    /// matter. A role ("chi è il *presidente* di …?") is not one.
    pub fn leader_term(&self) -> Option<&Term> {
        if self.intent != Intent::Who {
            return None;
        }
        let asked = tokens(&self.text);
        let folded: Vec<String> = asked.iter().map(|token| fold(token.text)).collect();
        let sets = relations_asked(self.language).of_each(&folded, self.language);
        let by_phrase = !self.terms.iter().any(|term| term.part == TermPart::Verb)
            && !words(self.language).is(folded.get(1).map_or("", String::as_str), "was");
        let term_from = |start: usize| self.terms.iter().find(|term| term.span.end > start);
        (0..asked.len()).filter(|at| sets[*at] & relation("lead") != 0).find_map(|at| {
            let term = term_from(asked[at].span.start)?;
            let in_phrase = grammar(self.language).class(&folded[at]) == Some(WordClass::Preposition);
            let fits = if in_phrase {
                by_phrase && term.part == TermPart::Noun
            } else {
                term.part == TermPart::Verb && term.span.overlaps(asked[at].span)
            };
            fits.then_some(term)
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::question::{Context, NoWords, Rules, analyse};

    #[test]
    fn who_leads_is_asked_by_a_verb_or_a_phrase() {
        let context = Context { today: date(2024, 6, 1), vocabulary: &NoWords, rules: Rules::shipped() };
        for (question, expected) in [
            ("Chi guida la Solarix?", Some("guida")),
            ("Chi è al vertice della Solarix?", Some("vertice")),
            ("Chi è alla guida della Solarix?", Some("guida")),
            ("Chi era alla guida della Solarix?", None),
            ("Chi ha partecipato al vertice di Trento?", None),
            ("Who is in charge of Solarix?", Some("charge")),
            ("Who runs Solarix?", Some("runs")),
            ("Chi è il capo della Solarix?", None),
            ("Chi ha scritto la guida della Solarix?", None),
            ("Dove guida Ugo Bo?", None),
        ] {
            let question = analyse(question, None, &context).remove(0);
            assert_eq!(question.leader_term().map(|term| term.text.as_str()), expected, "{}", question.text);
        }
    }
}

//! Whether a sentence tells the opposite of what is asked, or something else of the same sort: who asks when works end is
//! not told when they begin.

use super::asked::Asking;
use super::candidates::Candidate;
use super::sentence::Scene;
use crate::language::opposites::{opposed, sides};
use crate::language::word_sets::Sets;
use crate::question::{AnswerType, Question};
use crate::text::{Token, fold, tokens};

/// How opposite a sentence is that says what is not asked far from the candidate, or nearer to it than what is asked.
const PARTLY: f32 = 0.5;
/// What stands within so many words is said of the candidate.
const NEAR: usize = 6;
/// What stands behind a comma is farther away, by so many words.
const BREAK: usize = 3;

/// The sides of alternatives of which `question` speaks; none where yes or no is asked.
pub(super) fn sides_asked(question: &Question) -> Sets {
    if question.expects == AnswerType::Truth {
        return 0;
    }
    let asked = tokens(&question.text);
    let words: Vec<String> = asked.iter().map(|token| fold(token.text)).collect();
    let sets = sides(question.language, true).of_each(&words, question.language);
    let is_name = |(i, token): (usize, &Token<'_>)| {
        i > 0 && token.is_capitalised() || question.entities.iter().any(|entity| entity.span.overlaps(token.span))
    };
    asked.iter().enumerate().zip(sets).filter(|(token, _)| !is_name(*token)).fold(0, |all, (_, set)| all | set)
}

/// How much the sentence of `candidate` speaks of the opposite of what is asked, from 0 to 1.
pub(super) fn opposite(scene: &Scene<'_>, asking: &Asking, candidate: &Candidate) -> f32 {
    let others = opposed(asking.sides);
    if others == 0 {
        return 0.0;
    }
    let sentence = &scene.sentences[candidate.sentence];
    let said = sentence.sides.get_or_init(|| sentence.sets(sides(sentence.language, false)));
    let breaks = |from: usize, to: usize| {
        let between = sentence.words.iter().take(to).skip(from);
        BREAK * between.filter(|word| matches!(word.text, "," | ";")).count()
    };
    let distance = |of: Sets| {
        let places = (0..said.len()).filter(|at| said[*at] & of != 0);
        let away = |at: usize| {
            let (from, to) = if at < candidate.first { (at, candidate.first) } else { (candidate.last, at) };
            to.saturating_sub(from) + breaks(from, to)
        };
        places.map(away).min()
    };
    // Of one alternative at a time: what is asked in one says nothing of another.
    let against = |other: Sets| match (distance(other), distance(opposed(other) & asking.sides)) {
        (Some(other), None) if other <= NEAR => 1.0,
        (Some(_), None) => PARTLY,
        (Some(other), Some(own)) if other < own => PARTLY,
        _ => 0.0,
    };
    (0..Sets::BITS).map(|bit| 1 << bit).filter(|bit| others & bit != 0).map(against).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::super::trial::told;
    use super::*;

    #[test]
    fn the_other_side_does_not_answer() {
        for (question, text, words, expected) in [
            ("Quando finiranno i lavori del ponte?", "I lavori del ponte cominceranno a maggio.", "maggio", 1.0),
            ("Quando cominceranno i lavori del ponte?", "I lavori del ponte cominceranno a maggio.", "maggio", 0.0),
            ("Quanti sono i feriti?", "I morti sono tre, i feriti dodici.", "tre", 0.5),
            ("Quanti sono i feriti?", "I morti sono tre, i feriti dodici.", "dodici", 0.0),
            ("Quanti voti contrari ci sono stati?", "I voti a favore sono stati 27, i contrari 21.", "27", 0.5),
            ("Quanti voti a favore ci sono stati?", "I voti a favore sono stati 27, i contrari 21.", "27", 0.0),
            (
                "Quando finiranno i lavori in Piazza Inizio?",
                "I lavori, cominciati a marzo, dureranno fino a maggio.",
                "maggio",
                0.5,
            ),
            ("Chi gioca in Nord America?", "A sud gioca Ugo Bo.", "Ugo Bo", 0.0),
            ("I lavori del ponte sono finiti?", "I lavori del ponte cominceranno a maggio.", "maggio", 0.0),
            ("Who is the oldest player?", "The youngest player is Ann Bell.", "Ann Bell", 1.0),
        ] {
            assert_eq!(told(opposite, question, text, words), expected, "{question} {words}");
        }
    }
}

//! Names with a number of their own: what is said of the Polestar 3 is not said of the Polestar 4.

use super::sentence::{Scene, Sentence};
use crate::facts::{Fact, Value};
use crate::index::Hit;
use crate::language::{Language, lexicon, stem, words};
use crate::question::{Designated, Question};
use crate::text::{Token, TokenKind, fold, tokens};

/// So many small words may stand between the word and its number ("legge n. 194").
const MOST_BETWEEN: usize = 2;

/// Whether the question asks of one of several that no passage found speaks of.
pub(super) fn is_unknown(question: &Question, hits: &[Hit]) -> bool {
    question.designated().iter().any(|asked| {
        let mentions: Vec<bool> = hits.iter().flat_map(|hit| mentions(asked, question.language, hit)).collect();
        let named = mentions.contains(&true);
        // "Sony 3 plants" counts, unless the articles speak of other Sonys with a number.
        let counts = asked.may_count && mentions.is_empty();
        let by_place = !asked.name && hits.iter().any(|hit| tells_place(&hit.passage.facts, &asked.number));
        !named && !counts && !by_place
    })
}

/// For each sentence whether it speaks of another one than the question does, and not of that as well.
pub(super) fn of_another(scene: &Scene<'_>) -> Vec<bool> {
    let asked = scene.question.designated();
    let speaks = |sentence: &Sentence<'_>| {
        asked.iter().any(|asked| {
            let words = tokens(sentence.span.of(&scene.hits[sentence.hit].passage.text));
            let found = in_words(asked, scene.question.language, &words, sentence.language);
            !found.is_empty() && !found.contains(&true)
        })
    };
    scene.sentences.iter().map(|sentence| !asked.is_empty() && speaks(sentence)).collect()
}

/// For each place of the passage where a number stands behind the word, whether it is the number asked for.
fn mentions(asked: &Designated, language: Language, hit: &Hit) -> Vec<bool> {
    let words = tokens(&hit.passage.text);
    // Whatever the passage's language is: a name has one form, a noun is looked for in both.
    Language::ALL.into_iter().flat_map(|of_text| in_words(asked, language, &words, of_text)).collect()
}

fn in_words(asked: &Designated, language: Language, words: &[Token<'_>], of_text: Language) -> Vec<bool> {
    let forms: Vec<String> = if asked.name || language == of_text {
        vec![asked.word.clone()]
    } else {
        lexicon::translations(&asked.word, language).into_iter().map(fold).collect()
    };
    let is_word = |token: &Token<'_>| {
        let folded = fold(token.text);
        let same_stem = |form: &String| !asked.name && stem(form, of_text) == stem(&folded, of_text);
        token.is_word() && forms.iter().any(|form| *form == folded || same_stem(form))
    };
    let places = (0..words.len()).filter(|at| is_word(&words[*at]));
    let numbers = places.filter_map(|at| {
        let small = |next: &&Token<'_>| {
            next.kind == TokenKind::Symbol && matches!(next.text, "-" | "." | "°" | "º")
                || self::words(of_text).is(&fold(next.text), "numbering")
        };
        words[at + 1..].iter().take(MOST_BETWEEN + 1).find(|next| !small(next))
    });
    numbers
        .filter(|next| next.kind == TokenKind::Number && (next.text == asked.number || !is_year(next.text)))
        .map(|next| next.text == asked.number)
        .collect()
}

/// Four digits behind a name date it ("Salone 2024").
fn is_year(number: &str) -> bool {
    number.len() == 4 && number.starts_with(['1', '2'])
}

/// Whether a fact tells the place in an order by which the number may be meant ("the fifth stage").
fn tells_place(facts: &[Fact], number: &str) -> bool {
    facts.iter().any(|fact| matches!(fact.value, Value::Ordinal { amount } if amount.to_string() == number))
}

#[cfg(test)]
mod tests {
    use super::super::candidates::candidates;
    use super::super::trial::told;
    use super::*;

    #[test]
    fn what_is_said_of_another_of_the_same_name_is_no_answer() {
        let text = "La Nordeva 3 sarà costruita a Trento.";
        for (question, expected) in
            [("Dove sarà costruita la Nordeva 4?", true), ("Dove sarà costruita la Nordeva 3?", false)]
        {
            let dropped = |scene: &Scene<'_>, _: &_, candidate: &_| !candidates(scene).contains(candidate);
            assert_eq!(told(dropped, question, text, "Trento"), expected, "{question}");
            assert_eq!(told(|scene, _, _| is_unknown(scene.question, scene.hits), question, text, "Trento"), expected);
        }
    }
}

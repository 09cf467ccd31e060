//! Cuts an amount to the words that were asked for.

use super::asked::Asked;
use super::candidates::Candidate;
use super::sentence::{Scene, Word};
use crate::language::{Language, WordClass, words};
use crate::text::{Span, TokenKind, fold};

/// The words of the answer: an amount without the preposition before it ("*di* 10 milioni"), which "circa" and "oltre"
/// are not: they are a part of the fact.
pub(super) fn answer(scene: &Scene<'_>, candidate: &Candidate) -> Span {
    let sentence = &scene.sentences[candidate.sentence];
    let span = candidate.span(scene);
    let amount = matches!(Asked::of(scene.question), Asked::Amount | Asked::Duration);
    let passage = &scene.hits[sentence.hit].passage;
    let fact = candidate.fact.filter(|_| amount && candidate.whole).map(|i| passage.facts[i].span);
    let starts = |word: &&Word<'_>| fact.is_some_and(|f| word.span.shifted(passage.span.start).start >= f.start);
    let preposition = sentence.words[candidate.first].class == Some(WordClass::Preposition);
    let first = sentence.words[candidate.first..=candidate.last].iter().find(starts);
    match first.filter(|_| preposition) {
        Some(first) => Span::new(first.span.start, span.end),
        None => span,
    }
}

/// Of the answer's words those that tell what the question does not: of a number of things the number, where the
/// question names the things ("quanti *operai*": "230", not "230 operai").
pub(super) fn evidence(scene: &Scene<'_>, candidate: &Candidate) -> Span {
    let span = answer(scene, candidate);
    let sentence = &scene.sentences[candidate.sentence];
    if !matches!(Asked::of(scene.question), Asked::Amount | Asked::Duration) || candidate.fact.is_none() {
        return span;
    }
    let words = &sentence.words[candidate.first..=candidate.last];
    let Some(last) = words.iter().rposition(|word| is_number(word, sentence.language)) else { return span };
    let named = words[last + 1..].iter().all(|word| word.matched.is_some() || !word.is_content());
    if named { Span::new(span.start, words[last].span.end.max(span.start)) } else { span }
}

/// Whether `word` is a number, in figures or written out.
pub(super) fn is_number(word: &Word<'_>, language: Language) -> bool {
    word.kind == TokenKind::Number || self::words(language).is(&fold(word.text), "number")
}

#[cfg(test)]
mod tests {
    use super::super::trial::told;
    use super::*;

    #[test]
    fn an_amount_is_cut_to_what_was_asked_for() {
        let text = "Il comune ha assunto circa 230 nuovi operai con un premio di 2 milioni di euro.";
        for (question, words, expected_answer, expected_evidence) in [
            ("Quanti operai ha assunto il comune?", "circa 230 nuovi operai", "circa 230 nuovi operai", None),
            ("Quanti nuovi operai ha assunto?", "circa 230 nuovi operai", "circa 230 nuovi operai", Some("circa 230")),
            ("A quanto ammonta il premio?", "di 2 milioni di euro", "2 milioni di euro", None),
            ("Chi ha assunto 230 operai?", "comune", "comune", None),
        ] {
            let cut = |trim: fn(&Scene<'_>, &Candidate) -> Span| {
                told(|scene, _, candidate| trim(scene, candidate).of(text).to_owned(), question, text, words)
            };
            assert_eq!(cut(answer), expected_answer, "{question}");
            assert_eq!(cut(evidence), expected_evidence.unwrap_or(expected_answer), "{question}");
        }
    }
}

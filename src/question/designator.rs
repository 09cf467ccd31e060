//! Names and nouns that a number makes one of several: "Polestar 4", "la legge 194", "stage 5".

use super::{Question, TermPart};
use crate::facts::{self, Value};
use crate::text::{Span, Token, TokenKind, fold, tokens};

/// A number above this many digits counts or dates something.
const MOST_DIGITS: usize = 4;

/// A word of a question and the number behind it that tells which of several is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Designated {
    /// The word and the number, as bytes of the question's text.
    pub span: Span,
    /// The word, folded.
    pub word: String,
    /// The number, in digits.
    pub number: String,
    /// Whether the word is of a name rather than a noun.
    pub name: bool,
    /// Whether a noun follows that the number may count ("Did Renault 3 factories …").
    pub may_count: bool,
}

impl Question {
    /// The names and nouns of the question that a number makes one of several, in order.
    pub fn designated(&self) -> Vec<Designated> {
        let found = tokens(&self.text);
        let taken: Vec<Span> = facts::find(&self.text, self.language, None)
            .into_iter()
            .filter(|fact| {
                !matches!(fact.value, Value::Number { .. } | Value::Ordinal { .. }) && fact.value.name().is_none()
            })
            .map(|fact| fact.span)
            .collect();
        let is_noun =
            |span: Span| self.terms.iter().any(|term| term.part == TermPart::Noun && term.span.contains(span));
        let pairs = found.windows(2).enumerate();
        pairs
            .filter_map(|(at, pair)| {
                let span = pair[0].span.join(pair[1].span);
                let name = self.entities.iter().any(|entity| entity.span.overlaps(pair[0].span));
                let noun = is_noun(pair[0].span);
                let next = found.get(at + 2);
                let counts = taken.iter().any(|taken| taken.overlaps(pair[1].span));
                let fits = is_designator(&pair[1], next)
                    && pair[0].kind == TokenKind::Word
                    && !pair[0].is_elided()
                    && (name || noun && !counts);
                fits.then(|| Designated {
                    span,
                    word: fold(pair[0].text),
                    number: pair[1].text.to_owned(),
                    name,
                    may_count: counts || next.is_some_and(|next| is_noun(next.span)),
                })
            })
            .collect()
    }
}

/// Whether the number may tell which of several is meant: it is whole, no year, and no part of a score or a time.
fn is_designator(number: &Token<'_>, next: Option<&Token<'_>>) -> bool {
    let digits = number.kind == TokenKind::Number && number.text.bytes().all(|byte| byte.is_ascii_digit());
    let year = number.text.len() == MOST_DIGITS && matches!(number.text.as_bytes()[0], b'1' | b'2');
    let goes_on = next.is_some_and(|next| {
        next.span.start == number.span.end && matches!(next.text, "-" | "–" | "/" | ":" | "%" | "°" | "'" | "’")
    });
    digits && number.text.len() <= MOST_DIGITS && !year && !goes_on
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{Context, NoWords, Rules, analyse};

    #[test]
    fn a_number_behind_a_word_tells_which_is_meant() {
        let context = Context { today: date(2024, 6, 1), vocabulary: &NoWords, rules: Rules::shipped() };
        for (question, expected) in [
            ("Quando esce la Nordeva 5?", &[("nordeva", "5")][..]),
            ("Where will the Nordeva 4 be built?", &[("nordeva", "4")]),
            ("Cosa prevede la legge 194?", &[("legge", "194")]),
            ("Chi ha vinto nel maggio 2023?", &[]),
            ("Quanti operai ha la Nordeva nel 2024?", &[]),
            ("Chi ha battuto il Rovereto 3-2?", &[]),
            ("Chi ha segnato al 34' per il Rovereto?", &[]),
        ] {
            let asked = analyse(question, None, &context).remove(0).designated();
            let told: Vec<(&str, &str)> =
                asked.iter().map(|asked| (asked.word.as_str(), asked.number.as_str())).collect();
            assert_eq!(told, expected, "{question}");
        }
    }
}

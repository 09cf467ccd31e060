//! Amounts: a number with what it measures or counts, how exactly it is meant, and ranges of them.
//!
//! One grammar serves money, shares, measures and counted nouns, because all of them share relations ("almeno"),
//! ranges ("tra 10 e 20 milioni di euro") and numbers. What may stand round a number is asked of the file of each kind.
//! A number with nothing round it is a fact of its own.

use crate::language::{AmountWords, Exactness, Form, NumberWords, Unit, verbs};
use crate::text::TokenKind;

use super::number::{self, Reading, Style};
use super::part::Part;
use super::{Amount, AmountRelation, Fact, Modality, Value, money, ordinal, percent, quantity};

/// So many words at most stand between a verb of change and what was before ("è *salito* in un anno *da* 4 a 5 euro").
const CHANGE: usize = 4;
/// A longer row of digits is a code.
const LARGEST_IN_DIGITS: f64 = 1e16;

/// What a number measures or counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Measure {
    /// Money in a currency, or in one that the text does not tell.
    Money(Option<&'static str>),
    /// A share of a hundred.
    Percent,
    /// A unit of measure.
    Unit(&'static Unit),
    /// A counted noun, in the singular.
    Noun(String),
}

/// A number with its measure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Term {
    /// Its first token.
    pub start: usize,
    /// The token after its last.
    pub end: usize,
    /// The number, in the measure's unit.
    pub value: f64,
    /// The last scale of the number ("milioni"), or 1.
    pub scale: f64,
    /// How the number is written.
    pub style: Style,
    /// Whether it is round by its nature ("una decina").
    pub about: bool,
    /// What it measures, or `None` for a bare number.
    pub measure: Option<Measure>,
}

impl Term {
    /// A term of one number from token `start` on.
    pub fn of(reading: Reading, start: usize, end: usize, factor: f64, measure: Option<Measure>) -> Self {
        let Reading { value, scale, style, about, .. } = reading;
        // Dividing by a hundred is exact where multiplying by 0.01 is not.
        Self { start, end, value: value / (1.0 / factor), scale, style, about, measure }
    }
}

/// Finds the amounts and bare numbers of `part`.
pub(super) fn find(part: &Part<'_>, found: &mut Vec<Fact>) {
    let mut at = 0;
    while at < part.len() {
        at = match amount_at(part, at, found) {
            Some(end) => end.max(at + 1),
            None => at + 1,
        };
    }
}

/// Adds the amount that begins with token `at`, if one does, and gives the token after it.
fn amount_at(part: &Part<'_>, at: usize, found: &mut Vec<Fact>) -> Option<usize> {
    let before = relation_before(part, at);
    let from = before.map_or(at, |(_, next)| next);
    if let Some((first, second, opens)) = range(part, from) {
        return Some(add_range(part, (before.map(|(r, _)| r), at), first, second, opens, found));
    }
    let term = term(part, from).filter(|term| !ends_row(part, from) || is_measured(term))?;
    if let Some(end) = score(part, &term) {
        return Some(end);
    }
    let (after, end) = relation_after(part, term.end);
    let relation = before.map(|(relation, _)| relation).or(after);
    // "only" and "precisely" tell nothing of the amount that the span should show.
    let start = if relation == Some(Exactness::Exactly) { term.start } else { at };
    add(part, (start, end), relation, &term, None, found);
    Some(end)
}

/// Whether a verb before token `at` makes what follows a change, of which only the end holds now.
fn follows_change(part: &Part<'_>, at: usize) -> bool {
    let before = (at.saturating_sub(CHANGE + 1)..at).rev().take_while(|i| part.kind(*i) != Some(TokenKind::Symbol));
    let changes = &AmountWords::of(part.language).changes;
    before.filter_map(|i| verbs(part.language).lemma(part.word(i))).any(|verb| changes.contains(verb))
}

/// Adds a range as one fact, or as two where it is one of bare numbers or tells of a change.
fn add_range(
    part: &Part<'_>,
    (relation, at): (Option<Exactness>, usize),
    first: Term,
    second: Term,
    opens: bool,
    found: &mut Vec<Fact>,
) -> usize {
    if second.measure.is_some() && !(opens && follows_change(part, at)) {
        let (after, end) = relation_after(part, second.end);
        add(part, (at, end), relation.or(after), &first, Some(&second), found);
        return end;
    }
    let is_written = first.style != Style::PlainDigits || second.style != Style::PlainDigits;
    if opens || is_written || !part.touches_previous(second.start) {
        add(part, (first.start, first.end), None, &first, None, found);
        add(part, (second.start, second.end), None, &second, None, found);
    }
    second.end
}

fn add(
    part: &Part<'_>,
    (start, end): (usize, usize),
    relation: Option<Exactness>,
    term: &Term,
    upper: Option<&Term>,
    found: &mut Vec<Fact>,
) {
    if !term.value.is_finite() || upper.is_some_and(|upper| !upper.value.is_finite()) {
        return;
    }
    let relation = match relation {
        None | Some(Exactness::Exactly) if term.about => AmountRelation::About,
        None | Some(Exactness::Exactly) => AmountRelation::Exactly,
        Some(Exactness::About) => AmountRelation::About,
        Some(Exactness::Over) => AmountRelation::Over,
        Some(Exactness::Under) => AmountRelation::Under,
        Some(Exactness::AtLeast) => AmountRelation::AtLeast,
        Some(Exactness::AtMost) => AmountRelation::AtMost,
    };
    let amount = Amount { amount: term.value, to_amount: upper.map(|u| u.value), relation };
    let (value, span) = match &term.measure {
        Some(Measure::Money(code)) => {
            let currency = code.map(str::to_owned);
            (Value::Money { amount, currency, equivalent: None }, part.span(start, end))
        }
        Some(Measure::Percent) => (Value::Percent(amount), part.span(start, end)),
        Some(Measure::Unit(unit)) => (Value::Quantity { amount, unit: unit.symbol.clone() }, part.span(start, end)),
        Some(Measure::Noun(noun)) => (Value::Quantity { amount, unit: noun.clone() }, part.span(start, end)),
        None if is_number(part, term) => (Value::Number { amount: term.value }, part.span(term.start, term.end)),
        None => return,
    };
    found.push(Fact { value, span, modality: Modality::Stated, attribution: None });
}

/// "tra 10 e 20 euro", "from 5 to 7 km", "10-20%", "two or three people": the two ends, the lower one with the measure
/// and the scale of the upper one where it has none of its own, and whether a word opens the range.
fn range(part: &Part<'_>, at: usize) -> Option<(Term, Term, bool)> {
    let words = AmountWords::of(part.language);
    let folded = |i| part.word(i);
    let opener = words.openers.at(at, folded);
    let from = opener.map_or(at, |(_, next)| after_article(part, next));
    let mut first = term(part, relation_before(part, from).map_or(from, |(_, next)| next))?;
    let join = match opener {
        Some((pair, _)) => words.closers[*pair].at(first.end, folded)?.1,
        None => words.joins.at(first.end, folded)?.1,
    };
    let mut second = term(part, relation_before(part, join).map_or(join, |(_, next)| next))?;
    if second.measure.is_none() && matches!(first.measure, Some(Measure::Money(_))) {
        second.measure = first.measure.clone();
    }
    let inherits = first.measure.is_none();
    if inherits && first.scale == 1.0 && second.scale > 1.0 && first.value < second.value / second.scale {
        first.value *= second.scale;
    }
    if inherits && second.measure.is_some() {
        // What a part of a unit is worth was applied to the upper end alone.
        first.measure = second.measure.clone();
    }
    (first.measure == second.measure && first.value < second.value).then_some((first, second, opener.is_some()))
}

/// "6-4": the token after two bare numbers in digits that a hyphen ties together and that are no range.
fn score(part: &Part<'_>, term: &Term) -> Option<usize> {
    let hyphen = matches!(part.word(term.end), "-" | "–") && part.touches_previous(term.end);
    let tied = hyphen && part.touches_previous(term.end + 1) && part.kind(term.end + 1) == Some(TokenKind::Number);
    (tied && term.measure.is_none() && term.style == Style::PlainDigits).then_some(term.end + 2)
}

/// Whether token `at` ends a row of numbers tied by hyphens, whose beginning was no number of its own.
fn ends_row(part: &Part<'_>, at: usize) -> bool {
    let hyphen = part.touches_previous(at) && matches!(part.word(at - 1), "-" | "–");
    hyphen && part.touches_previous(at - 1) && part.kind(at - 2) == Some(TokenKind::Number)
}

/// Whether the number has a measure that is nothing else, rather than a noun after it.
fn is_measured(term: &Term) -> bool {
    !matches!(term.measure, None | Some(Measure::Noun(_)))
}

fn relation_before(part: &Part<'_>, at: usize) -> Option<(Exactness, usize)> {
    let words = AmountWords::of(part.language);
    let (relation, next) = words.before.at(at, |i| part.word(i))?;
    let next = after_article(part, next);
    // "at least about 50"
    let second = words.before.at(next, |i| part.word(i)).filter(|(r, _)| **r == Exactness::About);
    Some((*relation, second.map_or(next, |(_, end)| end)))
}

/// "oltre *i* 200 metri", "tra *il* 10 e il 20%"
fn after_article(part: &Part<'_>, at: usize) -> usize {
    let is_article = AmountWords::of(part.language).articles.contains(part.word(at));
    at + usize::from(is_article && number::read(part, at).is_none())
}

fn relation_after(part: &Part<'_>, at: usize) -> (Option<Exactness>, usize) {
    match AmountWords::of(part.language).after.at(at, |i| part.word(i)) {
        // "circa" may belong to the next number.
        Some((relation, end)) if number::read_or_article(part, end).is_none() => (Some(*relation), end),
        _ => (None, at),
    }
}

/// The number with its measure that begins with token `at`.
pub(super) fn term(part: &Part<'_>, at: usize) -> Option<Term> {
    if !begins_apart(part, at) || ordinal::digits(part, at).is_some() {
        return None;
    }
    if let Some(term) = money::with_symbol_first(part, at) {
        return Some(term);
    }
    if let Some(term) = percent::share_of(part, at) {
        return Some(term);
    }
    let measured = |reading: Reading| {
        let share = percent::after(part, at, reading).or_else(|| money::after(part, at, reading));
        share.or_else(|| quantity::measured(part, at, reading))
    };
    let Some(reading) = number::read_or_article(part, at) else {
        return number::bare_fraction(part, at).and_then(measured);
    };
    let reading = number::ratio(part, reading);
    let bare = || Term::of(reading, at, reading.end, 1.0, None);
    if reading.style == Style::Ratio {
        return Some(bare());
    }
    measured(reading)
        .or_else(|| quantity::counted(part, at, reading))
        .or_else(|| (reading.style != Style::Article).then(bare))
}

/// Whether a number may begin here: not within a word, a code, a name with a hyphen ("Covid-19") or an address.
fn begins_apart(part: &Part<'_>, at: usize) -> bool {
    if !part.touches_previous(at) {
        return true;
    }
    let previous = &part.tokens[at - 1];
    match previous.kind {
        TokenKind::Word => previous.is_elided() || part.kind(at) == Some(TokenKind::Symbol),
        TokenKind::Number => part.kind(at) != Some(TokenKind::Number),
        TokenKind::Symbol => match previous.text {
            "-" | "–" | "—" | "−" => {
                !part.touches_previous(at - 1) || !part.tokens[at - 2].is_word() || spells(part, at)
            }
            "." | ":" | "@" | "#" | "_" | "&" | "=" | "\\" | "%" | "?" | "*" => false,
            _ => true,
        },
    }
}

/// Whether token `at` is one of several number words with hyphens between: "three-nought-four".
fn spells(part: &Part<'_>, at: usize) -> bool {
    [at - 2, at].into_iter().all(|i| matches!(part.numeral(i), Some((_, Form::Cardinal))))
}

/// Whether a bare number is one, and no reference, name, code, time of day or pronoun.
fn is_number(part: &Part<'_>, term: &Term) -> bool {
    let words = NumberWords::of(part.language);
    let previous = |back: usize| term.start.checked_sub(back).map_or("", |i| part.word(i));
    let is_digits = matches!(term.style, Style::PlainDigits | Style::Digits);
    let reference = words.is_reference(previous(1)) || previous(1) == "." && words.is_reference(previous(2));
    let only_half =
        term.style == Style::Fraction && words.is_half(part.word(term.end - 1)) && term.end - term.start <= 2;
    let pronoun = term.end == term.start + 1
        && AmountWords::of(part.language).pronouns.is_one(previous(1), part.word(term.start), part.word(term.end));
    !(only_half || pronoun) && !(is_digits && (reference || is_of_a_name(part, term) || !ends_apart(part, term)))
}

/// Whether digits belong to a name or an address ("Polestar 4", "10 Downing Street"), or are a code.
fn is_of_a_name(part: &Part<'_>, term: &Term) -> bool {
    let next = part.tokens.get(term.end).filter(|t| t.is_capitalised());
    let before_name = term.style == Style::PlainDigits && next.is_some() && part.gap_before(term.end) == " ";
    let too_long = term.value.abs() >= LARGEST_IN_DIGITS && term.style == Style::PlainDigits;
    before_name || too_long || quantity::numbers_a_name(part, term)
}

/// Whether nothing is tied to the end of a number in digits.
fn ends_apart(part: &Part<'_>, term: &Term) -> bool {
    if !part.touches_previous(term.end) {
        return true;
    }
    let next_is = |kind| part.touches_previous(term.end + 1) && part.kind(term.end + 1) == Some(kind);
    match part.word(term.end) {
        "-" => !next_is(TokenKind::Word),
        ":" | "@" | "_" | "=" | "%" => !next_is(TokenKind::Number) && !next_is(TokenKind::Word),
        _ => part.kind(term.end) == Some(TokenKind::Symbol),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::without_overlaps;
    use crate::language::Language;
    use crate::text::Span;

    /// Each amount of `text` as `words = number[..number] unit relation`.
    fn told(text: &str, language: Language) -> Vec<String> {
        let part = Part::new(text, Span::new(0, text.len()), language, None);
        let mut found = Vec::new();
        find(&part, &mut found);
        ordinal::find(&part, &mut found);
        let mut found = without_overlaps(found);
        found.sort_by_key(|fact| fact.span.start);
        found.iter().map(|fact| format!("{} = {}", fact.span.of(text), told_value(&fact.value))).collect()
    }

    fn told_value(value: &Value) -> String {
        let (amount, unit) = match value {
            Value::Money { amount, currency, .. } => (amount, currency.clone().unwrap_or_default()),
            Value::Quantity { amount, unit } => (amount, unit.clone()),
            Value::Percent(amount) => (amount, "%".to_owned()),
            Value::Number { amount } => return amount.to_string(),
            Value::Ordinal { amount } => return format!("{amount}."),
            other => return format!("{other:?}"),
        };
        let upper = amount.to_amount.map(|upper| format!("..{upper}")).unwrap_or_default();
        let relation = match amount.relation {
            AmountRelation::Exactly => String::new(),
            relation => format!(" {relation:?}"),
        };
        format!("{}{upper} {unit}{relation}", amount.amount)
    }

    fn check(language: Language, cases: &[(&str, &[&str])]) {
        for (text, expected) in cases {
            assert_eq!(told(text, language), *expected, "{text}");
        }
    }

    #[test]
    fn money() {
        check(
            Language::It,
            &[
                (
                    "vale 20 miliardi di yen (circa 1,2 miliardi di euro)",
                    &["20 miliardi di yen = 20000000000 JPY", "circa 1,2 miliardi di euro = 1200000000 EUR About"],
                ),
                ("costa 1 euro e 23 centesimi.", &["1 euro e 23 centesimi = 1.23 EUR"]),
                ("sale di 20 centesimi", &["20 centesimi = 0.2 "]),
                (
                    "tra i 10 e i 20 milioni di dollari",
                    &["tra i 10 e i 20 milioni di dollari = 10000000..20000000 USD"],
                ),
                ("da 5 a 7 euro", &["da 5 a 7 euro = 5..7 EUR"]),
                ("il buono passa da 4,60 a 5,10 euro", &["4,60 = 4.6 EUR", "5,10 euro = 5.1 EUR"]),
                ("è salito in un anno da 4 a 5 euro", &["4 = 4 EUR", "5 euro = 5 EUR"]),
                ("salirà, e costa da 5 a 7 euro", &["da 5 a 7 euro = 5..7 EUR"]),
                ("oltre 50mila franchi svizzeri", &["oltre 50mila franchi svizzeri = 50000 CHF Over"]),
                ("multa fino a 300 € al giorno", &["fino a 300 € = 300 EUR AtMost"]),
                ("costa 4 euro e 60 al metro", &["4 euro e 60 = 4.6 EUR"]),
                ("diede 10 euro e 20 caramelle", &["10 euro = 10 EUR", "20 caramelle = 20 caramella"]),
            ],
        );
        check(
            Language::En,
            &[
                ("raised $1.3bn from US$5m", &["$1.3bn = 1300000000 USD", "US$5m = 5000000 USD"]),
                ("at least 35 cents", &["at least 35 cents = 0.35  AtLeast"]),
                ("about $10-$20 each", &["about $10-$20 = 10..20 USD About"]),
                ("rose from $4 to $5", &["$4 = 4 USD", "$5 = 5 USD"]),
                ("she lost 20 pounds", &["20 pounds = 20 lb"]),
                ("a fine of 20 pounds", &["20 pounds = 20 GBP"]),
                ("75 USD million", &["75 USD million = 75000000 USD"]),
                ("a $40 ticket", &["$40 = 40 USD"]),
                ("two yuan six jiao and one fen", &["two yuan six jiao and one fen = 2.61 CNY"]),
                ("they won 4 games", &["4 games = 4 game"]),
            ],
        );
    }

    #[test]
    fn shares() {
        check(
            Language::It,
            &[
                ("cresce del 5,2% e poi di tre punti percentuali", &["5,2% = 5.2 %", "tre punti percentuali = 3 %"]),
                ("più dell'8 per cento", &["più dell'8 per cento = 8 % Over"]),
                ("tra il 10% e il 18%", &["tra il 10% e il 18% = 10..18 %"]),
            ],
        );
        check(
            Language::En,
            &[
                ("between 10 and 20 percent", &["between 10 and 20 percent = 10..20 %"]),
                ("up a quarter of a percentage point", &["a quarter of a percentage point = 0.25 %"]),
                ("a percentage of 12", &["percentage of 12 = 12 %"]),
                ("a percentage of 12 girls", &["12 girls = 12 girl"]),
            ],
        );
    }

    #[test]
    fn quantities() {
        check(
            Language::It,
            &[
                ("Conta 2.000 dipendenti.", &["2.000 dipendenti = 2000 dipendente"]),
                ("altre 1,500 vetture", &["1,500 vetture = 1500 vettura"]),
                ("quasi 900 mila unità", &["quasi 900 mila unità = 900000 unità About"]),
                ("due nuovi stabilimenti", &["due nuovi stabilimenti = 2 stabilimento"]),
                ("una decina di feriti", &["una decina di feriti = 10 ferito About"]),
                ("20/30 persone", &["20/30 persone = 20..30 persona"]),
                ("a 120 chilometri all'ora", &["120 chilometri all'ora = 120 km/h"]),
                ("un chilometro e mezzo", &["un chilometro e mezzo = 1.5 km"]),
                ("alto 1 metro e 85", &["1 metro e 85 = 1.85 m"]),
                ("cinque gradi sotto zero", &["cinque gradi sotto zero = -5 °"]),
                (
                    "con 40 metri cubi al secondo, 3½ giri",
                    &["40 metri cubi al secondo = 40 m³/s", "3½ giri = 3.5 giro"],
                ),
                ("la terza di Newton", &[]),
                ("ARRESTATI 3 UOMINI", &["3 UOMINI = 3 uomo"]),
                ("due mezzi blindati", &["due mezzi = 2 mezzo"]),
                ("dopo mezzo giro, un punto e mezzo", &["mezzo giro = 0.5 giro", "un punto e mezzo = 1.5 punto"]),
                ("un terzo di litro", &["un terzo di litro = 0.3333333333333333 l"]),
                ("uno schermo da 32\"", &["32\" = 32 in"]),
                ("disse: \"siamo in 9\" e uscì", &["9 = 9"]),
            ],
        );
        check(
            Language::En,
            &[
                ("two suspects fled", &["two suspects = 2 suspect"]),
                ("more than 5,000 Chinese troops", &["more than 5,000 Chinese troops = 5000 troops Over"]),
                ("a 12-member panel", &["12-member = 12 member"]),
                ("he is 5 feet 6 inches tall", &["5 feet 6 inches = 5.5 ft"]),
                ("winds of 3-5 mph", &["3-5 mph = 3..5 mph"]),
                ("quarter-litre or tenth of a mile", &["quarter-litre = 0.25 l", "tenth of a mile = 0.1 mi"]),
                ("he is 5'8\" tall", &["5'8\" = 5.666666666666667 ft"]),
                ("at 12 below zero", &["12 below zero = -12 °"]),
                ("In 2010 researchers met", &["2010 = 2010"]),
                ("three apparently closed doors", &["three = 3"]),
            ],
        );
    }

    #[test]
    fn numbers_and_ordinals() {
        check(
            Language::It,
            &[
                ("la SU7, il Covid-19 e la Polestar 4 costano", &[]),
                ("finisce 6-4 6-3", &[]),
                ("secondo Bloomberg, il secondo posto", &["secondo = 2."]),
                ("articolo 5, n. 2", &[]),
                ("il 3° posto", &["3° = 3."]),
                ("tra 10 e 20", &["10 = 10", "20 = 20"]),
                ("otto su cento sono iscritti", &["otto su cento = 0.08"]),
            ],
        );
        check(
            Language::En,
            &[
                ("at 10 Downing Street", &[]),
                ("this one is the 3rd", &["3rd = 3."]),
                ("page 5 of flight 370", &[]),
                ("there were 12", &["12 = 12"]),
                ("six out of two hundred villas", &["six out of two hundred = 0.03"]),
                ("spent 900 over 3 towns", &["900 = 900", "over 3 towns = 3 town Over"]),
                ("dial two-nought-six", &["two = 2", "nought = 0", "six = 6"]),
                ("a second-hand car at 3 m per second", &["3 m = 3 m"]),
            ],
        );
    }
}

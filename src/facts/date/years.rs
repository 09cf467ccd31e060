//! Which numbers are years: the words about them tell.

use super::digits::year_digits;
use super::grammar::Class;
use super::words::{Vocabulary, is_end};
use crate::facts::number;
use crate::facts::part::Part;
use crate::language::NumberWords;
use crate::text::TokenKind;

impl Vocabulary {
    /// Whether four digits are a year and not an amount or a part of a code.
    pub(super) fn is_year(&self, part: &Part<'_>, at: usize, year: i16) -> bool {
        let before = if at > 0 { part.word(at - 1) } else { "" };
        let numbers = NumberWords::of(part.language);
        let is_reference =
            at > 0 && numbers.is_reference(before) && !self.has_class(part, at - 1, |c| c == Class::Season)
                || at > 1 && before == "." && part.touches_previous(at - 1) && numbers.is_reference(part.word(at - 2));
        if is_reference {
            return false;
        }
        let touches = part.touches_previous(at);
        if matches!(before, "$" | "€" | "£" | "¥" | "#" | "+" | "=")
            || (touches && matches!(before, "." | "_" | "@" | ":"))
        {
            return false;
        }
        if matches!(part.word(at + 1), "%" | "€" | "$" | "£" | "°" | "‰") {
            return false;
        }
        // "A-2024", "138-2010": a code or a telephone number, unless a year or a quarter stands before.
        if touches && matches!(before, "-" | "/") && at >= 2 {
            let chained = at >= 4 && part.touches_previous(at - 2) && part.kind(at - 4) == Some(TokenKind::Number);
            let is_date_part = year_digits(part, at - 2).is_some() && !chained
                || self.has_class(part, at - 2, |c| c == Class::Month)
                || self.has_class(part, at - 2, |c| c == Class::Part)
                || self.compound(part, at - 2).is_some()
                || at >= 4 && part.word(at - 2).len() <= 2 && self.has_class(part, at - 4, |c| c == Class::Month);
            let goes_on = part.word(at + 1) == "-"
                && part.touches_previous(at + 1)
                && part.touches_previous(at + 2)
                && part.kind(at + 2) == Some(TokenKind::Number);
            if !is_date_part || goes_on && year_digits(part, at - 2).is_some() {
                return false;
            }
        }
        let opens_code = part.word(at + 1) == "-"
            && part.touches_previous(at + 1)
            && part.touches_previous(at + 2)
            && part.touches_previous(at + 3)
            && part.word(at + 3) == "-"
            && part.kind(at + 2) == Some(TokenKind::Number)
            && part.kind(at + 4) == Some(TokenKind::Number);
        let follows_number = matches!(before, "-" | "–")
            && at >= 2
            && part.word(at - 2).parse::<u16>().is_ok_and(|n| n < 1000)
            && !(at >= 3 && self.has_class(part, at - 3, |c| c == Class::Month)
                || at >= 4 && self.has_class(part, at - 4, |c| c == Class::Month));
        if opens_code || follows_number {
            return false;
        }
        if self.after(part, at, |c| {
            matches!(
                c,
                Class::Month
                    | Class::Season
                    | Class::Holiday
                    | Class::YearWord
                    | Class::DecadeIntro
                    | Class::AfterChrist
            )
        }) {
            return true;
        }
        if part.word(at + 1) == "." && self.has_class(part, at + 2, |c| matches!(c, Class::Unit | Class::Units)) {
            return false;
        }
        if self.has_class(part, at + 1, |c| matches!(c, Class::Unit | Class::Units))
            && !self.has_class(part, at + 1, |c| c == Class::PluralS)
        {
            return false;
        }
        let common = (1900..=2099).contains(&year);
        let strong = self.after(part, at, |c| {
            matches!(
                c,
                Class::In | Class::From | Class::Until | Class::By | Class::Before | Class::After | Class::Between
            )
        });
        let noun_follows = self.is_noun_like(part, at + 1);
        let is_joined =
            self.after(part, at, |c| matches!(c, Class::Of | Class::And | Class::Or | Class::To | Class::Dash));
        let is_listed = at > 0 && matches!(before, "," | "-" | "–" | "—" | "(" | "/" | "'" | "’");
        match (common, strong) {
            (true, true) => !self.counts(part, at + 1),
            (false, true) => !noun_follows,
            (true, false) => {
                !noun_follows || self.after(part, at, |c| c == Class::The) && !self.is_plural_like(part, at + 1)
            }
            (false, false) => (is_joined || is_listed) && !noun_follows && year >= 1200,
        }
    }

    /// Whether token `at` is a word of a kind that numbers count: neither a name nor a little word.
    pub(super) fn is_noun_like(&self, part: &Part<'_>, at: usize) -> bool {
        let Some(token) = part.tokens.get(at) else { return false };
        token.is_word()
            && !token.is_capitalised()
            && token.text.chars().count() > 3
            && !part.touches_previous(at)
            && !self.entries.contains_key(part.word(at))
            && !self.tables.after_years.iter().any(|w| w == part.word(at))
    }

    /// Whether the words from `at` on are of what is counted, even after a preposition: "in 2000 pieces".
    pub(super) fn counts(&self, part: &Part<'_>, at: usize) -> bool {
        self.tables.counted.iter().any(|w| w == part.word(at))
    }

    fn is_plural_like(&self, part: &Part<'_>, at: usize) -> bool {
        self.is_noun_like(part, at) && self.tables.plural_endings.iter().any(|e| part.word(at).ends_with(e.as_str()))
    }

    pub(super) fn is_year_in_words(&self, part: &Part<'_>, at: usize, end: usize) -> bool {
        let led = at == 0 && is_end(part, end)
            || self.after(part, at, |c| {
                c.places_in_time()
                    || matches!(
                        c,
                        Class::Of
                            | Class::Month
                            | Class::YearWord
                            | Class::DecadeIntro
                            | Class::Holiday
                            | Class::Season
                    )
            })
            || at > 0
                && (part.word(at - 1) == ","
                    || number::read(part, at - 1).is_some()
                    || number::read_ordinal(part, at - 1).is_some());
        led && !self.is_noun_like(part, end) && !self.counts(part, end)
    }
}

//! Years and dates in digits, and years in words.

use super::grammar::Class;
use super::make::Meaning;
use super::when::full_year;
use super::words::{Lexeme, is_end};
use crate::facts::number::{self, Style};
use crate::facts::part::Part;
use crate::text::TokenKind;

/// A date in digits that begins with token `at`.
pub(super) fn numeric(part: &Part<'_>, at: usize, day_first: bool) -> Option<Lexeme> {
    let start = part.tokens[at].span.start;
    let before = part.text[..start].chars().next_back();
    let joined = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | ':' | '$' | '€' | '£'));
    if joined {
        return None;
    }
    let whole = at == 0;
    let chain = chain(&part.text[start..], whole)?;
    // "10/1/2018-10/7/2018" are two, "555-10-11-12" is none.
    let continues = at >= 2 && matches!(before, Some('-' | '/')) && part.kind(at - 2) == Some(TokenKind::Number);
    let follows_date = continues && chain.is_full() && year_digits(part, at - 2).is_some();
    if continues && before == Some(chain.separator) && !follows_date {
        return None;
    }
    let end = start + chain.bytes;
    let length = part.tokens[at..].iter().take_while(|t| t.span.start < end).count();
    if part.tokens[at + length - 1].span.end != end {
        return None;
    }
    let is_alone = whole && is_end(part, at + length);
    let (class, meaning) = numeric_meaning(&chain, is_alone, day_first)?;
    let amount_follows = part.tokens.get(at + length).is_some_and(|t| t.is_word() && !t.is_capitalised());
    if class == Class::Partial && chain.separator == '.' && amount_follows {
        return None;
    }
    Some(Lexeme { class, meaning, length })
}

fn numeric_meaning(chain: &Chain, is_alone: bool, day_first: bool) -> Option<(Class, Meaning)> {
    let date = |year: Option<i16>, month: u32, day: u32| {
        let valid = (1..=12).contains(&month)
            && jiff::civil::Date::new(year.unwrap_or(2000), month as i8, i8::try_from(day).ok()?).is_ok();
        valid.then_some(Meaning::Numeric { year, month: month as i8, day: Some(day as i8) })
    };
    let either = |year: Option<i16>, first: u32, second: u32| {
        let (day, month) = if day_first { (first, second) } else { (second, first) };
        date(year, month, day).or_else(|| date(year, day, month))
    };
    match chain.numbers[..] {
        [(number, 8)] => {
            let year = number / 10_000;
            let meaning = date(Some(year as i16), number / 100 % 100, number % 100)?;
            (1900..=2099).contains(&year).then_some((Class::Numeric, meaning))
        }
        [(year, 4), (month, 1..=2), (day, 1..=2)] => Some((Class::Numeric, date(Some(year as i16), month, day)?)),
        [(first, 1..=2), (second, 1..=2), (year, 4)] => {
            Some((Class::Numeric, either(Some(year as i16), first, second)?))
        }
        [(first, a @ 1..=2), (second, b @ 1..=2), (year, 2)] if chain.separator != '.' || (a, b) == (2, 2) => {
            Some((Class::Numeric, either(Some(full_year(year as i16)), first, second)?))
        }
        [(year, 4), (month, 1..=2)] if (1900..=2099).contains(&year) && (1..=12).contains(&month) => {
            // "2010-12" may be a range of years, "2015.3" an amount.
            let sure = chain.separator == '/' || chain.separator == '-' && month != year % 100 + 1 || is_alone;
            let meaning = Meaning::Numeric { year: Some(year as i16), month: month as i8, day: None };
            Some((if sure { Class::Numeric } else { Class::Partial }, meaning))
        }
        [(month, 1..=2), (year, 4)] if chain.separator == '/' && (1..=12).contains(&month) => {
            Some((Class::Numeric, Meaning::Numeric { year: Some(year as i16), month: month as i8, day: None }))
        }
        [(_, 1..=2), (_, 1)] if chain.separator == '.' && !is_alone => None,
        [(first, 1..=2), (second, 1..=2)] => {
            let meaning = either(None, first, second)?;
            Some((if is_alone { Class::Numeric } else { Class::Partial }, meaning))
        }
        _ => None,
    }
}

/// The value of token `at` if it is four digits that may be a year.
pub(super) fn year_digits(part: &Part<'_>, at: usize) -> Option<i16> {
    let digits = part.word(at);
    let is_digits = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|year| is_digits && (1000..=2199).contains(year))
}

/// "Duemilaventi", "nineteen ninety six", with the token after it.
pub(super) fn year_in_words(part: &Part<'_>, first: number::Reading) -> Option<(i16, usize)> {
    if first.style != Style::Words || first.value.fract() != 0.0 {
        return None;
    }
    let (century, end) = (first.value, first.end);
    if (1100.0..=2150.0).contains(&century) {
        return Some((century as i16, end));
    }
    let second = number::read(part, end).filter(|r| r.style == Style::Words && (10.0..=99.0).contains(&r.value))?;
    ((11.0..=20.0).contains(&century)).then_some((century as i16 * 100 + second.value as i16, second.end))
}

/// A Roman number as centuries and sovereigns bear it.
pub(super) fn roman(text: &str) -> Option<i64> {
    let value = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        _ => None,
    };
    let digits: Vec<i64> = text.chars().map(value).collect::<Option<_>>()?;
    let mut total = 0;
    for (i, digit) in digits.iter().enumerate() {
        total += if digits.get(i + 1).is_some_and(|next| next > digit) { -digit } else { *digit };
    }
    (1..=39).contains(&total).then_some(total)
}

/// Numbers with one kind of separator between them.
struct Chain {
    /// Each with its number of digits.
    numbers: Vec<(u32, usize)>,
    separator: char,
    bytes: usize,
}

impl Chain {
    /// Whether it has the numbers of a date with its year last.
    fn is_full(&self) -> bool {
        self.numbers.len() == 3 && self.numbers[2].1 == 4
    }
}

/// The chain of numbers that `text` begins with; `spaced` ones have blanks about the separator.
fn chain(text: &str, spaced: bool) -> Option<Chain> {
    let bytes = text.as_bytes();
    let mut numbers = Vec::new();
    let mut separator = None;
    let mut at = 0;
    loop {
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || digits > 8 {
            return None;
        }
        numbers.push((text[at..at + digits].parse().ok()?, digits));
        at += digits;
        let mut next = at;
        while spaced && bytes.get(next) == Some(&b' ') {
            next += 1;
        }
        let Some(mark) = bytes.get(next).copied().filter(|b| matches!(b, b'/' | b'-' | b'.' | b',')) else { break };
        next += 1;
        while spaced && bytes.get(next) == Some(&b' ') {
            next += 1;
        }
        if !bytes.get(next).is_some_and(u8::is_ascii_digit) {
            break;
        }
        // "10-1-2018-10-7-2018" are two dates.
        let joins_another = numbers.len() == 3 && mark == b'-' && numbers[2].1 == 4;
        if joins_another && self::chain(&text[next..], false).is_some_and(|c| c.is_full()) {
            break;
        }
        // "08/12,2015": a comma stands only before the year.
        let is_comma = mark == b',' && numbers.len() == 2 && separator != Some('.');
        if !is_comma && separator.is_some_and(|s| s != char::from(mark)) {
            // Another separator begins something else: "10/1/2018-10/7/2018".
            if mark == b'-' {
                break;
            }
            return None;
        }
        if mark == b',' && !is_comma {
            return None;
        }
        separator.get_or_insert(char::from(mark));
        at = next;
    }
    let ends = !text[at..].starts_with(|c: char| c.is_alphanumeric() && c != 'T' || c == '%');
    let chained = numbers.len() > 1 || numbers[0].1 == 8;
    (ends && chained && numbers.len() <= 3).then_some(Chain { numbers, separator: separator.unwrap_or('-'), bytes: at })
}

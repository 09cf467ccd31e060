//! Which words of a text may belong to a date, and what each means.

use rustc_hash::FxHashMap;

use super::calendar::{Part as PartOf, weekday_of};
use super::digits::{numeric, roman, year_digits, year_in_words};
use super::feast::Feast;
use super::grammar::{Class, named};
use super::make::Meaning;
use super::when::{Recurring, Shift};
use crate::facts::duration::{Length, Unit};
use crate::facts::number::{self, Style};
use crate::facts::part::Part;
use crate::language::{Atom, DateTables, Feasts, Form, NumberWords};
use crate::text::{TokenKind, fold, tokens};

/// A word, or several, read in one way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lexeme {
    pub class: Class,
    pub meaning: Meaning,
    /// How many tokens it takes.
    pub length: usize,
}

/// How much a word says by itself that it belongs to a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    /// It always does.
    Strong,
    /// Beside a number or after a preposition.
    Weak,
    /// Beside a number.
    Weakest,
    /// With a capital, where it does not begin a sentence.
    Capital,
    /// Where nothing else is said.
    Alone,
}

#[derive(Debug)]
pub(super) struct Entry {
    /// The words after the first.
    rest: Vec<String>,
    class: Class,
    meaning: Meaning,
    strength: Strength,
}

/// The words of a language that dates are made of, by their first word.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub(super) entries: FxHashMap<String, Vec<Entry>>,
    pub(super) tables: &'static DateTables,
    feasts: &'static Feasts,
}

impl Vocabulary {
    /// The vocabulary of a language.
    ///
    /// # Panics
    /// If its table names a class, a unit or a feast that there is not.
    pub fn new(tables: &'static DateTables, feasts: &'static Feasts) -> Self {
        let mut vocabulary = Self { entries: FxHashMap::default(), tables, feasts };
        let broken = |what: &str| -> ! { panic!("dates.toml: {what:?} is not known") };
        for (name, words) in &tables.function {
            let class = named(name).unwrap_or_else(|| broken(name));
            vocabulary.add(words, class, &Meaning::Nothing);
        }
        for (number, words) in (1..).zip(&tables.month) {
            vocabulary.add(words, Class::Month, &Meaning::Month(number));
        }
        for (number, words) in (1..).zip(&tables.weekday) {
            let weekday = weekday_of(number).unwrap_or_else(|| broken("an eighth day of the week"));
            vocabulary.add(words, Class::Weekday, &Meaning::Weekday(weekday));
        }
        for (number, words) in (1..).zip(&tables.season) {
            vocabulary.add(words, Class::Season, &Meaning::Season(number));
        }
        for (class, units) in [(Class::Unit, &tables.unit), (Class::Units, &tables.units)] {
            for (name, words) in units {
                let unit = Unit::named(name).unwrap_or_else(|| broken(name));
                vocabulary.add(words, class, &Meaning::Unit(unit));
            }
        }
        for (name, words) in &tables.shift {
            let shift = match name.as_str() {
                "last" => Shift::Last,
                "this" => Shift::This,
                "next" => Shift::Next,
                "coming" => Shift::Coming,
                name => broken(name),
            };
            vocabulary.add(words, Class::Shift, &Meaning::Shift(shift));
        }
        for (name, words) in &tables.part {
            let part = match name.as_str() {
                "start" => PartOf::Start,
                "middle" => PartOf::Middle,
                "end" => PartOf::End,
                name => broken(name),
            };
            vocabulary.add(words, Class::Part, &Meaning::Part(part));
        }
        let number = |text: &str| text.parse::<i64>().unwrap_or_else(|_| broken(text));
        for (days, words) in &tables.day_offset {
            vocabulary.add(words, Class::DayOffset, &Meaning::Offset(number(days)));
        }
        for (count, words) in &tables.count {
            let meaning = if count == "some" {
                Meaning::Some
            } else {
                Meaning::Number(count.parse().unwrap_or_else(|_| broken(count)))
            };
            vocabulary.add(words, Class::Count, &meaning);
        }
        for (place, words) in &tables.place {
            vocabulary.add(words, Class::Place, &Meaning::Place(number(place)));
        }
        for (first, words) in &tables.decade {
            let first = i16::try_from(number(first)).unwrap_or_else(|_| broken(first));
            vocabulary.add(words, Class::Decade, &Meaning::Decade(first));
        }
        for (century, words) in &tables.century {
            vocabulary.add(words, Class::Century, &Meaning::Century(number(century)));
        }
        for (feast, words) in &feasts.feast {
            let feast = Feast::parse(feast).unwrap_or_else(|| broken(feast));
            vocabulary.add(words, Class::Holiday, &Meaning::Feast(feast));
        }
        for entries in vocabulary.entries.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
        }
        vocabulary
    }

    fn add(&mut self, words: &[String], class: Class, meaning: &Meaning) {
        for words in words {
            let strength = if class == Class::Holiday && self.feasts.capital.contains(words) {
                Strength::Capital
            } else if class == Class::Holiday && self.feasts.alone.contains(words) {
                Strength::Alone
            } else if self.tables.weakest.contains(words) {
                Strength::Weakest
            } else if self.tables.weak.contains(words) {
                Strength::Weak
            } else {
                Strength::Strong
            };
            // An elided word is one only before another, a genitive only after one.
            let (elided, genitive) = (words.ends_with('\'') && !words.contains(" '"), words.starts_with('\''));
            let written = format!("{}{words}{}", if genitive { "a" } else { "" }, if elided { "a" } else { "" });
            let mut folded: Vec<String> = tokens(&written).into_iter().map(|t| fold(t.text)).collect();
            folded.truncate(folded.len() - usize::from(elided));
            folded.drain(..usize::from(genitive));
            let mut folded = folded.into_iter();
            let Some(first) = folded.next() else { panic!("dates.toml: an empty word among {class:?}") };
            let rest = folded.collect();
            self.entries.entry(first).or_default().push(Entry { rest, class, meaning: meaning.clone(), strength });
        }
    }

    /// Whether the words from token `at` on tell of a time by themselves.
    pub fn tells_time(&self, part: &Part<'_>, at: usize) -> bool {
        if part.kind(at) == Some(TokenKind::Symbol) {
            return short_year_after(part, at).is_some();
        }
        if part.kind(at) == Some(TokenKind::Number) {
            let decade = part.word(at).len() == 2 && self.has_class(part, at + 1, |c| c == Class::PluralS);
            let age = self.ends_age(part, at + 1) || is_age_between_commas(part, at);
            return decade || age || year_digits(part, at).is_some() || self.opens_numeric(part, at);
        }
        if self.is_day_in_words(part, at) {
            return true;
        }
        if self.tables.year_openings.iter().any(|opening| part.word(at).starts_with(opening.as_str())) {
            return true;
        }
        let Some(entries) = self.entries.get(part.word(at)) else {
            return self.compound(part, at).is_some() || self.age_in_one_word(part, at).is_some();
        };
        entries.iter().any(|entry| {
            let tells = matches!(
                entry.class,
                Class::Month
                    | Class::Weekday
                    | Class::Season
                    | Class::Unit
                    | Class::Units
                    | Class::DayOffset
                    | Class::Decade
                    | Class::Century
                    | Class::Holiday
                    | Class::SeasonWord
                    | Class::ThisWeek
                    | Class::YearWord
                    | Class::DecadeIntro
                    | Class::UpToNow
                    | Class::Old
                    | Class::Aged
                    | Class::AfterChrist
                    | Class::BeforeChrist
            );
            let alone = entry.class == Class::Now && self.opens(part, at) && is_end(part, at + 1 + entry.rest.len());
            (tells || alone) && matches_rest(part, at, entry)
        })
    }

    fn opens_numeric(&self, part: &Part<'_>, at: usize) -> bool {
        numeric(part, at, self.tables.day_first).is_some() || self.is_day_number(part, at)
    }

    /// Whether a number stands where only the day of a month does ("il 12").
    fn is_day_number(&self, part: &Part<'_>, at: usize) -> bool {
        part.word(at).len() <= 2
            && at > 0
            && self.has_class(part, at - 1, |c| matches!(c, Class::The | Class::In | Class::From | Class::By))
    }

    /// Whether a number in words is all that is said, but for what stands before the day of a month ("dal primo").
    fn is_day_in_words(&self, part: &Part<'_>, at: usize) -> bool {
        if at == 0 || !self.opens(part, at) {
            return false;
        }
        // "The fourth" alone may be the fourth of anything.
        let placed = (0..at).any(|i| self.has_class(part, i, |c| c.places_in_time() || c == Class::On));
        let end = number::read_ordinal(part, at)
            .filter(|_| placed)
            .map(|(_, end, _)| end)
            .or_else(|| number::read(part, at).filter(|r| r.style == Style::Words).map(|r| r.end));
        end.is_some_and(|end| is_end(part, end))
    }

    /// Whether nothing but prepositions and articles stands before token `at`.
    fn opens(&self, part: &Part<'_>, at: usize) -> bool {
        (0..at)
            .all(|i| self.has_class(part, i, |c| c.places_in_time() || matches!(c, Class::The | Class::Of | Class::On)))
    }

    /// Everything that token `at` may begin.
    pub fn lexemes(&self, part: &Part<'_>, at: usize) -> Vec<Lexeme> {
        let mut found = Vec::new();
        for entry in self.entries.get(part.word(at)).into_iter().flatten() {
            if matches_rest(part, at, entry) && self.is_supported(part, at, entry) {
                let length = 1 + entry.rest.len();
                found.push(Lexeme { class: entry.class, meaning: entry.meaning.clone(), length });
                let is_short = matches!(entry.class, Class::Month | Class::Weekday) && part.word(at).len() <= 5;
                if is_short
                    && part.word(at + length) == "."
                    && part.touches_previous(at + length)
                    && at + length + 1 < part.len()
                {
                    found.push(Lexeme { class: entry.class, meaning: entry.meaning.clone(), length: length + 1 });
                }
            }
        }
        match part.kind(at) {
            Some(TokenKind::Number) => self.number_lexemes(part, at, &mut found),
            Some(TokenKind::Word) => {
                found.extend(self.compound(part, at));
                found.extend(self.age_in_one_word(part, at));
                self.number_word_lexemes(part, at, &mut found);
            }
            Some(TokenKind::Symbol) => symbol_lexemes(part, at, &mut found),
            None => {}
        }
        found
    }

    /// "Q3", "H1", "mar3": letters and a number in one word.
    pub(super) fn compound(&self, part: &Part<'_>, at: usize) -> Option<Lexeme> {
        let word = part.word(at);
        let split = word.find(|c: char| c.is_ascii_digit())?;
        let number: i32 = word[split..].parse().ok().filter(|n| (1..=31).contains(n))?;
        let one = |class, meaning| Some(Lexeme { class, meaning, length: 1 });
        let letters = &word[..split];
        if self.tables.quarter_letters.iter().any(|l| l == letters) && number <= 4 {
            return one(Class::QuarterName, Meaning::Recurring(Recurring::Quarter(number)));
        }
        if self.tables.half_letters.iter().any(|l| l == letters) && number <= 2 {
            return one(Class::QuarterName, Meaning::Recurring(Recurring::Half(number)));
        }
        let month = self.entries.get(letters)?.iter().find_map(|e| match e.meaning {
            Meaning::Month(month) if e.rest.is_empty() => Some(month),
            _ => None,
        })?;
        one(Class::Numeric, Meaning::Recurring(Recurring::Day { month, day: number as i8 }))
    }

    fn number_lexemes(&self, part: &Part<'_>, at: usize, found: &mut Vec<Lexeme>) {
        if let Some(lexeme) = numeric(part, at, self.tables.day_first) {
            found.push(lexeme);
        }
        if let Some(year) = year_digits(part, at)
            && self.is_year(part, at, year)
        {
            found.push(Lexeme { class: Class::Year, meaning: Meaning::Year(year), length: 1 });
        }
        let digits = part.word(at);
        if digits.len() == 2
            && let Ok(year) = digits.parse::<i64>()
        {
            found.push(Lexeme { class: Class::TwoDigits, meaning: Meaning::Place(year), length: 1 });
        }
        if digits.len() <= 2
            && let (Ok(place), Some(length)) = (digits.parse::<i64>(), self.ordinal_suffix(part, at + 1))
        {
            found.push(Lexeme { class: Class::Place, meaning: Meaning::Place(place), length: 1 + length });
        }
        if let Ok(age) = digits.parse::<u8>().map(f64::from) {
            let meaning = Meaning::Length(Length::new(age, Unit::Year));
            if self.ends_age(part, at + 1) {
                found.push(Lexeme { class: Class::Age, meaning, length: 2 });
            } else if is_age_between_commas(part, at) {
                found.push(Lexeme { class: Class::Age, meaning, length: 1 });
            }
        }
        let reading = number::read(part, at);
        if let Some(reading) = reading {
            let class = if reading.style == Style::Fraction { Class::Count } else { Class::Number };
            found.push(Lexeme { class, meaning: Meaning::Number(reading.value), length: reading.end - at });
        }
        // "3 e 4 dicembre", "01": the plain number, where the reader sees more in it or nothing.
        if reading.is_none_or(|r| r.end > at + 1)
            && digits.len() <= 2
            && let Ok(plain) = digits.parse::<f64>()
        {
            found.push(Lexeme { class: Class::Number, meaning: Meaning::Number(plain), length: 1 });
        }
    }

    fn ordinal_suffix(&self, part: &Part<'_>, at: usize) -> Option<usize> {
        (part.touches_previous(at) && self.tables.ordinal_suffix.iter().any(|s| s == part.word(at))).then_some(1)
    }

    fn number_word_lexemes(&self, part: &Part<'_>, at: usize, found: &mut Vec<Lexeme>) {
        if let Some((value, end, form)) = number::read_ordinal(part, at) {
            let is_place = value.fract() == 0.0 && (1.0..=999.0).contains(&value);
            if is_place && matches!(form, Form::Ordinal | Form::OrdinalPlural) {
                found.push(Lexeme { class: Class::Place, meaning: Meaning::Place(value as i64), length: end - at });
            }
        }
        if let Some(place) = roman(part.tokens[at].text) {
            found.push(Lexeme { class: Class::Place, meaning: Meaning::Place(place), length: 1 });
        }
        let Some(reading) = number::read(part, at) else { return };
        if reading.style == Style::Article {
            return;
        }
        let class = if reading.style == Style::Fraction { Class::Count } else { Class::Number };
        found.push(Lexeme { class, meaning: Meaning::Number(reading.value), length: reading.end - at });
        // "three quarters": three of them, where the reader sees a fraction.
        if reading.end > at + 1
            && let Some((atoms, Form::Cardinal)) = NumberWords::of(part.language).atoms(part.word(at))
            && let [Atom::Cardinal(value)] = atoms[..]
        {
            found.push(Lexeme { class: Class::Number, meaning: Meaning::Number(value), length: 1 });
        }
        if let Some((year, end)) = year_in_words(part, reading)
            && self.is_year_in_words(part, at, end)
        {
            found.push(Lexeme { class: Class::Year, meaning: Meaning::Year(year), length: end - at });
        }
    }

    /// Whether token `at` makes an age of the number that it is written to ("23enne").
    fn ends_age(&self, part: &Part<'_>, at: usize) -> bool {
        part.touches_previous(at) && self.tables.age_endings.iter().any(|ending| ending == part.word(at))
    }

    /// "Ventitreenne".
    fn age_in_one_word(&self, part: &Part<'_>, at: usize) -> Option<Lexeme> {
        let stem = self.tables.age_endings.iter().find_map(|ending| part.word(at).strip_suffix(ending.as_str()))?;
        // The number may have lost its last vowel.
        let value = ["", "e", "i", "o", "a"].iter().find_map(|vowel| {
            let (atoms, form) = NumberWords::of(part.language).atoms(&format!("{stem}{vowel}"))?;
            let sum = atoms.iter().try_fold(0.0, |sum, atom| match atom {
                Atom::Cardinal(value) => Some(sum + value),
                Atom::Scale(_) => None,
            })?;
            (form == Form::Cardinal && sum > 0.0).then_some(sum)
        })?;
        Some(Lexeme { class: Class::Age, meaning: Meaning::Length(Length::new(value, Unit::Year)), length: 1 })
    }

    /// Whether the token before `at` has one of the classes.
    pub(super) fn after(&self, part: &Part<'_>, at: usize, classes: impl Fn(Class) -> bool) -> bool {
        at > 0 && self.has_class(part, at - 1, &classes)
    }

    pub(super) fn has_class(&self, part: &Part<'_>, at: usize, classes: impl Fn(Class) -> bool) -> bool {
        self.entries.get(part.word(at)).into_iter().flatten().any(|e| e.rest.is_empty() && classes(e.class))
    }

    /// Whether a name of a feast that is another word as well means the feast: it has a capital inside a sentence,
    /// where that tells, or a sentence ends with it after a preposition, or a year follows.
    fn is_feast(&self, part: &Part<'_>, at: usize, end: usize, capital_tells: bool) -> bool {
        let opens = self.opens(part, at);
        let year = end + usize::from(self.has_class(part, end, |c| c == Class::Of || opens && c == Class::In));
        let year_follows = year_digits(part, year).is_some();
        let placed = self.after(part, at, Class::places_in_time)
            || at > 1
                && self.has_class(part, at - 1, |c| c == Class::The)
                && self.after(part, at - 1, Class::places_in_time);
        let begins_sentence = at == 0 || matches!(part.word(at - 1), "." | "!" | "?" | ":" | "\"" | "«" | "“");
        let capital = (at..end).any(|i| part.tokens[i].is_capitalised());
        (opens || placed && capital_tells) && is_end(part, end)
            || year_follows
            || capital_tells && capital && !begins_sentence
    }

    /// Whether a word that is not always part of a date has what it needs about it.
    fn is_supported(&self, part: &Part<'_>, at: usize, entry: &Entry) -> bool {
        let end = at + 1 + entry.rest.len();
        if entry.strength == Strength::Strong || (at == 0 && is_end(part, end)) {
            return true;
        }
        if matches!(entry.strength, Strength::Capital | Strength::Alone) {
            return self.is_feast(part, at, end, entry.strength == Strength::Capital);
        }
        let is_number = |at: usize| part.kind(at) == Some(TokenKind::Number) && part.word(at).len() <= 4;
        // "One may ask", "a second march".
        let lower_month = entry.class == Class::Month && !part.tokens[at].is_capitalised();
        let past_dot = if part.word(end) == "." { end + 1 } else { end };
        let number_before = at > 0
            && (is_number(at - 1)
                || self.tables.ordinal_suffix.iter().any(|s| s == part.word(at - 1)) && at > 1 && is_number(at - 2)
                || at > 1 && is_number(at - 2) && matches!(part.word(at - 1), "-" | "/")
                || at > 1 && is_number(at - 2) && self.has_class(part, at - 1, |c| c == Class::Of)
                || number::read(part, at - 1).is_some_and(|r| r.end == at && r.style == Style::Words) && !lower_month
                || number::read_ordinal(part, at - 1).is_some()
                || at > 1
                    && self.has_class(part, at - 1, |c| c == Class::Of)
                    && number::read(part, at - 2).is_some_and(|r| r.end + 1 == at)
                || at > 1
                    && number::read_ordinal(part, at - 2).is_some_and(|(_, end, _)| end + 1 == at)
                    && self.has_class(part, at - 1, |c| c == Class::Of));
        let number_after = is_number(past_dot)
            || self.has_class(part, end, |c| c == Class::Of) && part.word(end + 1).len() == 4 && is_number(end + 1)
            || matches!(part.word(end), "," | "-" | "/") && is_number(end + 1)
            || number::read_ordinal(part, past_dot).is_some_and(|(n, _, _)| n <= 31.0) && entry.class == Class::Month
            || entry.class == Class::Weekday
                && self.has_class(part, end + 1, |c| c == Class::Month)
                && part.word(end) == ",";
        if number_before || number_after {
            return true;
        }
        let capitalised = part.tokens[at].is_capitalised();
        let after_preposition = self.after(part, at, |c| c.places_in_time() || matches!(c, Class::Shift | Class::Part))
            || part.word(at.wrapping_sub(1)) == "-" && self.after(part, at - 1, |c| c == Class::Part);
        let after_shift =
            self.after(part, at, |c| c == Class::Shift) && lower_month && entry.strength == Strength::Weak;
        let after_unit =
            entry.class == Class::Weekday && self.after(part, at, |c| matches!(c, Class::Unit | Class::Shift));
        let joined = self.after(part, at, |c| matches!(c, Class::And | Class::Or | Class::Of));
        let small = self.after(part, at, |c| c == Class::The);
        entry.strength == Strength::Weak
            && (after_preposition && !small && !after_shift || joined && capitalised || after_unit)
    }
}

/// Whether nothing but a stop follows.
pub(super) fn is_end(part: &Part<'_>, at: usize) -> bool {
    at >= part.len() || at + 1 == part.len() && matches!(part.word(at), "." | "," | "!" | "?")
}

fn matches_rest(part: &Part<'_>, at: usize, entry: &Entry) -> bool {
    entry.rest.iter().enumerate().all(|(i, word)| part.word(at + 1 + i) == word)
}

/// The two digits of a year after an apostrophe.
fn short_year_after(part: &Part<'_>, at: usize) -> Option<i16> {
    let digits = part.word(at + 1);
    let is_year = part.word(at) == "'" && digits.len() == 2 && part.touches_previous(at + 1);
    digits.parse().ok().filter(|_| is_year)
}

/// Whether a number tells how old somebody is: "Ann Smith, 45, said".
fn is_age_between_commas(part: &Part<'_>, at: usize) -> bool {
    let name = |at: usize| part.tokens[at].is_capitalised() && part.tokens[at].text.chars().count() > 1;
    let age = part.word(at).parse::<u8>().is_ok_and(|age| (1..=110).contains(&age));
    age && at >= 3 && part.word(at - 1) == "," && part.word(at + 1) == "," && name(at - 2) && name(at - 3)
}

fn symbol_lexemes(part: &Part<'_>, at: usize, found: &mut Vec<Lexeme>) {
    let class = match part.word(at) {
        "," => Class::Comma,
        "-" | "–" | "—" | "~" | "‑" => Class::Dash,
        "/" => Class::Slash,
        _ => {
            let year = short_year_after(part, at).map(Meaning::ShortYear);
            found.extend(year.map(|meaning| Lexeme { class: Class::ShortYear, meaning, length: 2 }));
            return;
        }
    };
    found.push(Lexeme { class, meaning: Meaning::Nothing, length: 1 });
}

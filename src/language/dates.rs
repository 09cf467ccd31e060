//! Words and rules of dates and durations.
//!
//! Each language has one table, `dates.toml`: first the words, by what they mean, then the rules that put them
//! together. `facts::date` says what the names of the rules' results mean.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Language, table};

/// The dates of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateTables {
    /// Words without a value of their own, by class (`the`, `of`, `from` …).
    pub function: BTreeMap<String, Vec<String>>,
    /// The names of the months, January first.
    pub month: Vec<Vec<String>>,
    /// The names of the days of the week, Monday first.
    pub weekday: Vec<Vec<String>>,
    /// The names of the seasons, spring first.
    pub season: Vec<Vec<String>>,
    /// Units of time, one of them.
    pub unit: BTreeMap<String, Vec<String>>,
    /// Units of time, several.
    pub units: BTreeMap<String, Vec<String>>,
    /// Words that move a unit or a name on or back: `last`, `this`, `next`, `coming`.
    pub shift: BTreeMap<String, Vec<String>>,
    /// Words for days counted from today: "-1" is yesterday.
    pub day_offset: BTreeMap<String, Vec<String>>,
    /// Words for a part of a period: `start`, `middle`, `end`.
    pub part: BTreeMap<String, Vec<String>>,
    /// Words that count: "1", "0.5", "few" (an unknown number).
    pub count: BTreeMap<String, Vec<String>>,
    /// Places in an order beyond those of `numbers.toml`: "-1" is the last.
    pub place: BTreeMap<String, Vec<String>>,
    /// What follows a number in digits to make it an ordinal.
    pub ordinal_suffix: Vec<String>,
    /// What stands before the number of a quarter ("Q3").
    pub quarter_letters: Vec<String>,
    /// What stands before the number of a half year ("H1").
    pub half_letters: Vec<String>,
    /// What makes an age of a number ("23enne").
    pub age_endings: Vec<String>,
    /// How years in words begin.
    pub year_openings: Vec<String>,
    /// Words that may follow a year in digits, though they look like something counted.
    pub after_years: Vec<String>,
    /// Words that are counted: four digits before them are no year.
    pub counted: Vec<String>,
    /// Endings of plural nouns.
    pub plural_endings: Vec<String>,
    /// Decades that have a name, by their first year.
    pub decade: BTreeMap<String, Vec<String>>,
    /// Centuries that have a name, by their number.
    pub century: BTreeMap<String, Vec<String>>,
    /// Words above that count only beside a number or after a preposition ("may").
    pub weak: Vec<String>,
    /// Words above that count only beside a number ("set").
    pub weakest: Vec<String>,
    /// Whether numeric dates put the day before the month.
    pub day_first: bool,
    /// What tells that a sentence speaks of the past or of the future.
    pub tense: Tenses,
    /// What turns "before" and "until" about, some words before them: what does not open before May opens from May on.
    pub not: Vec<String>,
    /// What turns "until" about, a few words before it: what is put off until May takes place in May.
    pub put_off: Vec<String>,
    /// How words make dates and durations; of two that fit the same words the first counts.
    pub rule: Vec<DateRule>,
}

/// Signs of the past and of the future.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tenses {
    /// Words of the past.
    pub past: Vec<String>,
    /// Endings of words of the past.
    pub past_endings: Vec<String>,
    /// Words of the future, or two of them.
    pub future: Vec<String>,
    /// Endings of words of the future.
    pub future_endings: Vec<String>,
}

/// One way to say a date or a duration.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateRule {
    /// What the rule is about.
    pub name: String,
    /// What the rule makes, to stand as `<…>` in patterns.
    pub makes: String,
    /// How the value is made from the parts.
    pub by: String,
    /// Classes and `<…>`, in order; `|` between choices, `?` after what may be missing.
    pub patterns: Vec<String>,
    /// Texts with a date or duration that the rule helps to read, and its value, as in "2024-03-01/2024-03-31".
    /// They are counted from Wednesday 2024-05-15.
    #[serde(default)]
    pub examples: Vec<(String, String)>,
    /// Texts without any date or duration.
    #[serde(default)]
    pub counter_examples: Vec<String>,
}

impl DateTables {
    /// The dates of `language`.
    ///
    /// # Panics
    /// If the table that comes with the program is broken; a test reads it.
    pub fn of(language: Language) -> &'static DateTables {
        static IT: LazyLock<DateTables> = LazyLock::new(|| table("it/dates.toml", include_str!("it/dates.toml")));
        static EN: LazyLock<DateTables> = LazyLock::new(|| table("en/dates.toml", include_str!("en/dates.toml")));
        match language {
            Language::It => &IT,
            Language::En => &EN,
        }
    }

    /// Whether the folded `word` names a day of the week; an abbreviation may be another word ("sun", "mar").
    pub fn is_weekday(&self, word: &str) -> bool {
        const LONGEST_ABBREVIATION: usize = 5;
        word.len() > LONGEST_ABBREVIATION && self.weekday.iter().flatten().any(|name| name == word)
    }
}

//! How a language says how exactly an amount is meant, ranges, shares, ordinals in digits, and what it counts; from
//! `amounts.toml`.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::phrases::{Phrases, expanded};
use super::{Language, table};

/// How exactly an amount is meant, as the tables name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Exactness {
    About,
    Over,
    Under,
    AtLeast,
    AtMost,
    Exactly,
}

/// The words round the amounts of one language.
pub struct AmountWords {
    /// Before a number: "più di", "about".
    pub before: Phrases<Exactness>,
    /// After a number or its unit: "o più", "or so".
    pub after: Phrases<Exactness>,
    /// What opens a range, as an index of [`AmountWords::closers`].
    pub openers: Phrases<usize>,
    /// What joins the ends of a range with each opener.
    pub closers: Vec<Phrases<()>>,
    /// What joins the ends of a range that nothing opens: "10-20", "two or three".
    pub joins: Phrases<()>,
    /// Verbs, as a dictionary has them, after which "from" and "to" tell what was before and what is now.
    pub changes: HashSet<String>,
    /// Shares, by what makes them a share of a hundred: "%" is 1, "‰" is 0.1.
    pub shares: Phrases<f64>,
    /// The same before a number: "percentage of".
    pub shares_before: Phrases<f64>,
    /// "sotto zero"
    pub below_zero: Phrases<()>,
    /// Articles between a relation and the number: "oltre *i* 200 metri".
    pub articles: HashSet<String>,
    /// Words near a temperature.
    pub temperature: HashSet<String>,
    /// Number words that are pronouns too.
    pub pronouns: Pronouns,
    /// What makes digits before it an ordinal: "th", "ª".
    pub ordinal_marks: HashSet<String>,
    /// Whether "3°" may be an ordinal.
    pub degree_is_ordinal: bool,
    /// Ordinals that are other words too ("prima").
    pub ambiguous_ordinals: HashSet<String>,
    /// Words that make an ambiguous ordinal one.
    pub determiners: HashSet<String>,
    /// Words before which an ambiguous ordinal is none.
    pub not_before: HashSet<String>,
    /// Words after which no word is an ordinal ("per second").
    pub never_after: HashSet<String>,
    /// Words that a hyphen ties to an ordinal that is no place in an order ("second-hand").
    pub compounds: HashSet<String>,
    /// Whether the counted noun is the last of several ("three sports *cars*").
    pub head_last: bool,
    /// Words near which a pound is a weight.
    pub weight: HashSet<String>,
    /// Nouns of which a fraction is counted too: "half a turn".
    pub divisible: HashSet<String>,
    /// Endings of words that are neither counted nor stand before what is.
    pub never_endings: Vec<String>,
    /// Whether a hyphen may tie a number to what it counts ("a 12-member panel").
    pub hyphenated: bool,
    /// Endings of nouns that are no verbs.
    pub sure_endings: Vec<String>,
    /// Adjectives between a number and a counted noun.
    pub adjectives: HashSet<String>,
    /// Words that are never counted.
    pub not_counted: HashSet<String>,
    /// Words after which four digits are a year.
    pub year_before: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AmountTable {
    prepositions: BTreeMap<String, Vec<String>>,
    articles: Articles,
    relations_before: BTreeMap<Exactness, Vec<String>>,
    relations_after: BTreeMap<Exactness, Vec<String>>,
    ranges: Ranges,
    shares: Shares,
    temperature: Temperature,
    pronouns: Pronouns,
    ordinals: Ordinals,
    counting: Counting,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Articles {
    words: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ranges {
    pairs: Vec<Pair>,
    joins: Vec<String>,
    changes: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    open: String,
    join: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shares {
    percent: Vec<String>,
    per_mille: Vec<String>,
    percent_before: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Temperature {
    below_zero: Vec<String>,
    words: HashSet<String>,
}

/// Number words that are pronouns too ("the one").
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pronouns {
    words: HashSet<String>,
    after: HashSet<String>,
    before: HashSet<String>,
}

impl Pronouns {
    /// Whether `word` between two others is a pronoun.
    pub fn is_one(&self, before: &str, word: &str, after: &str) -> bool {
        self.words.contains(word) && (self.after.contains(before) || self.before.contains(after))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ordinals {
    marks: HashSet<String>,
    degree_marks: bool,
    ambiguous: HashSet<String>,
    determiners: HashSet<String>,
    not_before: HashSet<String>,
    never_after: HashSet<String>,
    compounds: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Counting {
    never_endings: Vec<String>,
    hyphenated: bool,
    sure_endings: Vec<String>,
    head_last: bool,
    weight: HashSet<String>,
    divisible: HashSet<String>,
    adjectives: HashSet<String>,
    not_counted: HashSet<String>,
    year_before: HashSet<String>,
}

impl AmountWords {
    /// The words of `language`.
    pub fn of(language: Language) -> &'static AmountWords {
        static IT: LazyLock<AmountWords> =
            LazyLock::new(|| AmountWords::new(table("it/amounts.toml", include_str!("it/amounts.toml"))));
        static EN: LazyLock<AmountWords> =
            LazyLock::new(|| AmountWords::new(table("en/amounts.toml", include_str!("en/amounts.toml"))));
        match language {
            Language::It => &IT,
            Language::En => &EN,
        }
    }

    fn new(table: AmountTable) -> Self {
        let all = |phrases: &[String]| -> Vec<String> {
            phrases.iter().flat_map(|phrase| expanded(phrase, &table.prepositions)).collect()
        };
        let relations = |by_exactness: &BTreeMap<Exactness, Vec<String>>| {
            let each = by_exactness.iter().flat_map(|(e, phrases)| all(phrases).into_iter().map(|p| (p, *e)));
            Phrases::folded(each.collect::<Vec<_>>())
        };
        let plain = |phrases: &[String]| Phrases::folded(all(phrases).into_iter().map(|p| (p, ())));
        let openers = table.ranges.pairs.iter().enumerate();
        let openers =
            openers.flat_map(|(i, pair)| all(std::slice::from_ref(&pair.open)).into_iter().map(move |p| (p, i)));
        let percent = table.shares.percent.iter().map(|p| (p, 1.0));
        Self {
            before: relations(&table.relations_before),
            after: relations(&table.relations_after),
            openers: Phrases::folded(openers),
            closers: table.ranges.pairs.iter().map(|pair| plain(&pair.join)).collect(),
            joins: plain(&table.ranges.joins),
            changes: table.ranges.changes,
            shares: Phrases::folded(percent.chain(table.shares.per_mille.iter().map(|p| (p, 0.1)))),
            shares_before: Phrases::folded(all(&table.shares.percent_before).into_iter().map(|p| (p, 1.0))),
            below_zero: plain(&table.temperature.below_zero),
            articles: table.articles.words,
            temperature: table.temperature.words,
            pronouns: table.pronouns,
            ordinal_marks: table.ordinals.marks,
            degree_is_ordinal: table.ordinals.degree_marks,
            ambiguous_ordinals: table.ordinals.ambiguous,
            determiners: table.ordinals.determiners,
            not_before: table.ordinals.not_before,
            never_after: table.ordinals.never_after,
            compounds: table.ordinals.compounds,
            head_last: table.counting.head_last,
            weight: table.counting.weight,
            divisible: table.counting.divisible,
            never_endings: table.counting.never_endings,
            hyphenated: table.counting.hyphenated,
            sure_endings: table.counting.sure_endings,
            adjectives: table.counting.adjectives,
            not_counted: table.counting.not_counted,
            year_before: table.counting.year_before,
        }
    }
}

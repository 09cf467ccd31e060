//! The words that numbers are made of, from `numbers.toml`.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Language, table};

/// A number word has at most so many parts.
const MOST_PIECES: usize = 40;

/// One piece of a number word: "due" + "cento" + "tre".
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Atom {
    /// A number up to ninety.
    Cardinal(f64),
    /// A hundred, a thousand, a million: multiplies what stands before it.
    Scale(f64),
}

/// What a number word counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "three"
    Cardinal,
    /// "third"
    Ordinal,
    /// "thirds"
    OrdinalPlural,
}

/// A noun that counts: "dozen", "una ventina".
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collective {
    /// How many it stands for.
    pub value: f64,
    /// Whether it is a round number by its nature.
    #[serde(default)]
    pub about: bool,
}

/// The number words of one language. All words are folded.
pub struct NumberWords {
    table: NumberTable,
    /// Cardinals and scales by their first byte, the longest first.
    atoms: HashMap<u8, Vec<(String, Atom)>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberTable {
    decimal: char,
    and: Vec<String>,
    decimal_words: Vec<String>,
    minus_words: Vec<String>,
    articles: Vec<String>,
    of: Vec<String>,
    of_the: Vec<String>,
    half: Vec<String>,
    out_of: Vec<String>,
    over: Vec<String>,
    alone: Vec<String>,
    reference_words: Vec<String>,
    no_denominators: Vec<String>,
    cardinals: BTreeMap<String, f64>,
    scales: BTreeMap<String, f64>,
    scale_abbreviations: BTreeMap<String, f64>,
    scale_letters: BTreeMap<String, f64>,
    collectives: BTreeMap<String, Collective>,
    ordinal_suffixes: BTreeMap<String, GrammaticalNumber>,
    ordinals: BTreeMap<String, f64>,
    ordinal_plurals: BTreeMap<String, f64>,
    fractions: BTreeMap<String, f64>,
    fraction_plurals: BTreeMap<String, f64>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum GrammaticalNumber {
    Singular,
    Plural,
}

impl NumberWords {
    /// The words of `language`.
    pub fn of(language: Language) -> &'static NumberWords {
        static IT: LazyLock<NumberWords> =
            LazyLock::new(|| NumberWords::new(table("it/numbers.toml", include_str!("it/numbers.toml"))));
        static EN: LazyLock<NumberWords> =
            LazyLock::new(|| NumberWords::new(table("en/numbers.toml", include_str!("en/numbers.toml"))));
        match language {
            Language::It => &IT,
            Language::En => &EN,
        }
    }

    fn new(table: NumberTable) -> Self {
        let mut atoms: HashMap<u8, Vec<(String, Atom)>> = HashMap::new();
        let cardinals = table.cardinals.iter().map(|(word, value)| (word, Atom::Cardinal(*value)));
        let scales = table.scales.iter().map(|(word, value)| (word, Atom::Scale(*value)));
        for (word, atom) in cardinals.chain(scales) {
            atoms.entry(word.as_bytes()[0]).or_default().push((word.clone(), atom));
        }
        for words in atoms.values_mut() {
            words.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then(a.cmp(b)));
        }
        Self { table, atoms }
    }

    /// The character before the fraction of a number in digits.
    pub fn decimal(&self) -> char {
        self.table.decimal
    }

    /// Whether `word` joins the parts of a number ("and").
    pub fn is_and(&self, word: &str) -> bool {
        has(&self.table.and, word)
    }

    /// Whether `word` stands for the decimal sign ("point").
    pub fn is_decimal_word(&self, word: &str) -> bool {
        has(&self.table.decimal_words, word)
    }

    /// Whether `word` makes a number negative.
    pub fn is_minus(&self, word: &str) -> bool {
        has(&self.table.minus_words, word)
    }

    /// Whether `word` is an indefinite article, which counts as one before a word that counts.
    pub fn is_article(&self, word: &str) -> bool {
        has(&self.table.articles, word)
    }

    /// Whether `word` joins a number to what it numbers ("milioni *di* persone").
    pub fn is_of(&self, word: &str) -> bool {
        has(&self.table.of, word)
    }

    /// Whether `word` joins a share to its whole ("un terzo *degli* elettori").
    pub fn is_of_the(&self, word: &str) -> bool {
        has(&self.table.of_the, word)
    }

    /// Whether `word` is one half.
    pub fn is_half(&self, word: &str) -> bool {
        has(&self.table.half, word)
    }

    /// The phrases that put a number over another ("one *out of* three").
    pub fn out_of(&self) -> &[String] {
        &self.table.out_of
    }

    /// The phrases that do so only where nothing is counted ("one *over* three").
    pub fn over(&self) -> &[String] {
        &self.table.over
    }

    /// Whether a number after `word` is a reference ("page 5"), not an amount.
    pub fn is_reference(&self, word: &str) -> bool {
        has(&self.table.reference_words, word)
    }

    /// Whether the scale `word` may do without a number before it.
    pub fn stands_alone(&self, word: &str) -> bool {
        has(&self.table.alone, word)
    }

    /// The value of an abbreviated scale ("mld").
    pub fn scale_abbreviation(&self, word: &str) -> Option<f64> {
        self.table.scale_abbreviations.get(word).copied()
    }

    /// The value of a scale letter directly after digits ("10k"), as it is written.
    pub fn scale_letter(&self, letter: &str) -> Option<f64> {
        self.table.scale_letters.get(letter).copied()
    }

    /// The value of a noun that counts ("dozen").
    pub fn collective(&self, word: &str) -> Option<Collective> {
        self.table.collectives.get(word).copied()
    }

    /// Whether an ordinal is no denominator, because it is more often something else ("centesimi").
    pub fn is_no_denominator(&self, word: &str) -> bool {
        has(&self.table.no_denominators, word)
    }

    /// The value of a denominator that is no ordinal ("quarter").
    pub fn fraction(&self, word: &str) -> Option<f64> {
        self.table.fractions.get(word).copied()
    }

    /// The value of the plural of such a denominator ("quarters").
    pub fn fraction_plural(&self, word: &str) -> Option<f64> {
        self.table.fraction_plurals.get(word).copied()
    }

    /// The pieces of a whole number word, cardinal or ordinal, or `None` where `word` is not one.
    pub fn atoms(&self, word: &str) -> Option<(Vec<Atom>, Form)> {
        let mut pieces = Vec::new();
        if self.cut(word, &mut pieces) {
            return Some((pieces, Form::Cardinal));
        }
        let written_out = [(&self.table.ordinals, Form::Ordinal), (&self.table.ordinal_plurals, Form::OrdinalPlural)];
        for (words, form) in written_out {
            if let Some(value) = words.get(word) {
                return Some((vec![self.atom_of(*value)], form));
            }
        }
        self.suffixed_ordinal(word).or_else(|| self.joined_ordinal(word))
    }

    fn atom_of(&self, value: f64) -> Atom {
        if value >= 100.0 { Atom::Scale(value) } else { Atom::Cardinal(value) }
    }

    /// Cuts `word` wholly into cardinals and scales.
    fn cut(&self, word: &str, pieces: &mut Vec<Atom>) -> bool {
        let Some(first) = word.as_bytes().first() else { return !pieces.is_empty() };
        if pieces.len() > MOST_PIECES {
            return false;
        }
        let Some(words) = self.atoms.get(first) else { return false };
        for (atom_word, atom) in words {
            let Some(rest) = word.strip_prefix(atom_word.as_str()) else { continue };
            pieces.push(*atom);
            if self.cut(rest, pieces) {
                return true;
            }
            pieces.pop();
        }
        false
    }

    /// "ventun-esimo", "cinqu(e)-esimo": the cardinal may have lost its last vowel.
    fn suffixed_ordinal(&self, word: &str) -> Option<(Vec<Atom>, Form)> {
        for (suffix, number) in &self.table.ordinal_suffixes {
            let Some(stem) = word.strip_suffix(suffix.as_str()) else { continue };
            for vowel in ["", "e", "i", "o", "a"] {
                let mut pieces = Vec::new();
                if self.cut(&format!("{stem}{vowel}"), &mut pieces) {
                    let plural = *number == GrammaticalNumber::Plural;
                    return Some((pieces, if plural { Form::OrdinalPlural } else { Form::Ordinal }));
                }
            }
        }
        None
    }

    /// "fortysecond": cardinals with an ordinal at the end.
    fn joined_ordinal(&self, word: &str) -> Option<(Vec<Atom>, Form)> {
        for (ordinal, value) in &self.table.ordinals {
            let Some(stem) = word.strip_suffix(ordinal.as_str()).filter(|stem| !stem.is_empty()) else { continue };
            let mut pieces = Vec::new();
            if self.cut(stem, &mut pieces) {
                pieces.push(self.atom_of(*value));
                return Some((pieces, Form::Ordinal));
            }
        }
        None
    }
}

fn has(words: &[String], word: &str) -> bool {
    words.iter().any(|w| w == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_into_atoms() {
        let it = NumberWords::of(Language::It);
        let (atoms, form) = it.atoms("duecentotre").expect("a number");
        assert_eq!(atoms, [Atom::Cardinal(2.0), Atom::Scale(100.0), Atom::Cardinal(3.0)]);
        assert_eq!(form, Form::Cardinal);
        assert_eq!(it.atoms("ventunesimo").map(|(_, form)| form), Some(Form::Ordinal));
        assert_eq!(it.atoms("seduta"), None);
        assert_eq!(NumberWords::of(Language::En).atoms("thirds").map(|(_, form)| form), Some(Form::OrdinalPlural));
    }
}

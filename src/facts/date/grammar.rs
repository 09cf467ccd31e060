//! How words make dates: the rules of `dates.toml`, and the parser that tries them.
//!
//! A rule has patterns over classes of words and over what other rules make; every pattern that fits gives its parts to
//! the way of making named by the rule. The parser goes top down and remembers what it has found at a place.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as NameError, StrDeserializer};

use super::make::{Maker, Meaning};
use super::words::{Lexeme, Vocabulary};
use crate::language::{DateTables, Feasts, Language};

/// What a word can be in a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Class {
    The,
    Of,
    In,
    From,
    To,
    Until,
    By,
    Before,
    After,
    Between,
    And,
    Or,
    About,
    Ago,
    Hence,
    Ahead,
    Within,
    Later,
    Earlier,
    For,
    All,
    Whole,
    More,
    Rest,
    Old,
    Aged,
    YearWord,
    DecadeIntro,
    PluralS,
    AndAfter,
    HalfWord,
    SeasonWord,
    ThisWeek,
    Eve,
    BeforeChrist,
    AfterChrist,
    Starting,
    Now,
    UpToNow,
    On,
    Since,
    TwoDigits,
    Comma,
    Dash,
    Slash,
    Month,
    Weekday,
    Season,
    Unit,
    Units,
    Shift,
    DayOffset,
    Part,
    Count,
    Number,
    Place,
    Year,
    ShortYear,
    Numeric,
    Partial,
    Decade,
    Century,
    Holiday,
    QuarterName,
    Age,
}

impl Class {
    /// Whether the word says how something stands to the time after it: "in", "dal", "until".
    pub(super) fn places_in_time(self) -> bool {
        use Class::{After, Before, Between, By, From, In, To, Until};
        matches!(self, In | From | To | Until | By | Before | After | Between)
    }
}

/// A class by its name in `dates.toml`.
pub(super) fn named<T: for<'a> Deserialize<'a>>(name: &str) -> Option<T> {
    let deserializer: StrDeserializer<'_, NameError> = name.into_deserializer();
    T::deserialize(deserializer).ok()
}

/// One place of a pattern.
#[derive(Debug)]
struct Element {
    choices: Vec<Symbol>,
    optional: bool,
}

#[derive(Debug, Clone, Copy)]
enum Symbol {
    Class(Class),
    Made(usize),
}

#[derive(Debug)]
struct Rule {
    maker: Maker,
    patterns: Vec<Vec<Element>>,
}

/// The words and rules of a language, ready for use.
#[derive(Debug)]
pub(super) struct Grammar {
    pub vocabulary: Vocabulary,
    /// The rules, by what they make.
    rules: Vec<Vec<Rule>>,
    fact: usize,
}

impl Grammar {
    /// The grammar of `language`.
    pub fn of(language: Language) -> &'static Grammar {
        static IT: LazyLock<Grammar> = LazyLock::new(|| Grammar::new(Language::It));
        static EN: LazyLock<Grammar> = LazyLock::new(|| Grammar::new(Language::En));
        match language {
            Language::It => &IT,
            Language::En => &EN,
        }
    }

    fn new(language: Language) -> Self {
        let tables = DateTables::of(language);
        let mut names: HashMap<&str, usize> = HashMap::new();
        for rule in &tables.rule {
            let next = names.len();
            names.entry(&rule.makes).or_insert(next);
        }
        let mut rules: Vec<Vec<Rule>> = names.iter().map(|_| Vec::new()).collect();
        for rule in &tables.rule {
            let maker = named(&rule.by).unwrap_or_else(|| panic!("dates.toml, {}: no way {:?}", rule.name, rule.by));
            let patterns = rule.patterns.iter().map(|p| pattern(p, &names, &rule.name)).collect();
            rules[names[rule.makes.as_str()]].push(Rule { maker, patterns });
        }
        let fact = *names.get("fact").unwrap_or_else(|| panic!("dates.toml: no rule makes a fact"));
        Self { vocabulary: Vocabulary::new(tables, Feasts::of(language)), rules, fact }
    }
}

fn pattern(text: &str, names: &HashMap<&str, usize>, rule: &str) -> Vec<Element> {
    text.split_whitespace()
        .map(|word| {
            let (word, optional) = word.strip_suffix('?').map_or((word, false), |w| (w, true));
            let choices = word.split('|').map(|symbol| {
                match symbol.strip_prefix('<').and_then(|s| s.strip_suffix('>')) {
                    Some(name) => names.get(name).copied().map(Symbol::Made),
                    None => named(symbol).map(Symbol::Class),
                }
                .unwrap_or_else(|| panic!("dates.toml, {rule}: unknown {symbol:?} in {text:?}"))
            });
            Element { choices: choices.collect(), optional }
        })
        .collect()
}

/// What was found at a place: the place after its end, and what it means.
type Found = Rc<Vec<(usize, Meaning)>>;

/// A parse of one island of words that may belong to dates.
pub(super) struct Parser<'a> {
    grammar: &'a Grammar,
    lattice: &'a [Vec<Lexeme>],
    remembered: Vec<Option<Found>>,
}

impl<'a> Parser<'a> {
    /// A parser for the words of `lattice`: at each place those that may begin there.
    pub fn new(grammar: &'a Grammar, lattice: &'a [Vec<Lexeme>]) -> Self {
        Self { grammar, lattice, remembered: vec![None; grammar.rules.len() * (lattice.len() + 1)] }
    }

    /// The facts that begin at `place`, each with the place after its end.
    pub fn facts(&mut self, place: usize) -> Found {
        self.made(self.grammar.fact, place)
    }

    fn made(&mut self, symbol: usize, place: usize) -> Found {
        let key = symbol * (self.lattice.len() + 1) + place;
        if let Some(found) = &self.remembered[key] {
            return Rc::clone(found);
        }
        // A rule that would begin with itself finds nothing.
        self.remembered[key] = Some(Rc::default());
        let mut found: Vec<(usize, Meaning)> = Vec::new();
        let grammar = self.grammar;
        let mut matches = Vec::new();
        for rule in &grammar.rules[symbol] {
            for pattern in &rule.patterns {
                self.fit(pattern, place, &mut Vec::new(), &mut matches);
                for (end, parts) in matches.drain(..) {
                    if end > place && !found.iter().any(|(e, _)| *e == end) {
                        found.extend(rule.maker.make(&parts).map(|meaning| (end, meaning)));
                    }
                }
            }
        }
        let found = Rc::new(found);
        self.remembered[key] = Some(Rc::clone(&found));
        found
    }

    /// Every way in which `pattern` fits the words from `place` on.
    fn fit(
        &mut self,
        pattern: &[Element],
        place: usize,
        parts: &mut Vec<Meaning>,
        out: &mut Vec<(usize, Vec<Meaning>)>,
    ) {
        let Some((element, rest)) = pattern.split_first() else {
            out.push((place, parts.clone()));
            return;
        };
        for symbol in &element.choices {
            match symbol {
                Symbol::Class(class) => {
                    let lattice = self.lattice;
                    let Some(lexemes) = lattice.get(place) else { continue };
                    for lexeme in lexemes.iter().filter(|l| l.class == *class) {
                        let before = parts.len();
                        parts.extend((lexeme.meaning != Meaning::Nothing).then(|| lexeme.meaning.clone()));
                        self.fit(rest, place + lexeme.length, parts, out);
                        parts.truncate(before);
                    }
                }
                Symbol::Made(symbol) => {
                    for (end, meaning) in self.made(*symbol, place).iter() {
                        parts.push(meaning.clone());
                        self.fit(rest, *end, parts, out);
                        parts.pop();
                    }
                }
            }
        }
        if element.optional {
            self.fit(rest, place, parts, out);
        }
    }
}

//! The names of an article: forms of one name joined, each with its kind.

use std::collections::{BTreeMap, HashMap};

use super::super::value::FactKind;
use super::evidence::Evidence;
use super::mention::Mention;
use super::view::View;

/// A surname is taken for its bearer's unless so much more, in log odds, speaks for another kind of name.
const SURNAME: f32 = 3.0;
/// The same for a given name, or what stands first in a longer name.
const GIVEN_NAME: f32 = 1.0;

/// All names of an article.
pub(super) struct Register {
    entries: Vec<Entry>,
    by_key: HashMap<String, usize>,
}

struct Entry {
    name: String,
    evidence: Evidence,
    kind: FactKind,
    margin: f32,
    /// The entry of the fuller form that it stands for.
    stands_for: Option<usize>,
}

impl Register {
    pub fn new(views: &[View<'_, '_>], mentions: &[Vec<Mention>]) -> Self {
        let mut register = Self { entries: Vec::new(), by_key: HashMap::new() };
        register.gather(views, mentions);
        register.decide();
        register.join_short_forms();
        register.join_acronyms(views, mentions);
        register.share_in_series(views, mentions);
        register
    }

    /// The entry of a mention's fullest form.
    pub fn entry_of(&self, mention: &Mention) -> usize {
        let own = self.by_key.get(&mention.key).copied().unwrap_or_default();
        self.entries[own].stands_for.unwrap_or(own)
    }

    /// The kind of an entry.
    pub fn kind(&self, entry: usize) -> FactKind {
        self.entries[entry].kind
    }

    /// The name of an entry as the article writes it.
    pub fn full(&self, entry: usize) -> &str {
        &self.entries[entry].name
    }

    fn gather(&mut self, views: &[View<'_, '_>], mentions: &[Vec<Mention>]) {
        let mut counts: HashMap<&str, f32> = HashMap::new();
        for mention in mentions.iter().flatten() {
            *counts.entry(&mention.key).or_default() += 1.0;
        }
        for (view, mentions) in views.iter().zip(mentions) {
            for mention in mentions {
                let entry = *self.by_key.entry(mention.key.clone()).or_insert_with(|| {
                    let written = view.part.span(mention.from, mention.to).of(view.part.text);
                    let name = written.split_whitespace().collect::<Vec<_>>().join(" ");
                    let evidence = Evidence::default();
                    self.entries.push(Entry { name, evidence, kind: FactKind::Entity, margin: 0.0, stands_for: None });
                    self.entries.len() - 1
                });
                // Many mentions tell more than one, but not as many times more as they are.
                let weight = 1.0 / counts[mention.key.as_str()].sqrt();
                self.entries[entry].evidence.add(mention.evidence, weight);
            }
        }
    }

    fn decide(&mut self) {
        for entry in &mut self.entries {
            (entry.kind, entry.margin) = entry.evidence.best();
        }
    }

    /// A surname, or a given name alone, stands for the person who has it, if only one has.
    fn join_short_forms(&mut self) {
        // Who has a short form, and how much may speak for its being another name.
        let mut bearers: BTreeMap<String, Vec<(usize, f32)>> = BTreeMap::new();
        let keys: BTreeMap<&String, usize> = self.by_key.iter().map(|(key, entry)| (key, *entry)).collect();
        for (key, entry) in &keys {
            if self.entries[*entry].kind == FactKind::Person {
                for (at, _) in key.match_indices(' ') {
                    bearers.entry(key[at + 1..].to_string()).or_default().push((*entry, SURNAME));
                    if key[..at].find(' ').is_none() {
                        bearers.entry(key[..at].to_string()).or_default().push((*entry, GIVEN_NAME));
                    }
                }
            }
        }
        let short: Vec<(usize, usize)> = keys
            .iter()
            .filter_map(|(key, entry)| {
                let [(full, bound)] = bearers.get(*key)?.as_slice() else { return None };
                let own = &self.entries[*entry];
                let other = own.evidence.of(own.kind) - own.evidence.of(FactKind::Person) > *bound;
                (full != entry && !other && !self.holds_another(*full, key, &keys)).then_some((*entry, *full))
            })
            .collect();
        for (entry, full) in short {
            self.entries[entry].stands_for = Some(full);
        }
        // A short form of a short form stands for the longest.
        for entry in 0..self.entries.len() {
            if let Some(further) = self.entries[entry].stands_for.and_then(|full| self.entries[full].stands_for) {
                self.entries[entry].stands_for = Some(further);
            }
        }
    }

    /// Whether the words that the name `full` has beyond `short` are names of something else ("Fiat Mario Rossi", run
    /// together in a caption), so that it is no fuller form of it.
    fn holds_another(&self, full: usize, short: &str, keys: &BTreeMap<&String, usize>) -> bool {
        let Some((long, _)) = keys.iter().find(|(_, entry)| **entry == full) else { return false };
        let rest = long.replacen(short, "", 1);
        rest.split_whitespace().any(|word| {
            let named = keys.get(&word.to_string()).map(|entry| self.entries[*entry].kind);
            matches!(named, Some(FactKind::Organization | FactKind::Place | FactKind::Product))
        })
    }

    /// A name in parentheses after another is its short form if its letters stand in the other in that order.
    fn join_acronyms(&mut self, views: &[View<'_, '_>], mentions: &[Vec<Mention>]) {
        for (view, mentions) in views.iter().zip(mentions) {
            for pair in mentions.windows(2) {
                let (full, short) = (&pair[0], &pair[1]);
                let enclosed =
                    full.to + 1 == short.from && view.is_symbol(full.to, "(") && view.is_symbol(short.to, ")");
                if !enclosed || short.key.contains(' ') || !self.is_short_form(short, full) {
                    continue;
                }
                let (full, short) = (self.by_key[&full.key], self.by_key[&short.key]);
                if full == short || self.entries[full].stands_for.is_some() {
                    continue;
                }
                if matches!(self.entries[full].kind, FactKind::Entity | FactKind::Person) {
                    self.entries[full].kind = FactKind::Organization;
                    self.entries[full].margin = 2.0;
                }
                self.entries[short].stands_for = Some(full);
            }
        }
    }

    fn is_short_form(&self, short: &Mention, full: &Mention) -> bool {
        let kind = self.entries[self.by_key[&full.key]].kind;
        let same_start = short.key.chars().next() == full.key.chars().next() && full.key.contains(' ');
        abbreviates(&short.key, &full.key) || same_start && matches!(kind, FactKind::Organization | FactKind::Entity)
    }

    /// In a series ("X, Y e Z") a name whose kind is hardly known takes that of its neighbours.
    fn share_in_series(&mut self, views: &[View<'_, '_>], mentions: &[Vec<Mention>]) {
        let mut raised: Vec<(usize, FactKind)> = Vec::new();
        for (view, mentions) in views.iter().zip(mentions) {
            for pair in mentions.windows(2) {
                let between = pair[0].to..pair[1].from;
                let joined = between.len() == 1
                    && (view.is_symbol(between.start, ",")
                        || matches!(view.word(between.start), "e" | "ed" | "and" | "o" | "or"));
                if !joined {
                    continue;
                }
                let (left, right) = (self.entry_of(&pair[0]), self.entry_of(&pair[1]));
                for (known, other) in [(left, right), (right, left)] {
                    let sure = self.entries[known].margin >= 1.5 && self.entries[known].kind != FactKind::Entity;
                    if sure && self.entries[other].margin < 1.2 {
                        raised.push((other, self.entries[known].kind));
                    }
                }
            }
        }
        for (entry, kind) in raised {
            self.entries[entry].evidence.raise(kind, 1.2);
            (self.entries[entry].kind, _) = self.entries[entry].evidence.best();
        }
    }
}

/// Whether the letters of `short` stand in `full` in that order, the first at the start of a word.
fn abbreviates(short: &str, full: &str) -> bool {
    let mut letters = short.chars().filter(|c| c.is_alphanumeric()).peekable();
    let mut starts = 0;
    let mut before = ' ';
    for c in full.chars() {
        if letters.peek() == Some(&c) && (before == ' ' || starts > 0) {
            letters.next();
            starts += 1;
        }
        before = c;
    }
    starts >= 2 && letters.peek().is_none()
}

//! What the tagger of names sees of a token: its letters, its neighbours, the tables of words, and the run of
//! capitalised words in which it stands.
//!
//! A feature is the hash of a template's number and of what fills it. The templates are those that have proved
//! themselves for names (Ratinov and Roth, "Design challenges and misconceptions in named entity recognition", 2009):
//! words, shapes, affixes and gazetteers in a window of five tokens, and the words before and after the whole run.

use std::ops::Range;

use crate::language::is_function_word;
use crate::language::names::is_known_organization;
use crate::language::standing::{lower, words as verbs};
use crate::language::world::{self, PlaceKind};
use crate::text::TokenKind;

use super::mention::key;
use super::view::View;

/// A name holds so many tokens in lower case at most after its last capital.
const REACH: usize = 5;
/// A token is seen with so many on either side at most.
const WINDOW: usize = 3;
/// Names of places and organizations in the tables have so many words at most that are looked up together.
const LONGEST_KNOWN: usize = 5;

/// One part as the tagger sees it.
pub(super) struct Seen<'v, 'p, 'a> {
    view: &'v View<'p, 'a>,
    /// The stretches of tokens that may hold names: from a capital on, as far as a name may reach, never over the end
    /// of a line.
    pub segments: Vec<Range<usize>>,
    /// What the tokens in the segments and beside them are.
    tokens: Vec<Signs>,
    /// For each token the run of capitalised words it stands in.
    runs: Vec<Range<usize>>,
    /// For each token whether it stands in quotation marks.
    quoted: Vec<bool>,
}

/// What one token is by itself; all but the tables' bits are hashes, 0 past the ends of the part.
#[derive(Debug, Clone, Copy, Default)]
struct Signs {
    /// The word, folded; all numbers are alike.
    word: u32,
    shape: u32,
    /// The last 2, 3 and 4 letters.
    endings: [u32; 3],
    /// The first 3 letters.
    beginning: u32,
    /// What the tables of the world say of the word alone.
    tables: u32,
    /// Its place in a name of several words that the tables know, and of what kind that is.
    known: u32,
    /// The group of words that it is like, from 1, and the larger group of which this is one.
    cluster: [u32; 2],
}

impl<'v, 'p, 'a> Seen<'v, 'p, 'a> {
    pub fn new(view: &'v View<'p, 'a>) -> Self {
        let tokens = vec![Signs::default(); view.part.len()];
        let mut seen = Self { view, segments: Vec::new(), tokens, runs: Vec::new(), quoted: quoted(view) };
        seen.segments = seen.segments();
        seen.runs = seen.capitalised_runs();
        let mut done = 0;
        for segment in &seen.segments {
            let beside = segment.start.saturating_sub(WINDOW).max(done)..(segment.end + WINDOW).min(view.part.len());
            done = beside.end;
            beside.for_each(|at| seen.tokens[at] = Signs::of(view, at));
        }
        seen.look_up_known();
        seen
    }

    fn segments(&self) -> Vec<Range<usize>> {
        let length = self.view.part.len();
        let mut segments: Vec<Range<usize>> = Vec::new();
        for at in (0..length).filter(|at| self.may_begin(*at)) {
            // "de Meo", "98 Degrees": what belongs to the name may stand before the capital.
            let before = (1..=2)
                .take_while(|back| *back <= at && !self.breaks(at + 1 - back) && self.is_smaller_start(at - back))
                .last();
            let from = at - before.unwrap_or(0);
            let reach = (at + 1 + REACH).min(length);
            let to = (at + 1..reach).find(|next| self.breaks(*next)).unwrap_or(reach);
            match segments.last_mut() {
                Some(last) if from < last.end || from == last.end && !self.breaks(from) => last.end = last.end.max(to),
                _ => segments.push(from..to),
            }
        }
        segments
    }

    fn breaks(&self, at: usize) -> bool {
        self.view.part.gap_before(at).contains('\n')
    }

    fn may_begin(&self, at: usize) -> bool {
        let token = &self.view.part.tokens[at];
        let camel = || token.text.chars().nth(1).is_some_and(char::is_uppercase);
        token.is_word() && (token.is_capitalised() || camel())
    }

    fn is_smaller_start(&self, at: usize) -> bool {
        self.view.part.kind(at) == Some(TokenKind::Number) || self.view.is_lower(at)
    }

    fn capitalised_runs(&self) -> Vec<Range<usize>> {
        let part = self.view.part;
        let mut runs = Vec::with_capacity(part.len());
        let mut at = 0;
        while at < part.len() {
            let mut to = at + 1;
            if self.may_begin(at) {
                while to < part.len() && !self.breaks(to) {
                    let dotted = self.view.is_symbol(to, ".-&") && to + 1 < part.len() && part.touches_previous(to);
                    let ampersand = self.view.is_symbol(to, "&");
                    if self.may_begin(to) {
                        to += 1;
                    } else if (dotted || ampersand)
                        && !self.view.starts(to + 1)
                        && to + 1 < part.len()
                        && self.may_begin(to + 1)
                        && !self.breaks(to + 1)
                    {
                        to += 2;
                    } else {
                        break;
                    }
                }
            }
            runs.extend((at..to).map(|_| at..to));
            at = to;
        }
        runs
    }

    /// Marks the longest names of several words that the tables know.
    fn look_up_known(&mut self) {
        let part = self.view.part;
        let mut from = 0;
        while from < part.len() {
            if !self.may_begin(from) {
                from += 1;
                continue;
            }
            let longest = (from + 2..=(from + LONGEST_KNOWN).min(part.len())).rev().find_map(|to| {
                let within = (from + 1..to).all(|at| !self.breaks(at)) && part.tokens[to - 1].is_word();
                let kind = if within { known_kind(&key(self.view, from, to)) } else { 0 };
                (kind > 0).then_some((to, kind))
            });
            let Some((to, kind)) = longest else {
                from += 1;
                continue;
            };
            for at in from..to {
                let place = 1 + u32::from(at > from) + 2 * u32::from(at + 1 == to);
                self.tokens[at].known = 8 * kind + place;
            }
            from = to;
        }
    }

    /// Adds the features of token `at` to `found`.
    pub fn features(&self, at: usize, found: &mut Vec<u32>) {
        let view = self.view;
        let near = |by: isize| at.checked_add_signed(by).map_or(Signs::default(), |i| self.signs(i));
        let [second_before, before, own, after, second_after] = [-2, -1, 0, 1, 2].map(near);
        let language = view.part.language as u32;
        let capital = u32::from(self.may_begin(at));
        let start = u32::from(view.starts(at));
        let mut add = |template: u32, filling: &[u32]| found.push(hash(template, filling));
        add(0, &[language]);
        add(1, &[own.word, own.shape]);
        add(2, &[own.word]);
        add(3, &[before.word]);
        add(4, &[after.word]);
        add(5, &[second_before.word]);
        add(6, &[second_after.word]);
        add(7, &[before.word, own.shape]);
        add(8, &[after.word, own.shape]);
        add(11, &[before.word, own.word]);
        add(12, &[own.word, after.word]);
        add(13, &[own.shape]);
        add(14, &[before.shape, own.shape]);
        add(15, &[own.shape, after.shape]);
        add(16, &[before.shape, own.shape, after.shape]);
        add(17, &[second_before.shape, before.shape]);
        add(18, &[after.shape, second_after.shape]);
        for (template, ending) in (19..).zip(own.endings) {
            add(template, &[ending, capital, language]);
        }
        add(22, &[own.beginning, capital, language]);
        add(23, &[before.endings[1], capital]);
        add(24, &[after.endings[1], capital]);
        for (template, by) in (25..).zip([-2, -1, 0, 1, 2]) {
            if let Some(i) = at.checked_add_signed(by) {
                self.add_classes(template, i, capital, &mut add);
            }
        }
        add(30, &[own.tables, own.shape]);
        add(31, &[before.tables, own.tables]);
        add(32, &[own.tables, after.tables]);
        add(33, &[before.tables, capital]);
        add(34, &[after.tables, capital]);
        if own.known > 0 {
            add(35, &[own.known]);
        }
        add(36, &[start, u32::from(view.in_title(at)), capital]);
        add(37, &[start, own.tables, own.shape]);
        add(38, &[start, capital, u32::from(view.stands_lower(at)), u32::from(view.stands_capital(at))]);
        add(39, &[u32::from(view.is_model(at)), own.shape]);
        for (template, by) in (57..).step_by(2).zip([-2, -1, 0, 1, 2]) {
            let [fine, coarse] = near(by).cluster;
            add(template, &[fine, capital]);
            add(template + 1, &[coarse, capital]);
        }
        add(67, &[before.cluster[1], own.cluster[1], after.cluster[1]]);
        add(68, &[u32::from(self.quoted[at]), own.shape]);
        if capital == 0 {
            self.add_neighbouring_capitals(at, own, &mut add);
        }
        let classes = |by: isize| at.checked_add_signed(by).map_or(0, |i| view.classes(i).bits());
        add(97, &[classes(0), start, after.tables]);
        add(98, &[classes(-1), classes(0), capital]);
        add(99, &[classes(0), classes(1), capital]);
        self.add_run(at, capital, &mut add);
    }

    /// The features of a word without a capital: which capitals it may join.
    fn add_neighbouring_capitals(&self, at: usize, own: Signs, add: &mut impl FnMut(u32, &[u32])) {
        let back = (1..=REACH).find(|back| *back <= at && self.may_begin(at - back));
        let onward = (1..=REACH).find(|onward| at + onward < self.tokens.len() && self.may_begin(at + onward));
        let distance = |found: Option<usize>| found.unwrap_or(0) as u32;
        add(70, &[distance(back), distance(onward), own.shape]);
        if let Some(before) = back.map(|back| self.runs[at - back].start) {
            add(71, &[self.signs(before).word, distance(back)]);
            add(73, &[self.signs(before).word, own.cluster[1]]);
            self.add_classes(74, before, distance(onward).min(2), add);
        }
    }

    /// The features of the run in which token `at` stands.
    fn add_run(&self, at: usize, capital: u32, add: &mut impl FnMut(u32, &[u32])) {
        let run = &self.runs[at];
        let length = run.len().min(5) as u32;
        let place = u32::from(at > run.start) + 2 * u32::from(at + 1 < run.end);
        add(40, &[capital, length, place]);
        if capital == 0 {
            return;
        }
        let (first, last) = (run.start, run.end - 1);
        let before = first.checked_sub(1).filter(|_| !self.breaks(first));
        let after = Some(run.end).filter(|to| !self.breaks(*to));
        let word = |at: Option<usize>| at.map_or(0, |i| self.signs(i).word);
        add(41, &[word(before), place]);
        add(42, &[word(after), place]);
        add(44, &[word(Some(first)), place]);
        add(45, &[word(Some(last)), place]);
        add(46, &[self.signs(last).endings[1], place]);
        add(47, &[self.signs(first).tables, self.signs(last).tables, place, length]);
        let around = [before, after, Some(first), Some(last), after.map(|i| i + 1)];
        for (number, at) in (0..).zip(around) {
            if let Some(at) = at {
                let [fine, coarse] = self.signs(at).cluster;
                self.add_classes(50 + number, at, place, add);
                add(80 + number, &[fine, place]);
                add(90 + number, &[coarse, place]);
            }
        }
        add(96, &[self.signs(first).cluster[1], self.signs(last).cluster[1], place]);
        if let Some(after) = after.filter(|at| self.view.is_lower(*at)) {
            let verbs = verbs(self.view.part.language);
            add(55, &[verbs.classes(&lower(self.view.text(after))).bits()]);
        }
    }

    fn add_classes(&self, template: u32, at: usize, with: u32, add: &mut impl FnMut(u32, &[u32])) {
        let lower = u32::from(self.view.is_lower(at));
        for class in self.view.classes(at).each() {
            add(template, &[class, lower, with]);
        }
    }

    fn signs(&self, at: usize) -> Signs {
        self.tokens.get(at).copied().unwrap_or_default()
    }
}

impl Signs {
    fn of(view: &View<'_, '_>, at: usize) -> Self {
        let is_number = view.part.kind(at) == Some(TokenKind::Number);
        let word = if is_number { "0" } else { view.word(at) };
        Self {
            word: hash_of(word),
            shape: hash_of(&shape(view, at)),
            endings: [2, 3, 4].map(|letters| hash_of(last(word, letters))),
            beginning: hash_of(first(word, 3)),
            tables: table_bits(view, at),
            known: 0,
            cluster: cluster(view, at),
        }
    }
}

/// The clusters of a word, the fine and the coarse one; 0 of a word that is not among the common ones.
fn cluster(view: &View<'_, '_>, at: usize) -> [u32; 2] {
    let is_word = view.part.kind(at) == Some(TokenKind::Word);
    let found = is_word.then(|| world::cluster(view.word(at), !view.is_lower(at))).flatten();
    found.map_or([0; 2], |fine| [1 + fine, 1 + fine / 16])
}

/// For each token whether a quotation mark was opened before it in its line and not closed.
fn quoted(view: &View<'_, '_>) -> Vec<bool> {
    let mut open = false;
    let of = |at: usize| {
        open &= !view.part.gap_before(at).contains('\n');
        if view.is_symbol(at, "\"") {
            open = !open;
        } else if view.is_symbol(at, "“«„") {
            open = true;
        } else if view.is_symbol(at, "”»") {
            open = false;
        }
        open
    };
    (0..view.part.len()).map(of).collect()
}

/// The form of a token: its capitals, small letters, digits and symbols, each kind written once, two capitals twice.
fn shape(view: &View<'_, '_>, at: usize) -> String {
    let text = view.text(at);
    match view.part.kind(at) {
        Some(TokenKind::Word) => {}
        Some(TokenKind::Number) => return format!("0{}", text.len().min(5)),
        _ => return text.to_string(),
    }
    let mut shape = String::new();
    for c in text.chars() {
        let kind = match c {
            c if c.is_uppercase() => 'A',
            c if c.is_lowercase() => 'a',
            c if c.is_numeric() => '0',
            c => c,
        };
        if !(shape.ends_with(kind) && (kind != 'A' || shape.ends_with("AA"))) {
            shape.push(kind);
        }
    }
    if text.chars().count() == 1 { shape + "1" } else { shape }
}

/// What the tables of the world say of token `at` alone, as bits.
fn table_bits(view: &View<'_, '_>, at: usize) -> u32 {
    if view.part.kind(at) != Some(TokenKind::Word) {
        return 0;
    }
    let word = view.word(at);
    if view.is_lower(at) {
        return u32::from(is_function_word(word)) | 2;
    }
    let bits = [
        is_function_word(word),
        false,
        world::is_given_name(word),
        world::is_surname(word),
        view.is_common(at),
        is_known_organization(word),
    ];
    let bits = bits.iter().enumerate().fold(0, |all, (i, bit)| all | u32::from(*bit) << i);
    bits | place_size(word) << 8
}

/// How large and sure a place is: 0 if there is none of this name.
fn place_size(name: &str) -> u32 {
    match world::place(name) {
        None => 0,
        Some(place) if place.common => 1,
        Some(place) => match (place.kind, place.inhabitants) {
            (PlaceKind::Country, _) => 7,
            (PlaceKind::Region, _) => 6,
            (_, 1_000_000..) => 5,
            (_, 100_000..) => 4,
            (_, 30_000..) => 3,
            _ => 2,
        },
    }
}

/// What a name of several words is in the tables: 0 if it is not there, 1 an organization, above it a place.
fn known_kind(name: &str) -> u32 {
    if is_known_organization(name) { 1 } else { Some(place_size(name)).filter(|size| *size > 0).map_or(0, |s| s + 1) }
}

fn last(word: &str, letters: usize) -> &str {
    word.char_indices().rev().nth(letters - 1).map_or(word, |(at, _)| &word[at..])
}

fn first(word: &str, letters: usize) -> &str {
    word.char_indices().nth(letters).map_or(word, |(at, _)| &word[..at])
}

/// The hash of a feature: of its template and what fills it. Never 0, which marks an empty place in the table of
/// weights.
fn hash(template: u32, filling: &[u32]) -> u32 {
    let mixed = filling.iter().fold(mix(template.into()), |hash, part| mix(hash ^ u64::from(*part)));
    ((mixed >> 32) as u32).max(1)
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood, 2014), after a step.
fn mix(state: u64) -> u64 {
    let z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// FNV-1a in 32 bits.
fn hash_of(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

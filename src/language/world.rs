//! Tables of third-party data about the world: places, given names and surnames, English words.
//!
//! `training/world.py` makes them and `NOTICE` tells their origin. They are sorted and searched by bisection in the
//! embedded text, so that they cost nothing at start.

use std::cmp::Ordering;

const PLACES: &str = include_str!("world/places.tsv");
const GIVEN: &str = include_str!("world/given.tsv");
const SURNAMES: &str = include_str!("world/surnames.tsv");
const ENGLISH: &str = include_str!("world/english.tsv");
const CLUSTERS: &str = include_str!("../../models/words.tsv");

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A state, now or once.
    Country,
    /// A part of a country, a continent or another area.
    Region,
    /// A city, a town or a village.
    City,
}

/// A place of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// The ISO 3166 code of its country, or of a continent its UN M49 number; empty where neither holds.
    pub country: &'static str,
    /// The inhabitants of a city, else 0.
    pub inhabitants: u32,
    /// Its English name.
    pub english: &'static str,
    /// Its Italian name.
    pub italian: &'static str,
    /// Whether its name, without a capital, is also an English word.
    pub common: bool,
}

/// The place with the folded `name`: of several the most likely.
pub fn place(name: &str) -> Option<Place> {
    let mut cells = line_of(PLACES, name)?.split('\t').skip(1);
    let mut cell = || cells.next().unwrap_or_default();
    Some(Place {
        kind: match cell() {
            "country" => PlaceKind::Country,
            "region" => PlaceKind::Region,
            _ => PlaceKind::City,
        },
        country: cell(),
        inhabitants: cell().parse().unwrap_or_default(),
        english: cell(),
        italian: cell(),
        common: cell() == "common",
    })
}

/// Whether the folded `name` is given to people.
pub fn is_given_name(name: &str) -> bool {
    line_of(GIVEN, name).is_some()
}

/// Whether the folded `name` is a surname.
pub fn is_surname(name: &str) -> bool {
    line_of(SURNAMES, name).is_some()
}

/// Whether the folded `word` is an English word that is written without a capital.
pub fn is_english_word(word: &str) -> bool {
    line_of(ENGLISH, word).is_some()
}

/// The number of the group of words, of 512, by 32 larger ones of 16, that the folded `word` is most like, written with a
/// capital or without; `models/README.md` tells of them.
pub fn cluster(word: &str, capital: bool) -> Option<u32> {
    line_of(CLUSTERS, word)?.split('\t').nth(1 + usize::from(capital))?.parse().ok()
}

/// The line of a sorted table whose first column is `key`.
fn line_of(table: &'static str, key: &str) -> Option<&'static str> {
    let bytes = table.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[low..middle].iter().rposition(|b| *b == b'\n').map_or(low, |i| low + i + 1);
        let end = bytes[middle..high].iter().position(|b| *b == b'\n').map_or(high, |i| middle + i);
        let line = &table[start..end];
        let first = line.split('\t').next().unwrap_or_default();
        match first.as_bytes().cmp(key.as_bytes()) {
            Ordering::Equal => return Some(line),
            Ordering::Less => low = (end + 1).min(high),
            Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        let mut count = 0;
        for table in [PLACES, GIVEN, SURNAMES, ENGLISH, CLUSTERS] {
            for line in table.lines() {
                let key = line.split('\t').next().unwrap_or_default();
                assert_eq!(line_of(table, key), Some(line), "{line}");
                count += 1;
            }
            for key in ["", "\u{ffff}", "zzzzzzzz", "a b c"] {
                assert_eq!(line_of(table, key), None);
            }
        }
        assert!(count > 150_000, "{count} lines");
    }

    #[test]
    fn places_have_both_names() {
        let check = |name: &str, kind, english, italian| {
            let place = place(name).unwrap_or_else(|| panic!("{name} is not known"));
            assert_eq!((place.kind, place.english, place.italian), (kind, english, italian));
        };
        check("londra", PlaceKind::City, "London", "Londra");
        check("london", PlaceKind::City, "London", "Londra");
        check("germania", PlaceKind::Country, "Germany", "Germania");
        check("toscana", PlaceKind::Region, "Tuscany", "Toscana");
        assert!(is_given_name("giulia") && is_surname("moretti") && is_english_word("bridges"));
        assert!(!is_given_name("bridge-building") && !is_english_word("giulia"));
    }
}

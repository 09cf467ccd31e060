//! Tables of third-party data about the world: places, given names and surnames, English words, Italian accents.
//!
//! `training/world.py` makes them and `NOTICE` tells their origin. They are searched in the embedded text by slots that
//! the build makes, so that they cost nothing at start.

mod hash;
mod table;

use table::Table;

/// A table beside the slots that the build made for it.
macro_rules! table {
    ($name:literal) => {
        Table::new(
            include_str!(concat!("../../", $name)),
            include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".slots")),
        )
    };
}

const PLACES: Table = table!("src/language/world/places.tsv");
const GIVEN: Table = table!("src/language/world/given.tsv");
const SURNAMES: Table = table!("src/language/world/surnames.tsv");
const ENGLISH: Table = table!("src/language/world/english.tsv");
const ACCENTS: Table = table!("src/language/world/accents.tsv");
const CLUSTERS: Table = table!("models/words.tsv");

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
    let mut cells = PLACES.line(name)?.split('\t').skip(1);
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
    GIVEN.line(name).is_some()
}

/// Whether the folded `name` is a surname.
pub fn is_surname(name: &str) -> bool {
    SURNAMES.line(name).is_some()
}

/// Whether the folded `word` is an English word that is written without a capital.
pub fn is_english_word(word: &str) -> bool {
    ENGLISH.line(word).is_some()
}

/// The common Italian word that ends in an accent and is `word`, in lower case, without it ("citta").
pub fn accented(word: &str) -> Option<&'static str> {
    ACCENTS.line(word)?.split('\t').nth(1)
}

/// The number of the group of words, of 512, by 32 larger ones of 16, that the folded `word` is most like, written
/// with a capital or without; `models/README.md` tells of them.
pub fn cluster(word: &str, capital: bool) -> Option<u32> {
    CLUSTERS.line(word)?.split('\t').nth(1 + usize::from(capital))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        let mut count = 0;
        for table in [PLACES, GIVEN, SURNAMES, ENGLISH, ACCENTS, CLUSTERS] {
            for line in table.lines() {
                let key = line.split('\t').next().unwrap_or_default();
                assert_eq!(table.line(key), Some(line), "{line}");
                count += 1;
            }
            for key in ["", "\u{ffff}", "zzzzzzzz", "a b c"] {
                assert_eq!(table.line(key), None);
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

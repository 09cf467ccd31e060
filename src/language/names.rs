//! The words by which names are recognised (`it/names.toml`, `en/names.toml`) and organizations that all know.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::{Language, table};
use crate::text::fold;

/// What a word tells of the name it stands in or beside; a set of these constants. The tagger of names has learned what
/// each tells: their order is part of `models/names.bin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NameClass(u32);

impl NameClass {
    /// A title or a role of a person.
    pub const ROLE: NameClass = NameClass(1);
    /// Changes a role ("former").
    pub const ROLE_MODIFIER: NameClass = NameClass(1 << 1);
    /// The first word of an organization's name.
    pub const ORGANIZATION_HEAD: NameClass = NameClass(1 << 2);
    /// The last word of an organization's name.
    pub const ORGANIZATION_TAIL: NameClass = NameClass(1 << 3);
    /// A noun before an organization's name.
    pub const ORGANIZATION_NOUN: NameClass = NameClass(1 << 4);
    /// The first word of a place's name.
    pub const PLACE_HEAD: NameClass = NameClass(1 << 5);
    /// The last word of a place's name.
    pub const PLACE_TAIL: NameClass = NameClass(1 << 6);
    /// A noun before a place's name.
    pub const PLACE_NOUN: NameClass = NameClass(1 << 7);
    /// A preposition before a place's name.
    pub const PLACE_PREPOSITION: NameClass = NameClass(1 << 8);
    /// A noun before a product's or a work's name.
    pub const PRODUCT_NOUN: NameClass = NameClass(1 << 9);
    /// A word of the name of an event, a prize or a law.
    pub const EVENT: NameClass = NameClass(1 << 10);
    /// Written with a capital, but no name.
    pub const NO_NAME: NameClass = NameClass(1 << 11);
    /// Often begins a sentence.
    pub const STARTER: NameClass = NameClass(1 << 12);
    /// Stands inside a person's name.
    pub const PARTICLE: NameClass = NameClass(1 << 13);
    /// Stands there even where the word before is no known given name.
    pub const FOREIGN_PARTICLE: NameClass = NameClass(1 << 14);
    /// Joins the words of an organization's or a place's name.
    pub const JOINING: NameClass = NameClass(1 << 15);
    /// Follows a person's name.
    pub const PERSON_FOLLOWER: NameClass = NameClass(1 << 16);
    /// An article, with or without a preposition.
    pub const ARTICLE: NameClass = NameClass(1 << 17);
    /// Says whose something is ("of").
    pub const OF: NameClass = NameClass(1 << 18);

    /// Whether it has a class of `other`.
    pub fn has(self, other: NameClass) -> bool {
        self.0 & other.0 != 0
    }

    /// The set as bits.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// The number of each class in the set.
    pub fn each(self) -> impl Iterator<Item = u32> {
        (0..u32::BITS).filter(move |bit| self.0 & 1 << bit != 0)
    }

    /// Both.
    pub const fn or(self, other: NameClass) -> NameClass {
        NameClass(self.0 | other.0)
    }
}

/// The words of one language.
pub struct NameWords {
    classes: FxHashMap<String, NameClass>,
    copulas: FxHashSet<String>,
    defining: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    roles: Vec<String>,
    role_modifiers: Vec<String>,
    organization_heads: Vec<String>,
    organization_tails: Vec<String>,
    organization_nouns: Vec<String>,
    place_heads: Vec<String>,
    place_tails: Vec<String>,
    place_nouns: Vec<String>,
    place_prepositions: Vec<String>,
    product_nouns: Vec<String>,
    event_words: Vec<String>,
    no_names: Vec<String>,
    starters: Vec<String>,
    particles: Vec<String>,
    foreign_particles: Vec<String>,
    joining: Vec<String>,
    person_followers: Vec<String>,
    articles: Vec<String>,
    copulas: Vec<String>,
    defining: Vec<String>,
    of: Vec<String>,
}

static ORGANIZATIONS: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let list = include_str!("organizations.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    list.flat_map(|line| line.split(", ")).map(|name| fold(name).replace('-', " ")).collect()
});

/// The words of `language`.
pub fn name_words(language: Language) -> &'static NameWords {
    static ITALIAN: LazyLock<NameWords> =
        LazyLock::new(|| NameWords::read("it/names.toml", include_str!("it/names.toml")));
    static ENGLISH: LazyLock<NameWords> =
        LazyLock::new(|| NameWords::read("en/names.toml", include_str!("en/names.toml")));
    match language {
        Language::It => &ITALIAN,
        Language::En => &ENGLISH,
    }
}

/// Whether the folded `name` is that of an organization which readers of newspapers know.
pub fn is_known_organization(name: &str) -> bool {
    ORGANIZATIONS.contains(name)
}

impl NameWords {
    /// The classes of the folded `word`.
    pub fn classes(&self, word: &str) -> NameClass {
        self.classes.get(word).copied().unwrap_or_default()
    }

    /// Whether `word`, in lower case with its accents, is a verb by which something is defined.
    pub fn is_copula(&self, word: &str) -> bool {
        self.copulas.contains(word)
    }

    /// Whether the lower-case `word` begins a definition after such a verb.
    pub fn defines(&self, word: &str) -> bool {
        self.defining.contains(word)
    }

    /// Reads a table that is part of the program.
    ///
    /// # Panics
    /// If the table is not well formed: a test reads both.
    fn read(name: &str, text: &str) -> Self {
        let read: Table = table(name, text);
        let mut classes: FxHashMap<String, NameClass> = FxHashMap::default();
        let lists = [
            (NameClass::ROLE, &read.roles),
            (NameClass::ROLE_MODIFIER, &read.role_modifiers),
            (NameClass::ORGANIZATION_HEAD, &read.organization_heads),
            (NameClass::ORGANIZATION_TAIL, &read.organization_tails),
            (NameClass::ORGANIZATION_NOUN, &read.organization_nouns),
            (NameClass::PLACE_HEAD, &read.place_heads),
            (NameClass::PLACE_TAIL, &read.place_tails),
            (NameClass::PLACE_NOUN, &read.place_nouns),
            (NameClass::PLACE_PREPOSITION, &read.place_prepositions),
            (NameClass::PRODUCT_NOUN, &read.product_nouns),
            (NameClass::EVENT, &read.event_words),
            (NameClass::NO_NAME, &read.no_names),
            (NameClass::STARTER, &read.starters),
            (NameClass::PARTICLE, &read.particles),
            (NameClass::FOREIGN_PARTICLE, &read.foreign_particles),
            (NameClass::JOINING, &read.joining),
            (NameClass::PERSON_FOLLOWER, &read.person_followers),
            (NameClass::ARTICLE, &read.articles),
            (NameClass::OF, &read.of),
        ];
        for (class, list) in lists {
            for word in list {
                let folded = fold(word);
                assert!(!folded.is_empty() && !folded.contains([' ', '-']), "{name}: `{word}` is not one word");
                let known = classes.entry(folded).or_default();
                *known = known.or(class);
            }
        }
        Self { classes, copulas: read.copulas.into_iter().collect(), defining: read.defining.into_iter().collect() }
    }
}

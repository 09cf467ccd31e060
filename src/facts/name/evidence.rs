//! What speaks for a name being a person's, an organization's, a place's, a product's or something else's.

use crate::language::Language;
use crate::language::names::{NameClass, is_known_organization};
use crate::language::standing::{WordClass, lower, words};
use crate::language::world::{self, PlaceKind};
use crate::text::{TokenKind, fold};

use super::super::value::FactKind;
use super::mention::Mention;
use super::view::View;

/// Weights for each kind of name.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Evidence {
    pub person: f32,
    pub organization: f32,
    pub place: f32,
    pub product: f32,
    pub entity: f32,
}

impl Evidence {
    pub fn add(&mut self, other: Evidence, weight: f32) {
        self.person += weight * other.person;
        self.organization += weight * other.organization;
        self.place += weight * other.place;
        self.product += weight * other.product;
        self.entity += weight * other.entity;
    }

    /// The kind for which most speaks, and by how much more than for the next.
    pub fn best(&self) -> (FactKind, f32) {
        let mut kinds = [
            (FactKind::Person, self.person),
            (FactKind::Organization, self.organization),
            (FactKind::Place, self.place),
            (FactKind::Product, self.product),
            (FactKind::Entity, self.entity.max(0.4)),
        ];
        kinds.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        (kinds[0].0, kinds[0].1 - kinds[1].1)
    }

    pub fn of(&self, kind: FactKind) -> f32 {
        match kind {
            FactKind::Person => self.person,
            FactKind::Organization => self.organization,
            FactKind::Place => self.place,
            FactKind::Product => self.product,
            _ => self.entity,
        }
    }

    pub fn raise(&mut self, kind: FactKind, by: f32) {
        match kind {
            FactKind::Person => self.person += by,
            FactKind::Organization => self.organization += by,
            FactKind::Place => self.place += by,
            FactKind::Product => self.product += by,
            _ => self.entity += by,
        }
    }
}

/// What the words of a name tell, whatever stands around it.
pub(super) fn of_words(view: &View<'_, '_>, mention: &Mention) -> Evidence {
    let mut told = Evidence::default();
    let (from, to) = (mention.from, mention.to);
    let words: Vec<usize> =
        (from..to).filter(|at| view.part.kind(*at) == Some(TokenKind::Word) && !view.is_lower(*at)).collect();
    let (Some(first), Some(last)) = (words.first().copied(), words.last().copied()) else { return told };
    let count = words.len();
    let place = world::place(&mention.key);
    let land = place.is_some_and(|place| place.kind != PlaceKind::City);
    if let Some(place) = place {
        told.place += match place.kind {
            PlaceKind::Country => 5.0,
            PlaceKind::Region => 4.0,
            PlaceKind::City if place.inhabitants >= 1_000_000 => 4.0,
            PlaceKind::City if place.inhabitants >= 100_000 => 3.5,
            PlaceKind::City if place.inhabitants >= 15_000 => 2.2,
            PlaceKind::City => 1.2,
        };
        told.place -= if place.common { 1.5 } else { 0.0 };
    }
    if is_known_organization(&mention.key) {
        told.organization += 6.0;
    }
    if land || is_known_organization(&mention.key) {
        return told;
    }
    if count > 1 {
        told.organization += if view.is(last, NameClass::ORGANIZATION_TAIL) { 5.0 } else { 0.0 };
        told.place += if view.is(last, NameClass::PLACE_TAIL) { 5.0 } else { 0.0 };
        told.place += if view.is(first, NameClass::PLACE_HEAD) { 3.0 } else { 0.0 };
        told.organization += if view.is(first, NameClass::ORGANIZATION_HEAD) { 4.0 } else { 0.0 };
        told.entity += if words.iter().any(|at| view.is(*at, NameClass::EVENT)) { 4.5 } else { 0.0 };
        people(view, &words, &mut told);
    } else {
        let word = view.word(first);
        let common = view.is_common(first);
        told.person += if world::is_given_name(word) && !common { 1.6 } else { 0.0 };
        told.person += if world::is_surname(word) && !common { 1.2 } else { 0.0 };
        told.entity += if view.is(first, NameClass::EVENT) { 3.0 } else { 0.0 };
        let plain = !common && view.text(first).chars().skip(1).all(char::is_lowercase);
        let likely = if view.part.language == Language::It { 0.6 } else { 0.3 };
        told.person += if plain && world::place(word).is_none() { likely } else { 0.0 };
        let organization = NameClass::ORGANIZATION_HEAD.or(NameClass::ORGANIZATION_TAIL);
        told.organization += if view.is(first, organization) { 1.0 } else { 0.0 };
        told.person -= if view.is(first, NameClass::PLACE_TAIL) { 1.0 } else { 0.0 };
    }
    let text = view.text(first);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().any(|c| c.is_ascii_digit()) || view.part.kind(to - 1) == Some(TokenKind::Number);
    if count == 1 && letters >= 2 && text.chars().all(|c| c.is_uppercase() || c == '.') && !view.in_title(first) {
        told.organization += if letters <= 5 { 2.0 } else { 0.6 };
    }
    told.product += if digits { 3.0 } else { 0.0 };
    let inner = |at: usize| {
        view.text(at).chars().skip(1).any(char::is_uppercase) && view.text(at).chars().any(char::is_lowercase)
    };
    if count == 1 && inner(first) && !view.text(first).starts_with("Mc") && !view.text(first).starts_with("Mac") {
        told.organization += 1.2;
        told.product += 0.8;
    }
    told
}

/// What tells of a person in a name of several words.
fn people(view: &View<'_, '_>, words: &[usize], told: &mut Evidence) {
    let (first, last) = (words[0], words[words.len() - 1]);
    let given = world::is_given_name(view.word(first));
    let ordinary = words.iter().all(|at| view.is_common(*at));
    let initials = words.iter().any(|at| view.is_initial(*at)) && words.len() <= 4;
    let particle = (first..last).any(|at| view.is_lower(at) && view.is(at, NameClass::FOREIGN_PARTICLE));
    if words.len() <= 4 {
        told.person += if given { 3.0 } else { 0.0 };
        told.person += if world::is_surname(view.word(last)) && !ordinary { 1.5 } else { 0.0 };
        told.person += if initials { 2.5 } else { 0.0 };
        told.person += if particle { 1.5 } else { 0.0 };
        let unknown = !words.iter().any(|at| view.is_common(*at) || world::place(view.word(*at)).is_some());
        told.person += if unknown && words.len() <= 3 { 1.5 } else { 0.0 };
    } else {
        told.entity += 1.0;
    }
    if ordinary && !given {
        told.entity += 2.0;
        told.organization += 0.5;
    }
    let symbols = (first..last).any(|at| view.is_symbol(at, "&"));
    told.organization += if symbols { 3.0 } else { 0.0 };
}

/// What stands around a name tells of it.
pub(super) fn of_neighbours(view: &View<'_, '_>, mention: &Mention) -> Evidence {
    let mut told = Evidence::default();
    before(view, mention, &mut told);
    after(view, mention, &mut told);
    told
}

fn before(view: &View<'_, '_>, mention: &Mention, told: &mut Evidence) {
    let from = mention.from;
    let italian = view.part.language == Language::It;
    let several = mention.key.contains(' ');
    let Some(previous) = from.checked_sub(1) else { return };
    if view.part.gap_before(from).contains('\n') {
        return;
    }
    // A title may have its full stop: "Dr. Jones".
    let titled = if view.is_symbol(previous, ".") { previous.checked_sub(1) } else { Some(previous) };
    if let Some(titled) = titled.filter(|at| view.is(*at, NameClass::ROLE)) {
        told.person += if view.is(titled, NameClass::PRODUCT_NOUN) { 2.0 } else { 4.0 };
    }
    if !view.is_lower(previous) {
        if view.is_symbol(previous, "\"“«'‘") {
            let whole = several && view.is_symbol(mention.to, "\"”»'’");
            told.product += if whole { 2.5 } else { 1.0 };
            told.entity += if whole { 1.5 } else { 0.6 };
        }
        return;
    }
    let second = previous.checked_sub(1);
    told.organization += if view.is(previous, NameClass::ORGANIZATION_NOUN) { 3.0 } else { 0.0 };
    told.product += if view.is(previous, NameClass::PRODUCT_NOUN) { 2.5 } else { 0.0 };
    told.place += if view.is(previous, NameClass::PLACE_NOUN) { 1.5 } else { 0.0 };
    if view.is(previous, NameClass::OF) && second.is_some_and(|at| view.is(at, NameClass::PLACE_NOUN)) {
        told.place += 2.5;
    }
    let word = view.word(previous);
    let after_article = view.is(previous, NameClass::ARTICLE) && !(italian && word == "un");
    if italian {
        if matches!(word, "a" | "ad" | "in") {
            told.place += if word == "in" { 2.6 } else { 1.8 };
        } else if view.is(previous, NameClass::PLACE_PREPOSITION) {
            told.place += 0.8;
        } else if after_article {
            told.organization += 1.4;
            told.entity += 0.3;
            told.person -= if several { 2.0 } else { 1.0 };
            told.place += if word.starts_with("nel") || word.starts_with("sul") { 1.0 } else { 0.2 };
        } else if matches!(word, "di" | "da" | "con" | "per") {
            told.person += if word == "di" { 0.1 } else { 0.4 };
            told.place += if word == "di" { 0.3 } else { 0.1 };
        }
    } else if after_article {
        told.organization += if word == "the" { 1.4 } else { 0.4 };
        told.entity += 0.5;
        told.person -= 2.0;
    } else if word == "in" {
        told.place += 2.4;
    } else if view.is(previous, NameClass::PLACE_PREPOSITION) {
        told.place += 1.0;
    } else if matches!(word, "by" | "with") {
        told.person += 0.8;
        told.organization += 0.2;
    } else if word == "of" {
        told.place += 0.6;
    }
}

fn after(view: &View<'_, '_>, mention: &Mention, told: &mut Evidence) {
    let to = mention.to;
    let next = if view.part.gap_before(to).contains('\n') { return } else { to };
    let verbs = words(view.part.language);
    let verb = lower(view.text(next));
    let following = lower(view.text(next + 1));
    let saying = verbs.is(WordClass::Speech, &verb)
        || verbs.is(WordClass::Auxiliary, &verb) && verbs.is(WordClass::Participle, &following);
    if saying && view.is_lower(next) {
        told.person += 1.2;
        told.organization += 0.4;
    }
    if view.is(next, NameClass::PERSON_FOLLOWER) && view.is_lower(next) {
        told.person += 2.0;
    }
    if view.is_symbol(next, ",") {
        let apposed = (next + 1..next + 4).find(|at| !view.is(*at, NameClass::ARTICLE.or(NameClass::ROLE_MODIFIER)));
        if apposed.is_some_and(|at| view.is(at, NameClass::ROLE) && view.part.kind(at) == Some(TokenKind::Word)) {
            told.person += 3.0;
        }
        if apposed.is_some_and(|at| view.is_lower(at) && view.is(at, NameClass::ORGANIZATION_NOUN)) {
            told.organization += 2.0;
        }
        if view.is(next + 1, NameClass::PERSON_FOLLOWER) {
            told.person += 2.0;
        }
        let age = view.part.kind(next + 1) == Some(TokenKind::Number) && view.text(next + 1).len() == 2;
        told.person += if age { 2.0 } else { 0.0 };
        let larger =
            world::place(view.word(next + 1)).is_some_and(|p| p.kind != PlaceKind::City) && view.is_name_word(next + 1);
        told.place += if larger { 1.5 } else { 0.0 };
    }
    if view.is(next, NameClass::ROLE) && view.adjoins(next) && !view.is_lower(next) {
        told.person += 0.5;
    }
    if view.is_symbol(next, "(") {
        let years = view.part.kind(next + 1) == Some(TokenKind::Number)
            && view.text(next + 1).len() == 4
            && view.is_symbol(next + 2, "-–");
        told.person += if years { 2.5 } else { 0.0 };
        let acronym = view.text(next + 1);
        let initials = view.is_symbol(next + 2, ")") && acronym.len() >= 2 && acronym.chars().all(|c| c.is_uppercase());
        let initial = fold(acronym).chars().next();
        told.organization += if initials
            && mention.key.contains(' ')
            && mention.key.split(' ').any(|word| word.chars().next() == initial)
        {
            1.0
        } else {
            0.0
        };
    }
}

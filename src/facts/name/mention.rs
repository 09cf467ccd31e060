//! Where names stand: runs of capitalised words, with the small words between them, cut to what is a name.

use crate::language::names::{NameClass, is_known_organization};
use crate::language::world;
use crate::text::TokenKind;

use super::view::View;

/// A run of tokens that is taken for a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::facts) struct Mention {
    /// The first token.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
    /// The name, folded, its words with one space between them.
    pub key: String,
}

const HEADS: NameClass =
    NameClass::ORGANIZATION_HEAD.or(NameClass::PLACE_HEAD).or(NameClass::EVENT).or(NameClass::ORGANIZATION_TAIL);
const TAILS: NameClass = NameClass::ORGANIZATION_TAIL.or(NameClass::PLACE_TAIL).or(NameClass::EVENT);

/// The names of a part, in order.
pub(super) fn find(view: &View<'_, '_>) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < view.part.len() {
        if !view.is_name_word(at) {
            at += 1;
            continue;
        }
        let end = run_end(view, at);
        cut(view, at, end, &mut found);
        at = end.max(at + 1);
    }
    found
}

/// The folded words of tokens `from..to`, hyphens left out, with one space between words.
pub(super) fn key(view: &View<'_, '_>, from: usize, to: usize) -> String {
    let mut key = String::new();
    for at in from..to {
        if view.is_symbol(at, "-") {
            continue;
        }
        let elided = at > from && view.part.tokens[at - 1].is_elided();
        let dot = view.is_symbol(at, ".");
        if at > from && !elided && !dot {
            key.push(' ');
        }
        key.push_str(view.word(at));
    }
    key
}

/// The token after the last of the run of name words that begins at `from`.
fn run_end(view: &View<'_, '_>, from: usize) -> usize {
    let mut end = from + 1;
    loop {
        let next = if view.is_name_word(end) && view.adjoins(end) && !view.starts(end) {
            end + 1
        } else if abbreviated(view, end)
            || hyphenated(view, from, end)
            || view.is_symbol(end, "&") && view.is_name_word(end + 1)
        {
            end + 2
        } else if let Some(after) = joined(view, from, end) {
            after
        } else if numbered(view, from, end) {
            end + 1
        } else {
            return end;
        };
        end = next;
    }
}

/// Whether a full stop at `at` belongs to the abbreviation before it and the name goes on after it.
fn abbreviated(view: &View<'_, '_>, at: usize) -> bool {
    if !view.is_symbol(at, ".")
        || !view.part.touches_previous(at)
        || !view.is_name_word(at + 1)
        || !view.adjoins(at + 1)
    {
        return false;
    }
    let short = view.text(at - 1).len() <= 4 && view.is(at - 1, NameClass::PLACE_HEAD.or(NameClass::ORGANIZATION_TAIL));
    view.is_initial(at - 1) || short && !view.starts(at + 1)
}

fn hyphenated(view: &View<'_, '_>, from: usize, at: usize) -> bool {
    let joins = view.is_symbol(at, "-") && view.part.touches_previous(at) && view.part.touches_previous(at + 1);
    if !joins || !view.is_name_word(at + 1) {
        return false;
    }
    let place = |at: usize| world::place(view.word(at)).is_some() || is_known_organization(view.word(at));
    // "Roma-Lazio" are two names, "Jean-Pierre" and "Aix-en-Provence" are one.
    !(at - from == 1
        && place(at - 1)
        && place(at + 1)
        && !is_known_organization(&key(view, from, at + 2))
        && world::place(&key(view, from, at + 2)).is_none())
}

/// The token after the name word that small words at `at` join to the run `from..at`.
fn joined(view: &View<'_, '_>, from: usize, at: usize) -> Option<usize> {
    if !view.is_lower(at) {
        return None;
    }
    let mut next = at;
    while next < at + 3
        && view.is_lower(next)
        && view.adjoins(next)
        && view.is(next, NameClass::PARTICLE.or(NameClass::JOINING))
    {
        next += 1;
    }
    if next == at || !view.is_name_word(next) || !view.adjoins(next) || view.starts(next) {
        return None;
    }
    let given = world::is_given_name(view.word(at - 1));
    let particles = (at..next).all(|small| view.is(small, NameClass::PARTICLE));
    let foreign = (at..next).all(|small| view.is(small, NameClass::FOREIGN_PARTICLE));
    let other_place = world::place(view.word(next)).is_some();
    let whole_name =
        given && !other_place || foreign && at - from <= 2 && !other_place && world::place(view.word(at - 1)).is_none();
    let person = particles && (!view.is(from, HEADS) || given && foreign) && whole_name;
    let joins = (at..next).all(|small| view.is(small, NameClass::JOINING));
    let and = matches!(view.word(at), "e" | "and");
    let new_person = world::is_given_name(view.word(next)) && view.is_name_word(next + 1) && view.adjoins(next + 1);
    let head = view.is(from, HEADS) || view.is(at - 1, HEADS);
    let headed = joins && !and && head && !view.is(at - 1, NameClass::ROLE) && !new_person;
    let known = joins && is_known(&key(view, from, next + 1));
    let institution =
        view.word(at) == "and" && next == at + 1 && at - from <= 3 && !world::is_given_name(view.word(from)) && {
            let end = (next..next + 5).take_while(|i| view.is_name_word(*i)).last().unwrap_or(next);
            end > next && view.is(end, NameClass::ORGANIZATION_TAIL) && view.word(end).len() > 5
        };
    let known = known || institution;
    (person || headed || known).then_some(next + 1)
}

/// Whether the number at `at` is part of the name before it ("Polestar 4", "Apollo 11").
fn numbered(view: &View<'_, '_>, from: usize, at: usize) -> bool {
    let number = view.text(at);
    let short = view.part.kind(at) == Some(TokenKind::Number) && number.len() <= 3 && view.part.gap_before(at) == " ";
    if !short || at - from > 3 || view.is(from, NameClass::NO_NAME) {
        return false;
    }
    let next = at + 1;
    let unit =
        view.part.touches_previous(next) && !view.is_symbol(next, ".,;:!?)»”\"") || view.is_symbol(next, "%€$£°");
    let article = from > 0 && view.is_lower(from - 1) && view.is(from - 1, NameClass::ARTICLE) && at - from == 1;
    let noun = from > 0 && view.is(from - 1, NameClass::PRODUCT_NOUN);
    !unit && (article || noun || view.is_model(at))
}

/// Cuts the run `from..to` into names.
fn cut(view: &View<'_, '_>, from: usize, to: usize, found: &mut Vec<Mention>) {
    let mut from = from;
    let particle = from > 0 && view.is_lower(from - 1) && view.is(from - 1, NameClass::FOREIGN_PARTICLE);
    if particle && view.adjoins(from) && found.last().is_none_or(|m| m.to + 1 < from) {
        // "de Meo" without the given name.
        from -= 1;
    }
    let mut to = to;
    while to > from
        && (is_small(view, to - 1) || !view.is_name_word(to - 1) && view.part.kind(to - 1) != Some(TokenKind::Number))
    {
        to -= 1;
    }
    if from >= to {
        return;
    }
    let whole = key(view, from, to);
    let known = is_known(&whole);
    if !known {
        if let Some(split) = (from..to).find(|at| splits(view, from, *at, to)) {
            cut(view, from, split, found);
            cut(view, split + 1, to, found);
            return;
        }
        if let Some(split) = (from + 1..to).find(|at| begins_person(view, from, *at, to)) {
            cut(view, from, split, found);
            cut(view, split, to, found);
            return;
        }
        while from < to && drops(view, from, to) {
            from += 1;
            while from < to && (is_small(view, from) || view.is_symbol(from, ".-&")) {
                from += 1;
            }
        }
        while to > from
            && (to - from > 1 && view.is(to - 1, NameClass::NO_NAME) && !view.is(to - 1, TAILS)
                || is_small(view, to - 1))
        {
            to -= 1;
        }
    }
    if from >= to || view.word(from).chars().count() < 2 && to - from == 1 {
        return;
    }
    let key = key(view, from, to);
    let single = to - from == 1;
    let body = view.is(from, NameClass::ORGANIZATION_HEAD) && !view.starts(from) && !view.in_title(from);
    let nobody = single && !body && view.is(from, NameClass::NO_NAME.or(NameClass::ROLE)) && !is_known(&key);
    let alone = single && !known && view.is(from, NameClass::STARTER) && view.starts(from);
    if !nobody && !alone {
        found.push(Mention { from, to, key });
    }
}

fn is_known(key: &str) -> bool {
    is_known_organization(key) || world::place(key).is_some_and(|place| !place.common)
}

fn is_small(view: &View<'_, '_>, at: usize) -> bool {
    view.is_lower(at) && view.is(at, NameClass::PARTICLE.or(NameClass::JOINING))
}

/// Whether the word at `at` is a role that parts what is before it from what is after it ("Renault CEO Luca Rossi").
fn splits(view: &View<'_, '_>, from: usize, at: usize, to: usize) -> bool {
    let role = view.is(at, NameClass::ROLE) && !view.is_lower(at);
    if !role || view.is(to - 1, TAILS) && to - at > 1 {
        return false;
    }
    let acronym = view.text(at).len() >= 2 && view.text(at).chars().all(char::is_uppercase);
    let surname = at + 1 == to && at > from && world::is_given_name(view.word(from)) && !acronym;
    !surname && (at > from || to - from > 1)
}

/// Whether a person's name begins at `at` after the name of something else ("di Honda Toshihiro Mibe").
fn begins_person(view: &View<'_, '_>, from: usize, at: usize, to: usize) -> bool {
    if !view.is_name_word(at) || view.is(to - 1, TAILS) || world::is_given_name(view.word(from)) {
        return false;
    }
    let before = key(view, from, at);
    let after_role = from > 0 && view.is_lower(from - 1) && view.is(from - 1, NameClass::ROLE);
    if after_role && is_known(&before) {
        return true;
    }
    let place = world::place(&before).is_some_and(|p| !p.common && (p.inhabitants == 0 || p.inhabitants > 100_000));
    let after_of = from > 0 && view.is_lower(from - 1) && view.is(from - 1, NameClass::OF.or(NameClass::ARTICLE));
    let other = is_known_organization(&before) || place && after_of && !view.is(at - 1, NameClass::PLACE_HEAD);
    let of_role = after_of && from > 1 && view.is(from - 2, NameClass::ROLE) && world::is_surname(view.word(to - 1));
    to - at >= 2 && other && (of_role || world::is_given_name(view.word(at))) && !is_known(&key(view, from, to))
}

/// Whether the first word of the run `from..to` is not part of the name.
fn drops(view: &View<'_, '_>, from: usize, to: usize) -> bool {
    if view.is(from, HEADS) && to - from > 2 && is_small(view, from + 1) {
        return false;
    }
    if view.is(from, NameClass::ROLE.or(NameClass::ROLE_MODIFIER))
        && to - from > 1
        && !view.is(to - 1, TAILS)
        && !view.is(from, HEADS)
    {
        return !world::is_given_name(view.word(from));
    }
    let institution = NameClass::ORGANIZATION_HEAD.or(NameClass::ORGANIZATION_TAIL);
    let tailed =
        to - from > 1 && (view.is(to - 1, TAILS) || view.is(from + 1, institution) && view.is_name_word(from + 1));
    let person_next = to - from > 2 && world::is_given_name(view.word(from + 1));
    if view.is(from, NameClass::NO_NAME) && (person_next || !view.is(from, NameClass::PLACE_HEAD)) {
        return !tailed || person_next;
    }
    let opening = view.starts(from) && view.is(from, NameClass::STARTER) && to - from > 1;
    opening && !world::is_given_name(view.word(from))
}

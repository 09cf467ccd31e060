//! Names of persons, organizations, places, products, and of what else is written with a capital.
//!
//! Names are looked for in a whole article at once: a word's kind in one place tells its kind in another, and a short
//! form ("de Meo") stands for the full one. First [`mention`] cuts the runs of capitalised words, then [`evidence`]
//! gathers what speaks for each kind, from the words of the name, its neighbours and the tables of the world, and
//! [`register`] joins the forms of one name and decides.

mod evidence;
mod mention;
mod register;
mod view;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::part::Part;
use super::role;
use super::value::{Fact, FactKind, Modality, Name, Value};

pub(super) use mention::Mention;
pub(super) use view::View;

/// Adds the names in each of `parts`, all of one article, to what was found there, and gives the tokens of the names.
pub(super) fn find<'p, 'a>(parts: &'p [Part<'a>], found: &mut [Vec<Fact>]) -> Vec<(View<'p, 'a>, Vec<Named>)> {
    let article = view::Article::new(parts);
    let views: Vec<View<'p, 'a>> = parts.iter().map(|part| View::new(part, &article)).collect();
    let mentions: Vec<Vec<Mention>> = views.iter().map(mention::find).collect();
    let register = register::Register::new(&views, &mentions);
    let named: Vec<Vec<Named>> = mentions
        .iter()
        .map(|mentions| mentions.iter().map(|m| Named { from: m.from, to: m.to, entry: register.entry_of(m) }).collect())
        .collect();
    let mut roles: BTreeMap<usize, String> = BTreeMap::new();
    for (view, names) in views.iter().zip(&named) {
        for name in names.iter().filter(|name| register.kind(name.entry) == FactKind::Person) {
            if let Entry::Vacant(vacant) = roles.entry(name.entry)
                && let Some(role) = role::of(view, name, names)
            {
                vacant.insert(role);
            }
        }
    }
    for ((part, names), facts) in parts.iter().zip(&named).zip(found) {
        facts.retain(|fact| !counts_inside_name(fact, part, names));
        for name in names {
            let full = Name { name: register.full(name.entry).to_string(), role: roles.get(&name.entry).cloned() };
            let value = match register.kind(name.entry) {
                FactKind::Person => Value::Person(full),
                FactKind::Organization => Value::Organization(full),
                FactKind::Place => Value::Place(full),
                FactKind::Product => Value::Product(full),
                _ => Value::Entity(full),
            };
            let span = part.span(name.from, name.to);
            facts.push(Fact { value, span, modality: Modality::Stated, attribution: None });
        }
    }
    views.into_iter().zip(named).collect()
}

/// Whether `fact` is a number inside a name ("Apollo 11"), which counts nothing.
fn counts_inside_name(fact: &Fact, part: &Part<'_>, names: &[Named]) -> bool {
    let bare = matches!(fact.value.kind(), FactKind::Number | FactKind::Ordinal | FactKind::Quantity);
    let after = names.partition_point(|name| part.tokens[name.from].span.start <= fact.span.start);
    let name = after.checked_sub(1).map(|at| names[at]);
    bare && name.is_some_and(|name| fact.span.start < part.span(name.from, name.to).end)
}

/// The name of `names`, which are in order, that begins at token `at`.
pub(super) fn beginning_at(names: &[Named], at: usize) -> Option<Named> {
    names.binary_search_by_key(&at, |name| name.from).ok().map(|found| names[found])
}

/// The name of `names`, which are in order, that ends before token `at`.
pub(super) fn ending_at(names: &[Named], at: usize) -> Option<Named> {
    names.binary_search_by_key(&at, |name| name.to).ok().map(|found| names[found])
}

/// A name at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    /// The first token.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
    /// Which name of the article it is.
    pub entry: usize,
}

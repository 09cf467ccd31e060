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

use crate::text::Span;

use super::part::Part;
use super::role;
use super::value::{Fact, FactKind, Modality, Name, Value};

pub(super) use mention::Mention;
pub(super) use view::View;

/// Adds the names in each of `parts`, all of one article, to what was found there; gives the names' tokens too.
pub(super) fn find(parts: &[Part<'_>], found: &mut [Vec<Fact>]) -> Vec<Vec<Named>> {
    let article = view::Article::new(parts);
    let views: Vec<View<'_, '_>> = parts.iter().map(|part| View::new(part, &article)).collect();
    let mentions: Vec<Vec<Mention>> = views.iter().map(mention::find).collect();
    let register = register::Register::new(&views, &mentions);
    let mut named = Vec::with_capacity(parts.len());
    let mut roles: Vec<(usize, String)> = Vec::new();
    for (view, mentions) in views.iter().zip(&mentions) {
        let entries = mentions.iter().map(|mention| Named {
            from: mention.from,
            to: mention.to,
            entry: register.entry_of(mention),
        });
        let entries: Vec<Named> = entries.collect();
        for name in &entries {
            let person = register.kind(name.entry) == FactKind::Person;
            if person && !roles.iter().any(|(entry, _)| *entry == name.entry) {
                if let Some(role) = role::of(view, name, &entries) {
                    roles.push((name.entry, role));
                }
            }
        }
        named.push(entries);
    }
    for ((part, names), facts) in parts.iter().zip(&named).zip(found) {
        // A number inside a name ("Apollo 11") counts nothing.
        let inside = |fact: &Fact| {
            names.iter().any(|n| part.span(n.from, n.to).contains(Span::new(fact.span.start, fact.span.start + 1)))
        };
        facts.retain(|fact| {
            !matches!(fact.value.kind(), FactKind::Number | FactKind::Ordinal | FactKind::Quantity) || !inside(fact)
        });
        for name in names {
            let role = roles.iter().find(|(entry, _)| *entry == name.entry).map(|(_, role)| role.clone());
            let full = Name { name: register.full(name.entry).to_string(), role };
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
    named
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

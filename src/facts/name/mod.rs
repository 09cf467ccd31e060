//! Names of persons, organizations, places, products, and of what else is written with a capital.
//!
//! Names are looked for in a whole article at once: a word's kind in one place tells its kind in another, and a short
//! form ("de Meo") stands for the full one. First [`tagger`] finds where names stand and what speaks there for each
//! kind, by what [`features`] sees; then [`register`] joins the forms of one name and decides.

mod evidence;
mod features;
mod mention;
mod register;
pub mod tagger;
mod view;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::part::Part;
use super::role;
use super::value::{Fact, FactKind, Modality, Name, Value};
use crate::text::{TokenKind, unescaped};

pub(super) use mention::Mention;
pub(super) use view::View;

/// Adds the names in each of `parts`, all of one article, to what was found there, and gives the tokens of the names.
pub(super) fn find<'p, 'a>(parts: &'p [Part<'a>], found: &mut [Vec<Fact>]) -> Vec<(View<'p, 'a>, Vec<Named>)> {
    let article = view::Article::new(parts);
    let views: Vec<View<'p, 'a>> = parts.iter().map(|part| View::new(part, &article)).collect();
    let mentions: Vec<Vec<Mention>> = views
        .iter()
        .zip(&*found)
        .map(|(view, facts)| tagger::find(view).into_iter().filter(|m| !is_value(m, view.part, facts)).collect())
        .collect();
    let register = register::Register::new(&views, &mentions);
    let named: Vec<Vec<Named>> = mentions
        .iter()
        .map(|mentions| {
            mentions.iter().map(|m| Named { from: m.from, to: m.to, entry: register.entry_of(m) }).collect()
        })
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
            let role = roles.get(&name.entry).map(|role| unescaped(role).into_owned());
            let full = Name { name: unescaped(register.full(name.entry)).into_owned(), role };
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

/// Whether what is taken for a name is a date, an amount or its unit ("Q3 2024", "40 Km", "MWh").
fn is_value(mention: &Mention, part: &Part<'_>, facts: &[Fact]) -> bool {
    let span = part.span(mention.from, mention.to);
    let is_counted = part.kind(mention.from) == Some(TokenKind::Number);
    facts.iter().any(|fact| match &fact.value {
        Value::Date(_) | Value::Duration { .. } | Value::Money { .. } | Value::Percent(_) => fact.span.contains(span),
        Value::Quantity { unit, .. } if fact.span.contains(span) && unit == span.of(part.text) => true,
        _ => is_counted && fact.span == span,
    })
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

#[cfg(test)]
mod tests {
    use crate::facts::{FactKind, Value, find};
    use crate::language::Language;

    /// Checks the names in `text`: each as its words, its kind, its full name and its role.
    fn check(language: Language, text: &str, expected: &[(&str, FactKind, &str, Option<&str>)]) {
        let facts = find(text, language, None);
        let names: Vec<_> = facts
            .iter()
            .filter_map(|fact| {
                let name = fact.value.name()?;
                Some((fact.span.of(text), fact.value.kind(), name.name.as_str(), name.role.as_deref()))
            })
            .collect();
        assert_eq!(names, expected, "{text}");
    }

    #[test]
    fn italian_names() {
        use FactKind::*;
        let check = |text, expected: &[_]| check(Language::It, text, expected);
        check(
            "La ricercatrice Giulia Moretti lavora a Trieste. Secondo Moretti il vaccino è pronto.",
            &[
                ("Giulia Moretti", Person, "Giulia Moretti", Some("ricercatrice")),
                ("Trieste", Place, "Trieste", None),
                ("Moretti", Person, "Giulia Moretti", Some("ricercatrice")),
            ],
        );
        check(
            "Il Ministero dell'Interno ha scelto Paolo Neri, prefetto di Cuneo.",
            &[
                ("Ministero dell'Interno", Organization, "Ministero dell'Interno", None),
                ("Paolo Neri", Person, "Paolo Neri", Some("prefetto di Cuneo")),
                ("Cuneo", Place, "Cuneo", None),
            ],
        );
        check(
            "Inoltre il presidente di Toyota Akio Tanaka ha parlato.",
            &[
                ("Toyota", Organization, "Toyota", None),
                ("Akio Tanaka", Person, "Akio Tanaka", Some("presidente di Toyota")),
            ],
        );
        check(
            "Ieri il direttore del Gruppo Toyota, Akio Tanaka, ha parlato.",
            &[
                ("Gruppo Toyota", Organization, "Gruppo Toyota", None),
                ("Akio Tanaka", Person, "Akio Tanaka", Some("direttore del Gruppo Toyota")),
            ],
        );
        check(
            "Il via libera della National Energy and Climate Commission è arrivato.",
            &[("National Energy and Climate Commission", Organization, "National Energy and Climate Commission", None)],
        );
        check("Nessuno sapeva che il ponte fosse chiuso. Domani piove.", &[]);
        check(
            "La sonda Orione 7 è partita dal Kazakistan.",
            &[("Orione 7", Product, "Orione 7", None), ("Kazakistan", Place, "Kazakistan", None)],
        );
        check(
            "Ha vinto la Banca Agricola Umbra (Bau).",
            &[
                ("Banca Agricola Umbra", Organization, "Banca Agricola Umbra", None),
                ("Bau", Organization, "Banca Agricola Umbra", None),
            ],
        );
    }

    #[test]
    fn english_names() {
        use FactKind::*;
        let check = |text, expected: &[_]| check(Language::En, text, expected);
        check(
            "Researcher Mary Jones works in Leeds. Jones won an award.",
            &[
                ("Mary Jones", Person, "Mary Jones", Some("Researcher")),
                ("Leeds", Place, "Leeds", None),
                ("Jones", Person, "Mary Jones", Some("Researcher")),
            ],
        );
        check(
            "The Bank of Oregon hired Paul Brown, director of the Danish Polar Institute.",
            &[
                ("Bank of Oregon", Organization, "Bank of Oregon", None),
                ("Paul Brown", Person, "Paul Brown", Some("director of the Danish Polar Institute")),
                ("Danish Polar Institute", Organization, "Danish Polar Institute", None),
            ],
        );
        check("However, nobody knew that the bridge was closed. On Monday it rained.", &[]);
        check(
            "Toyota CEO Akio Tanaka flew to Japan.",
            &[
                ("Toyota", Organization, "Toyota", None),
                ("Akio Tanaka", Person, "Akio Tanaka", Some("Toyota CEO")),
                ("Japan", Place, "Japan", None),
            ],
        );
    }

    /// Checks what is said of the names in `text`: definitions, lists and quotations.
    fn check_said(language: Language, text: &str, expected: &[Value]) {
        let facts = find(text, language, None);
        let said = |v: &Value| matches!(v.kind(), FactKind::Definition | FactKind::List | FactKind::Quotation);
        let found: Vec<Value> = facts.into_iter().map(|fact| fact.value).filter(said).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn definitions_lists_and_quotations() {
        let definition = |name: &str, text: &str| Value::Definition { name: name.into(), text: text.into() };
        let list = |items: &[&str]| Value::List { items: items.iter().map(|item| item.to_string()).collect() };
        let quotation = |speaker: Option<&str>, text: &str| Value::Quotation {
            speaker: speaker.map(str::to_string),
            text: text.into(),
        };
        let (it, en) = (Language::It, Language::En);
        check_said(
            it,
            "L'Enea, l'ente italiano per l'energia, ha tre sedi.",
            &[definition("Enea", "l'ente italiano per l'energia")],
        );
        check_said(
            it,
            "Il neutrino è una particella senza carica.",
            &[definition("neutrino", "una particella senza carica")],
        );
        check_said(
            en,
            "A neutrino is a particle without charge.",
            &[definition("neutrino", "a particle without charge")],
        );
        check_said(
            it,
            "La gara tocca Genova, Savona, Imperia e Nizza.",
            &[list(&["Genova", "Savona", "Imperia", "Nizza"])],
        );
        check_said(en, "They sell apples, pears, plums and grapes.", &[list(&["apples", "pears", "plums", "grapes"])]);
        check_said(
            it,
            "«Il ponte sarà chiuso per mesi», ha detto Carla Rossi.",
            &[quotation(Some("Carla Rossi"), "Il ponte sarà chiuso per mesi")],
        );
        check_said(
            en,
            "“The bridge will stay closed,” said Carla Rossi.",
            &[quotation(Some("Carla Rossi"), "The bridge will stay closed")],
        );
        check_said(
            it,
            "Carla Rossi ha spiegato: “Non abbiamo fondi per il ponte”.",
            &[quotation(Some("Carla Rossi"), "Non abbiamo fondi per il ponte")],
        );
        check_said(it, "Si chiama “Notte di luna” e dura poco.", &[]);
    }

    #[test]
    fn any_text_is_read_without_harm() {
        let odd = [
            "",
            "D'",
            "L'",
            "«",
            "\"\"\"",
            "A. B. C.",
            "’s",
            "De de De",
            "Xé\u{301} & É",
            "(NDRC)",
            "Dr.",
            "X, la Y, il Z e W",
            "«A» «",
            "è un",
            "é il",
            "1 Polestar 4",
            "La Banca Etica Umbra (ÉBU) ha aperto ieri.",
            "1e308 mld di euro e 1e308 miliardi di miliardi",
        ];
        for text in odd {
            for language in Language::ALL {
                for fact in find(text, language, None) {
                    assert!(!fact.span.of(text).is_empty(), "{text}");
                    let value = serde_json::to_string(&fact.value).expect("a value can be written");
                    assert!(serde_json::from_str::<Value>(&value).is_ok(), "{text}: {value}");
                }
            }
        }
    }
}

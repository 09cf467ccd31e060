//! What a text calls a person: "Luca Rossi, direttore della rivista", "Honda's president, Toshihiro Mibe".

use crate::language::names::NameClass;
use crate::text::TokenKind;

use super::name::{Named, View, beginning_at, ending_at};

/// The role that the words beside `name` give it. `names` are all names of the part.
pub(super) fn of(view: &View<'_, '_>, name: &Named, names: &[Named]) -> Option<String> {
    after(view, name, names).or_else(|| before(view, name, names))
}

fn after(view: &View<'_, '_>, name: &Named, names: &[Named]) -> Option<String> {
    let mut from = name.to;
    if view.is_symbol(from, "(") {
        // A remark in parentheses may stand between.
        from = (from + 1..(from + 8).min(view.part.len())).find(|at| view.is_symbol(*at, ")"))? + 1;
    }
    if view.is_symbol(from, ",") {
        from += 1;
    } else if !view.is(from, NameClass::ROLE) || view.part.gap_before(from).contains('\n') {
        return None;
    }
    while view.is(from, NameClass::ARTICLE) {
        from += 1;
    }
    let role = (from..from + 4).find(|at| !view.is(*at, NameClass::ROLE_MODIFIER) || view.is(*at, NameClass::ROLE))?;
    if !view.is(role, NameClass::ROLE) || view.part.kind(role) != Some(TokenKind::Word) {
        return None;
    }
    written(view, from, phrase_end(view, role + 1, names))
}

fn before(view: &View<'_, '_>, name: &Named, names: &[Named]) -> Option<String> {
    let mut to = name.from;
    if to > 0 && view.is_symbol(to - 1, ",.") && to > 1 && view.is(to - 2, NameClass::ROLE) {
        to -= 1;
    }
    // "Il direttore della rivista, Luca Rossi, …": the name stands between commas.
    let apposed = to == name.from && to > 1 && view.is_symbol(to - 1, ",") && view.is_symbol(name.to, ",");
    to -= usize::from(apposed);
    let lowest = to.saturating_sub(12);
    let role = (lowest..to)
        .rev()
        .take_while(|at| !view.is_symbol(*at, ".,;:()«»“”\""))
        .find(|at| view.is(*at, NameClass::ROLE))?;
    let end = phrase_end(view, role + 1, names);
    if role + 1 != to && end < to {
        return None;
    }
    let mut from = role;
    while from > lowest
        && view.is(from - 1, NameClass::ROLE.or(NameClass::ROLE_MODIFIER))
        && view.part.kind(from - 1) == Some(TokenKind::Word)
    {
        from -= 1;
    }
    let introduced = from > 0 && view.is(from - 1, NameClass::ARTICLE) && !(from > 1 && view.is_symbol(from - 2, ","));
    if apposed && !introduced {
        return None;
    }
    // "Renault CEO", "Honda's president".
    let genitive = from > 0 && matches!(view.word(from - 1), "'s");
    let owner = ending_at(names, from - usize::from(genitive)).filter(|n| n != name);
    let from = owner
        .filter(|_| from > 0 && (genitive || view.part.language == crate::language::Language::En))
        .map_or(from, |n| n.from);
    written(view, from, to)
}

/// Where a role's words end that go on at `from`: "di", "of" and what they join.
fn phrase_end(view: &View<'_, '_>, from: usize, names: &[Named]) -> usize {
    let mut end = from;
    let mut at = from;
    while at < view.part.len() && at < from + 14 {
        if let Some(name) = beginning_at(names, at) {
            let joined = at > 0
                && (view.is(at - 1, NameClass::OF.or(NameClass::ARTICLE))
                    || view.part.kind(at - 1) == Some(TokenKind::Word) && view.is_lower(at - 1));
            if !joined {
                break;
            }
            (at, end) = (name.to, name.to);
            continue;
        }
        let small = view.is(at, NameClass::OF.or(NameClass::ARTICLE))
            || matches!(view.word(at), "e" | "and" | "ed" | "&" | "per");
        let noun = view.part.kind(at) == Some(TokenKind::Word) && !crate::language::is_function_word(view.word(at));
        let goes_on = small
            || view.is(at, NameClass::ROLE.or(NameClass::ROLE_MODIFIER))
            || noun
                && at > 0
                && (end == at && view.is_lower(at) && at == from
                    || view.is(at - 1, NameClass::OF.or(NameClass::ARTICLE))
                    || matches!(view.word(at - 1), "e" | "and"));
        if !goes_on {
            break;
        }
        at += 1;
        if !small {
            end = at;
        }
    }
    end
}

fn written(view: &View<'_, '_>, from: usize, to: usize) -> Option<String> {
    let mut from = from;
    while from < to && view.is(from, NameClass::ARTICLE) {
        from += 1;
    }
    let words = (from < to).then(|| view.part.span(from, to).of(view.part.text))?;
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

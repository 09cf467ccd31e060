//! Whether a sentence speaks of the past or of the future, which tells "martedì" from "martedì".

use super::super::part::Part;
use super::when::Tense;
use super::words::is_end;
use crate::language::DateTables;

/// How many words on either side are looked at.
const REACH: usize = 14;

/// The tense of the words about the tokens `from` to `to`, the nearest sign before them first.
pub(super) fn tense_at(part: &Part<'_>, tables: &DateTables, from: usize, to: usize) -> Tense {
    // Nothing but a date, as in a question's answer or a heading, means the next one.
    if from == 0 && is_end(part, to) {
        return Tense::Future;
    }
    let ends = |at: usize| matches!(part.word(at), "." | "!" | "?" | ";");
    let before = (from.saturating_sub(REACH)..from).rev().take_while(|at| !ends(*at));
    let after = (to..part.len().min(to + REACH)).take_while(|at| !ends(*at));
    before
        .chain(after)
        .map(|at| sign(tables, part.word(at), part.word(at + 1)))
        .find(|t| *t != Tense::Unknown)
        .unwrap_or(Tense::Unknown)
}

/// What `word` tells, or it and the `next` one.
fn sign(tables: &DateTables, word: &str, next: &str) -> Tense {
    let ends = |endings: &[String]| word.len() > 4 && endings.iter().any(|ending| word.ends_with(ending.as_str()));
    let signs = &tables.tense;
    let both = |phrase: &str| phrase.split_once(' ') == Some((word, next));
    if signs.future.iter().any(|w| w == word || both(w)) {
        Tense::Future
    } else if signs.past.iter().any(|w| w == word) {
        Tense::Past
    } else if ends(&signs.future_endings) {
        Tense::Future
    } else if ends(&signs.past_endings) {
        Tense::Past
    } else {
        Tense::Unknown
    }
}

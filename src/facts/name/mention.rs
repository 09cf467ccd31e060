//! A name at its place.

use super::evidence::Evidence;
use super::view::View;

/// A run of tokens that is taken for a name.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::facts) struct Mention {
    /// The first token.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
    /// The name, folded, its words with one space between them.
    pub key: String,
    /// What speaks here for each kind of name.
    pub evidence: Evidence,
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

//! What a question asks: its language, its intent, the kind of answer that it expects, whom and what it is about.

mod types;

use jiff::civil::Date;

use crate::language::Language;

pub use types::*;

/// What is known beside the words of a question.
pub struct Context<'a> {
    /// The day that the question's own "quest'anno" is counted from.
    pub today: Date,
    /// The words and names of the corpus.
    pub vocabulary: &'a dyn Vocabulary,
}

/// The words and names of a corpus, for repairing typing errors and for knowing which names it knows.
pub trait Vocabulary {
    /// How many passages there are.
    fn passages(&self) -> usize;
    /// How many passages hold this word, in its folded form (`text::fold`).
    fn frequency(&self, word: &str) -> usize;
    /// The known words within `distance` edits (1 or 2) of this folded word, the most frequent first.
    fn similar(&self, word: &str, distance: u8) -> Vec<String>;
    /// The corpus' name that is equal to `name` when both are folded, as most articles write it.
    fn name(&self, name: &str) -> Option<String>;
}

/// Understands `text`; two questions in one give two parts. There is always at least one.
///
/// `language` overrides what the words say.
pub fn analyse(text: &str, language: Option<Language>, context: &Context<'_>) -> Vec<Question> {
    let _ = (text, language, context);
    todo!()
}

/// Writes a follow-up ("e quanto ha investito?", "and when?") out in full with what `previous` was about;
/// `None` if `text` stands on its own.
pub fn follow_up(text: &str, previous: &Question, context: &Context<'_>) -> Option<String> {
    let _ = (text, previous, context);
    None
}

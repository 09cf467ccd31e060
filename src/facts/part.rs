//! A stretch of text as the finders of facts see it: cut into tokens once, for all of them.

use jiff::civil::Date;

use crate::language::{Atom, Form, Language, NumberWords};
use crate::text::{Span, Token, TokenKind, fold, tokens};

/// One part of an article. All offsets are bytes of the part's own text.
pub(crate) struct Part<'a> {
    /// The part's text.
    pub text: &'a str,
    /// Its tokens, in order.
    pub tokens: Vec<Token<'a>>,
    /// Where the part begins in the article's text.
    pub base: usize,
    /// The language it is written in.
    pub language: Language,
    /// The day that "domani" is counted from.
    pub reference: Option<Date>,
    folded: Vec<String>,
    numerals: Vec<Option<(Vec<Atom>, Form)>>,
}

impl<'a> Part<'a> {
    /// The bytes `span` of an article's `text`.
    pub fn new(text: &'a str, span: Span, language: Language, reference: Option<Date>) -> Self {
        let text = span.of(text);
        let tokens = tokens(text);
        let folded: Vec<String> = tokens.iter().map(|t| fold(t.text)).collect();
        let words = NumberWords::of(language);
        let numeral = |(token, word): (&Token<'_>, &String)| {
            token.is_word().then(|| words.atoms(word.trim_end_matches('\''))).flatten()
        };
        let numerals = tokens.iter().zip(&folded).map(numeral).collect();
        Self { text, tokens, base: span.start, language, reference, folded, numerals }
    }

    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Token `at` in lower case and without accents; empty past the end.
    pub fn word(&self, at: usize) -> &str {
        self.folded.get(at).map_or("", String::as_str)
    }

    /// The pieces of the number word at token `at`, cardinal or ordinal, if it is one.
    pub fn numeral(&self, at: usize) -> Option<(&[Atom], Form)> {
        self.numerals.get(at)?.as_ref().map(|(atoms, form)| (atoms.as_slice(), *form))
    }

    /// The kind of token `at`, or `None` past the end.
    pub fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|t| t.kind)
    }

    /// Whether no white space stands before token `at`; false for the first token and past the end.
    pub fn touches_previous(&self, at: usize) -> bool {
        at > 0 && at < self.len() && self.tokens[at - 1].span.end == self.tokens[at].span.start
    }

    /// The words between the end of token `at - 1` and the start of token `at`: white space or nothing.
    pub fn gap_before(&self, at: usize) -> &'a str {
        match (at.checked_sub(1).and_then(|p| self.tokens.get(p)), self.tokens.get(at)) {
            (Some(previous), Some(token)) => &self.text[previous.span.end..token.span.start],
            _ => "",
        }
    }

    /// The bytes from token `from` up to and without token `to`; the two are in range and not equal.
    pub fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.tokens[from].span.start, self.tokens[to - 1].span.end)
    }

    /// Whether the folded tokens from `at` on are `words`.
    pub fn has_words<'w>(&self, at: usize, words: impl IntoIterator<Item = &'w str>) -> bool {
        (at..).zip(words).all(|(at, word)| at < self.len() && self.word(at) == word)
    }
}

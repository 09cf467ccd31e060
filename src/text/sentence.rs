//! Where sentences begin and end.
//!
//! A mark ends a sentence when what follows can begin one. Abbreviations are told apart by what may follow them; a
//! quotation or a parenthesis is not cut, so that a speaker stays with the words; numbered items in a running text
//! are sentences of their own. The cases are those of the "golden rules" of Pragmatic Segmenter, in two languages.

use std::collections::HashSet;

use super::enclosed::enclosed;
use super::{Span, Unescaped};

/// How far, in bytes, to either side of a stop an address is looked for, and how many characters a word with stops has.
const LONGEST_ADDRESS: usize = 200;
const LONGEST_WORD: usize = 60;

/// The words of a language that matter where a full stop stands. All are in lower case, abbreviations without their
/// last stop (`s.p.a`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Abbreviations {
    /// A name follows, so that the stop never ends a sentence (`sig`, `mr`).
    pub before_names: HashSet<String>,
    /// The stop does not end a sentence when a number follows (`n`, `vol`).
    pub before_numbers: HashSet<String>,
    /// The stop ends a sentence only before one of `openers` (`inc`, `mld`).
    pub anywhere: HashSet<String>,
    /// The stop ends a sentence whenever a capital follows (`ecc`, `a.m`).
    pub at_ends: HashSet<String>,
    /// Words that, written with a capital, usually begin a sentence (`il`, `however`).
    pub openers: HashSet<String>,
}

/// The sentences of `text`, in order, without the white space between them.
pub fn sentences(text: &str, abbreviations: &Abbreviations) -> Vec<Span> {
    let read = Unescaped::new(text);
    let found = split(&read.text, abbreviations);
    found.into_iter().map(|span| Span::new(read.original(span.start), read.original(span.end))).collect()
}

fn split(text: &str, abbreviations: &Abbreviations) -> Vec<Span> {
    let mut splitter = Splitter { text, abbreviations, start: 0, item: None, found: Vec::new() };
    let enclosed = enclosed(text);
    let mut inside = enclosed.iter().copied().peekable();
    let mut at = 0;
    while at < text.len() {
        let Some(c) = text[at..].chars().next() else { break };
        let next = at + c.len_utf8();
        while inside.next_if(|span| span.end <= at).is_some() {}
        if c == '\n' {
            if splitter.line_ends(at) {
                splitter.cut(next);
            }
            at = next;
        } else if is_terminal(c) {
            let end = splitter.end_of_marks(at);
            let cut = inside.clone().all(|span| end <= span.start || span.end <= end || span.start == at);
            if cut && splitter.ends(at, end) {
                splitter.cut(end);
            }
            at = end;
        } else if c.is_ascii_alphanumeric() || matches!(c, '(' | '•') {
            at = splitter.item_or_word(at);
        } else {
            at = next;
        }
    }
    splitter.cut(text.len());
    splitter.found
}

/// The number or letter before an item of an enumeration, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Marker {
    value: u32,
    numeric: bool,
    opened: bool,
    close: char,
}

struct Splitter<'a> {
    text: &'a str,
    abbreviations: &'a Abbreviations,
    /// Where the current sentence begins.
    start: usize,
    /// The last item of the current enumeration.
    item: Option<Marker>,
    found: Vec<Span>,
}

impl Splitter<'_> {
    fn cut(&mut self, end: usize) {
        let sentence = Span::new(self.start, end).trimmed(self.text);
        if !sentence.is_empty() {
            self.found.push(sentence);
        }
        self.start = end;
    }

    /// Whether nothing but white space and bullets stands between the sentence's beginning and `at`.
    fn opens_at(&self, at: usize) -> bool {
        self.text[self.start..at].chars().all(|c| c.is_whitespace() || is_opening(c))
    }

    /// Passes over a word, after cutting before it if it is the next item of an enumeration.
    fn item_or_word(&mut self, at: usize) -> usize {
        let word_end = at + self.text[at..].find(|c: char| !c.is_alphanumeric()).unwrap_or(self.text.len() - at);
        let next = word_end.max(at + self.text[at..].chars().next().map_or(1, char::len_utf8));
        if self.text[..at].chars().next_back().is_some_and(|c| !c.is_whitespace()) {
            return next;
        }
        let Some((marker, end)) = marker(&self.text[at..]) else { return next };
        let follows = self.item.is_some_and(|item| Marker { value: item.value + 1, ..item } == marker);
        if self.opens_at(at) {
            self.item = Some(marker);
        } else if follows {
            self.item = Some(marker);
            self.cut(at);
        } else {
            return next;
        }
        at + end
    }

    /// The end of the marks that begin at `at`, with the closing quotes and brackets and the number of a note after
    /// them.
    fn end_of_marks(&self, at: usize) -> usize {
        let marks = self.text[at..].find(|c| !is_terminal(c)).unwrap_or(self.text.len() - at);
        let mut end = at + marks;
        end += self.text[end..].find(|c| !is_closing(c)).unwrap_or(self.text.len() - end);
        let rest = &self.text[end..];
        if let Some((reference, _)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            if (1..4).contains(&reference.len()) && reference.bytes().all(|b| b.is_ascii_digit()) {
                end += reference.len() + 2;
            }
        } else if !self.text[..at].ends_with(|c: char| c.is_ascii_digit()) {
            let note = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let after = &rest[note..];
            if (1..3).contains(&note) && after.trim_start().starts_with(char::is_uppercase) && after.starts_with(' ') {
                end += note;
            }
        }
        end
    }

    /// Whether the marks from `at` to `end` end a sentence.
    fn ends(&self, at: usize, end: usize) -> bool {
        let rest = &self.text[end..];
        let before = self.text[..at].chars().next_back();
        if rest.is_empty() || before.is_none_or(char::is_whitespace) {
            return rest.is_empty();
        }
        let word = self.word_before(at);
        if !rest.starts_with(char::is_whitespace) {
            return self.glued(word, at, end);
        }
        let gap = rest.len() - rest.trim_start().len();
        if rest[..gap].bytes().filter(|b| *b == b'\n').count() > 1 {
            return true;
        }
        if is_trailing_reference(rest.trim_start()) {
            return false;
        }
        let following = rest.trim_start().trim_start_matches(is_opening).trim_start();
        let Some(first) = following.chars().next() else { return true };
        if first.is_lowercase() || matches!(first, ',' | ';' | ':' | ')' | ']' | '.' | '?' | '!' | '…') {
            return false;
        }
        let single_stop = self.text[at..end].starts_with('.') && !self.text[at + 1..end].contains(is_terminal);
        !single_stop || self.stop_ends(word, at, end, following)
    }

    /// Whether a single full stop after `word` ends the sentence, when `following` could begin one.
    fn stop_ends(&self, word: &str, at: usize, end: usize, following: &str) -> bool {
        let lower = word.to_lowercase();
        let next = following.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let opener =
            || next.starts_with(char::is_uppercase) && self.abbreviations.openers.contains(&next.to_lowercase());
        let opens = self.opens_at(at - word.len());
        let closed = end > at + 1;
        if self.abbreviations.before_names.contains(&lower) {
            false
        } else if self.abbreviations.before_numbers.contains(&lower) && (is_number(next) || is_initial(word)) {
            !is_number(next) && opener()
        } else if self.abbreviations.at_ends.contains(&lower) {
            true
        } else if self.abbreviations.anywhere.contains(&lower) || is_acronym(word) {
            closed || opener()
        } else if is_initial(word) {
            !opens && opener()
        } else {
            // A number or a letter that stands alone before its stop counts an item.
            !(opens && (word.len() < 3 && word.bytes().all(|b| b.is_ascii_digit()) || word.chars().count() == 1))
        }
    }

    /// Whether the sentence ends although no space follows ("…finito.Domani…"): a small letter or a digit before, a
    /// word with a capital after, and nothing that looks like an address.
    fn glued(&self, word: &str, at: usize, end: usize) -> bool {
        let (from, to) = (at.saturating_sub(LONGEST_ADDRESS), (at + LONGEST_ADDRESS).min(self.text.len()));
        let near = self.text.floor_char_boundary(from)..self.text.floor_char_boundary(to);
        let before = self.text[near.start..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        let chunk = self.text[at - before.len()..near.end].split(char::is_whitespace).next().unwrap_or_default();
        if chunk.contains("://") || chunk.starts_with("www.") || chunk.contains(['@', '/', '_']) {
            return false;
        }
        let rest = &self.text[end..];
        let mut next = rest.trim_start_matches(is_opening).chars();
        let capital = next.next().is_some_and(char::is_uppercase)
            && next.next().is_some_and(|c| c.is_lowercase() || c.is_whitespace());
        let lower = word.to_lowercase();
        let known = self.abbreviations.before_names.contains(&lower) || self.abbreviations.anywhere.contains(&lower);
        let sound = word.chars().count() > 1 && word.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        capital && !known && (sound || end > at + 1)
    }

    /// The word before the stop at `at`, with the stops inside it (`S.p.A`).
    fn word_before(&self, at: usize) -> &str {
        let start = self.text[self.start..at]
            .char_indices()
            .rev()
            .take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '.' | '&' | '-'))
            .take(LONGEST_WORD)
            .last()
            .map_or(at, |(i, _)| self.start + i);
        &self.text[start..at]
    }

    /// Whether the line break at `at` ends a sentence that has no mark at its end: a headline, an item, a cell. It
    /// does not where the text is broken into lines of one width.
    fn line_ends(&self, at: usize) -> bool {
        let before = self.text[self.start..at].trim_end();
        let rest = &self.text[at + 1..];
        let next = rest.split('\n').next().unwrap_or_default();
        if before.is_empty() || next.trim().is_empty() || marker(next.trim_start()).is_some() {
            return true;
        }
        if next.trim_start().starts_with(['•', '*', '-', '–', '|', '#', '>']) {
            return true;
        }
        if before.ends_with(is_terminal) {
            let stop = self.start + self.text[self.start..at].trim_end().len() - 1;
            return !before.ends_with('.') || !self.leads_on(self.word_before(stop));
        }
        if next.trim_start().starts_with(|c: char| c.is_lowercase() || c == '(') {
            return false;
        }
        let line = self.text[..at].rsplit('\n').next().unwrap_or_default();
        let (width, next_width) = (line.trim_end().chars().count(), next.trim_end().chars().count());
        !((50..=100).contains(&width) && next_width <= width + 15)
    }

    /// Whether a word with a stop always has something after it: a title its name.
    fn leads_on(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        self.abbreviations.before_names.contains(&lower) || self.abbreviations.before_numbers.contains(&lower)
    }
}

/// The marker that `text` begins with (`1.`, `b)`, `(c)`), perhaps after a bullet, and its length in bytes.
fn marker(text: &str) -> Option<(Marker, usize)> {
    let label = text.trim_start_matches(['•', ' ']);
    let opened = label.starts_with('(');
    let label = label.strip_prefix('(').unwrap_or(label);
    let length = label.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (word, rest) = label.split_at(length);
    let close = rest.chars().next().filter(|c| matches!(c, '.' | ')'))?;
    let after = rest[1..].strip_prefix(')').unwrap_or(&rest[1..]);
    let numeric = word.bytes().all(|b| b.is_ascii_digit());
    let value = match (word.as_bytes(), numeric) {
        (_, true) if length < 3 => word.parse().ok()?,
        ([letter], false) if close == ')' || letter.is_ascii_lowercase() => u32::from(*letter),
        _ => return None,
    };
    let spaced = after.starts_with(char::is_whitespace) && (!opened || close == ')');
    spaced.then_some((Marker { value, numeric, opened, close }, text.len() - after.len()))
}

/// Whether the text begins with a parenthesis that the stop of the sentence before comes after: `(Rossi 1999).`
fn is_trailing_reference(text: &str) -> bool {
    let Some((inside, after)) = text.strip_prefix('(').and_then(|rest| rest.split_once(')')) else { return false };
    !inside.contains('\n') && !inside.ends_with(is_terminal) && after.starts_with(is_terminal)
}

fn is_terminal(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '．' | '。' | '！' | '？')
}

/// What may stand between a mark and the end of its sentence.
fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '»' | '\'' | ')' | ']' | '“' | '*' | '_')
}

/// What may stand before the first word of a sentence.
fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '„'
            | '«'
            | '‘'
            | '\''
            | '('
            | '['
            | '–'
            | '—'
            | '-'
            | '¿'
            | '¡'
            | '*'
            | '_'
            | '•'
            | '»'
            | '”'
    )
}

/// A capital letter that stands for a name.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// Single letters with stops between them (`U.S`, `L.F`).
fn is_acronym(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1)
}

/// Digits or a Roman numeral.
fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        || word.len() > 1 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
}

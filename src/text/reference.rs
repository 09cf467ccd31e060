//! What stands for a character in scraped text: HTML's character references (`&agrave;`, `&#8217;`) and the pieces of one
//! that was read in the wrong encoding (`mojibake.rs`). Each is read as its character and keeps its own bytes.

use std::borrow::Cow;

use html_escape::decode_html_entities;

use super::{Span, mojibake};

/// A longer name is none (the longest known one has 33 bytes with its marks).
const LONGEST: usize = 33;

/// The first character of `text` and the bytes that it takes, all of a reference's if it begins with one.
pub fn first(text: &str) -> Option<(char, usize)> {
    let c = text.chars().next()?;
    Some(reference(text).unwrap_or((c, c.len_utf8())))
}

/// Whether a reference may begin with `c`.
pub fn may_begin(c: char) -> bool {
    c == '&' || mojibake::is_first(c)
}

/// The character that `text` begins with a reference to, and the reference's length in bytes.
fn reference(text: &str) -> Option<(char, usize)> {
    if !text.starts_with('&') {
        return mojibake::first(text);
    }
    let length = 1 + text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let read = decode_html_entities(&text[..length]);
    let mut chars = read.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Some((c, length)),
        _ => None,
    }
}

/// The text with each reference to a character replaced by the character.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if text.contains(may_begin) { Unescaped::new(text).text } else { Cow::Borrowed(text) }
}

/// A text without references, and where its bytes stand in the original.
pub struct Unescaped<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// The references, in order.
    references: Vec<Reference>,
}

/// A reference in a text.
struct Reference {
    /// The end of its character in the text without references.
    end: usize,
    /// Its bytes in the original.
    original: Span,
}

impl<'a> Unescaped<'a> {
    /// The text of `original`.
    pub fn new(original: &'a str) -> Self {
        let (mut text, mut references, mut at) = (String::new(), Vec::new(), 0);
        for (start, _) in original.match_indices(may_begin) {
            let Some((c, length)) = reference(&original[start..]).filter(|_| start >= at) else { continue };
            text.push_str(&original[at..start]);
            text.push(c);
            at = start + length;
            references.push(Reference { end: text.len(), original: Span::new(start, at) });
        }
        if references.is_empty() {
            return Self { text: Cow::Borrowed(original), references };
        }
        text.push_str(&original[at..]);
        Self { text: Cow::Owned(text), references }
    }

    /// The byte of the original at which byte `at` of the text stands, on a character's boundary.
    pub fn original(&self, at: usize) -> usize {
        let before = self.references.partition_point(|reference| reference.end <= at);
        let last = before.checked_sub(1).map(|last| &self.references[last]);
        last.map_or(at, |last| last.original.end + at - last.end)
    }

    /// The byte of the text at which byte `at` of the original stands; within a reference, that after its character.
    pub fn place(&self, at: usize) -> usize {
        let before = self.references.partition_point(|reference| reference.original.end <= at);
        match self.references.get(before) {
            Some(inside) if inside.original.start < at => inside.end,
            _ => {
                let last = before.checked_sub(1).map(|last| &self.references[last]);
                last.map_or(at, |last| last.end + at - last.original.end)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_one_character() {
        assert_eq!(first("&agrave; te"), Some(('à', 8)));
        assert_eq!(first("&#8217;s"), Some(('’', 7)));
        assert_eq!(first("&#x27;"), Some(('\'', 6)));
        assert_eq!(first("& sons; others"), Some(('&', 1)));
        assert_eq!(first("&nothing;"), Some(('&', 1)));
        assert_eq!(first(""), None);
    }

    #[test]
    fn bytes_are_found_again_on_either_side() {
        let original = "La citt&agrave; pi&ugrave; alta &";
        let read = Unescaped::new(original);
        assert_eq!(read.text, "La città più alta &");
        for (word, there) in
            [("La", "La"), ("città", "citt&agrave;"), ("più", "pi&ugrave;"), ("alta", "alta"), ("&", "&")]
        {
            let start = if word == "&" { read.text.len() - 1 } else { read.text.find(word).unwrap() };
            let (from, to) = (read.original(start), read.original(start + word.len()));
            assert_eq!(&original[from..to], there);
            assert_eq!((read.place(from), read.place(to)), (start, start + word.len()));
        }
        assert_eq!(Unescaped::new("&agrave; te").place(1), "à".len());
        let original = "La cittÃ  Ã¨ lâ€™Aquila";
        let read = Unescaped::new(original);
        assert_eq!(read.text, "La città  è l’Aquila");
        let start = read.text.find("Aquila").unwrap();
        assert_eq!(&original[read.original(start)..], "Aquila");
    }
}

//! Words, numbers and symbols with their places.
//!
//! One tokenizer serves questions and articles in both languages. Elided Italian articles and prepositions are
//! words of their own (`dell’` + `auto`), so is the English genitive (`Honda` + `’s`); contractions (`don't`) and
//! dotted abbreviations (`S.p.A.`) stay whole; a hyphen separates. What stands for a character (`reference.rs`) is read as
//! it.

use super::reference::{first, may_begin};
use super::{Span, unescaped};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, perhaps with digits after them (`auto`, `SU7`, `S.p.A.`, `dell’`).
    Word,
    /// Digits, with the separators between them (`1.500`, `10,5`).
    Number,
    /// Any other character that is not white space.
    Symbol,
}

/// One token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// The token's own bytes.
    pub text: &'a str,
    /// Where they stand.
    pub span: Span,
    /// What they are.
    pub kind: TokenKind,
}

impl Token<'_> {
    /// Whether the token is a word.
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Whether the token is a word that begins with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        self.is_word() && first(self.text).is_some_and(|(c, _)| c.is_uppercase())
    }

    /// Whether the token is an elided word (`l'`, `dell’`).
    pub fn is_elided(&self) -> bool {
        self.is_word() && unescaped(self.text).ends_with(is_apostrophe)
    }
}

/// The tokens of `text`, in order.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some((c, width)) = first(&text[at..]) {
        if c.is_whitespace() {
            at += width;
            continue;
        }
        let (length, kind) = if c.is_alphabetic() {
            (word_length(&text[at..]), TokenKind::Word)
        } else if c.is_ascii_digit() && width == 1 {
            (number_length(&text[at..]), TokenKind::Number)
        } else if is_apostrophe(c) && genitive_length(&text[at..]).is_some() && follows_word(&found, at) {
            (genitive_length(&text[at..]).unwrap_or(width), TokenKind::Word)
        } else {
            (width, TokenKind::Symbol)
        };
        found.push(Token { text: &text[at..at + length], span: Span::new(at, at + length), kind });
        at += length;
    }
    found
}

/// The words and numbers of `text`, in order.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    tokens(text).into_iter().filter(|token| token.kind != TokenKind::Symbol).map(|token| token.text)
}

fn follows_word(found: &[Token<'_>], at: usize) -> bool {
    found.last().is_some_and(|last| last.kind != TokenKind::Symbol && last.span.end == at)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// The length of an apostrophe and `s` that end a word, if `text` begins with them.
fn genitive_length(text: &str) -> Option<usize> {
    let (_, apostrophe) = first(text)?;
    let mut rest = text[apostrophe..].chars();
    (rest.next() == Some('s') && !rest.next().is_some_and(is_word_char)).then_some(apostrophe + 1)
}

fn word_length(text: &str) -> usize {
    if let Some(length) = dotted_length(text) {
        return length;
    }
    let run = |mut from: usize| {
        loop {
            from += text[from..].find(|c| !is_word_char(c) || may_begin(c)).unwrap_or(text.len() - from);
            match first(&text[from..]) {
                Some((c, width)) if is_word_char(c) => from += width,
                _ => return from,
            }
        }
    };
    let end = run(0);
    let Some((_, apostrophe)) = first(&text[end..]).filter(|(c, _)| is_apostrophe(*c)) else { return end };
    let after = end + apostrophe;
    let next_end = run(after);
    if next_end == after || genitive_length(&text[end..]).is_some() {
        return end;
    }
    let suffix = &text[after..next_end];
    let contraction = matches!(suffix.to_ascii_lowercase().as_str(), "t" | "re" | "ve" | "ll" | "m" | "d");
    if contraction || &text[..end] == "O" {
        return next_end;
    }
    if first(&text[after..]).is_some_and(|(c, _)| c.is_alphabetic()) { after } else { end }
}

/// The length of an abbreviation of single letters and dots (`S.p.A.`, `U.S.`), if `text` begins with one.
fn dotted_length(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    let (mut letters, mut end) = (0, 0);
    while let Some((_, letter)) = chars.next() {
        if !letter.is_alphabetic() {
            break;
        }
        match chars.peek() {
            Some((i, '.')) => {
                letters += 1;
                end = i + 1;
                chars.next();
            }
            // The last letter of `S.p.A` may go without its dot.
            Some((i, c)) if letters > 0 && !is_word_char(*c) => return Some(*i),
            None if letters > 0 => return Some(text.len()),
            _ => break,
        }
    }
    (letters >= 2).then_some(end)
}

fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while end < bytes.len() {
        let separator = matches!(bytes[end], b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !bytes[end].is_ascii_digit() && !separator {
            break;
        }
        end += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(tokens(text).iter().map(|t| t.text).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn tokens_of_both_languages() {
        check("dell’auto elettrica", &["dell’", "auto", "elettrica"]);
        check("l'È un po' di più.", &["l'", "È", "un", "po", "'", "di", "più", "."]);
        check("Honda's CEO doesn’t", &["Honda", "'s", "CEO", "doesn’t"]);
        check("circa 1.300,5 km/h (Baic)", &["circa", "1.300,5", "km", "/", "h", "(", "Baic", ")"]);
        check(
            "La SU7 di O'Brien S.p.A. costa 10-20%",
            &["La", "SU7", "di", "O'Brien", "S.p.A.", "costa", "10", "-", "20", "%"],
        );
        check("900mila, 2024.", &["900", "mila", ",", "2024", "."]);
        check("a. b", &["a", ".", "b"]);
        check("U.S. and J.K. Rowling", &["U.S.", "and", "J.K.", "Rowling"]);
        check("l&#8217;et&agrave; &egrave; 30&nbsp;&euro;", &["l&#8217;", "et&agrave;", "&egrave;", "30", "&euro;"]);
        check("Beyonc&eacute;&#8217;s &#50;", &["Beyonc&eacute;", "&#8217;s", "&#50;"]);
        check("lâ€™etÃ\u{a0} Ã¨ 30 â‚¬, cioÃ¨", &["lâ€™", "etÃ\u{a0}", "Ã¨", "30", "â‚¬", ",", "cioÃ¨"]);
        check("Kerr&#8217;s &amp; co; AT&T", &["Kerr", "&#8217;s", "&amp;", "co", ";", "AT", "&", "T"]);
    }
}

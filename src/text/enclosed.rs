//! Quotations and parentheses, which sentences do not end within.

use super::Span;

/// A longer enclosure, in bytes, is cut like any text; a mark that never closes is none.
const LONGEST: usize = 400;

/// The stretches of `text` between quotation marks or brackets, marks included, in order and disjoint.
pub(super) fn enclosed(text: &str) -> Vec<Span> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut found: Vec<Span> = Vec::new();
    let mut before = '\n';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or('\n', |(_, c)| *c);
        if c == '\n' && after == '\n' {
            open.clear();
        }
        let matching = closing(c, before, after).and_then(|mark| open.iter().rposition(|(known, _)| *known == mark));
        if let Some(i) = matching {
            let span = Span::new(open[i].1, at + c.len_utf8());
            open.truncate(i);
            if span.len() <= LONGEST {
                found.push(span);
            }
            before = c;
            continue;
        }
        if let Some(mark) = opening(c, before, after) {
            open.retain(|(known, _)| *known != mark);
            open.push((mark, at));
        }
        before = c;
    }
    found.sort();
    let mut outermost: Vec<Span> = Vec::with_capacity(found.len());
    for span in found {
        match outermost.last_mut() {
            Some(last) if span.start < last.end => *last = last.join(span),
            _ => outermost.push(span),
        }
    }
    outermost
}

/// What opens here, named by one character for each pair.
fn opening(c: char, before: char, after: char) -> Option<char> {
    let free = before.is_whitespace() || matches!(before, '(' | '[' | '–' | '—' | '"' | '“' | '«');
    match c {
        '(' | '[' | '«' | '“' => Some(c),
        '„' => Some('“'),
        '"' if !after.is_whitespace() && !before.is_alphanumeric() => Some('"'),
        '\'' | '‘' | '`' if free && after.is_alphabetic() => Some('\''),
        _ => None,
    }
}

/// What closes here, named as in [`opening`].
fn closing(c: char, before: char, after: char) -> Option<char> {
    match c {
        ')' => Some('('),
        ']' => Some('['),
        '»' => Some('«'),
        '”' => Some('“'),
        '"' if !before.is_whitespace() => Some('"'),
        // Elsewhere it is an apostrophe.
        '\'' | '’' if matches!(before, '.' | ',' | '!' | '?' | '…') && !after.is_alphanumeric() => Some('\''),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(enclosed(text).iter().map(|span| span.of(text)).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn enclosures() {
        check("Ha detto: «Sì (forse). No». E poi \"mai\".", &["«Sì (forse). No»", "\"mai\""]);
        check("L'altro po' di 'Non so.' detto dell'uomo.", &["'Non so.'"]);
        check("Un ” e un ( e un \" soli.", &[]);
        check("“Prima\n\nseconda”", &[]);
    }
}

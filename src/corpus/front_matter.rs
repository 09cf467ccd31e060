//! The block between two `---` lines at the head of a Markdown file.
//!
//! Only `key: value` lines are read, which is what writers of front matter use for what is asked here; nested values
//! are passed over.

use crate::text::Span;

/// What a front matter says of its article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// `title`.
    pub title: Option<String>,
    /// `source`.
    pub source: Option<String>,
    /// `author`.
    pub author: Option<String>,
    /// `url`.
    pub url: Option<String>,
    /// `date`, as written.
    pub date: Option<String>,
    /// `language`, as written.
    pub language: Option<String>,
}

/// The front matter of `text` and the bytes of the whole block, if the text begins with one.
pub fn parse(text: &str) -> Option<(FrontMatter, Span)> {
    let bare = text.trim_start_matches('\u{feff}');
    let mut at = text.len() - bare.len();
    let mut found = FrontMatter::default();
    for (i, line) in bare.split_inclusive('\n').enumerate() {
        at += line.len();
        let line = line.trim_end();
        match (i, line) {
            (0, "---") => {}
            (0, _) => return None,
            (_, "---" | "...") => return Some((found, Span::new(0, at))),
            _ => found.take(line),
        }
    }
    None
}

impl FrontMatter {
    fn take(&mut self, line: &str) {
        let Some((key, value)) = line.split_once(':') else { return };
        let slot = match key.trim_end().to_ascii_lowercase().as_str() {
            "title" => &mut self.title,
            "source" => &mut self.source,
            "author" => &mut self.author,
            "url" => &mut self.url,
            "date" => &mut self.date,
            "language" => &mut self.language,
            _ => return,
        };
        if slot.is_none() {
            *slot = scalar(value.trim());
        }
    }
}

/// A YAML scalar; lists in brackets are read as their items with commas.
fn scalar(value: &str) -> Option<String> {
    if let Some(items) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let items: Vec<_> = items.split(',').filter_map(|item| single(item.trim())).collect();
        return (!items.is_empty()).then(|| items.join(", "));
    }
    single(value)
}

/// A YAML scalar that is no list.
fn single(value: &str) -> Option<String> {
    let quoted =
        |quote: char| value.strip_prefix(quote).and_then(|rest| rest.split_once(quote)).map(|(inside, _)| inside);
    let text = if value.len() > 1 && value.ends_with('\'') && value.starts_with('\'') {
        value[1..value.len() - 1].replace("''", "'")
    } else if let Some(inside) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        inside.replace("\\\"", "\"").replace("\\\\", "\\")
    } else if let Some(inside) = quoted('"') {
        inside.to_owned()
    } else {
        value.split(" #").next().unwrap_or_default().trim_end().to_owned()
    };
    let none = text.is_empty() || matches!(text.as_str(), "null" | "~" | "|" | ">" | "|-" | ">-");
    (!none).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_and_the_block_ends_after_its_second_mark() {
        let text = "\u{feff}---\r\ntitle: \"Il \\\"caso\\\" Rossi\"\r\nauthor: [Anna Bo, 'Ugo D''Alì']\r\ntags:\r\n  - x\r\ndate: 2024-03-05 # ieri\r\nsource: null\r\n---\r\nTesto";
        let (found, span) = parse(text).unwrap();
        let expected = FrontMatter {
            title: Some("Il \"caso\" Rossi".into()),
            author: Some("Anna Bo, Ugo D'Alì".into()),
            date: Some("2024-03-05".into()),
            ..FrontMatter::default()
        };
        assert_eq!(found, expected);
        assert_eq!(&text[span.end..], "Testo");
    }

    #[test]
    fn a_text_without_both_marks_has_none() {
        for text in ["", "---", "---\ntitle: x", "Testo\n---\ntitle: x\n---\n"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}

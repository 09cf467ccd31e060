//! The block at the head of a Markdown file: YAML between two `---` lines, or TOML between two `+++` lines; and the lines
//! with which programs that save pages as text, and mail, begin ("Title: …", "Date: …").
//!
//! Of YAML only `key: value` lines and lists of plain items are read, which is what writers of front matter use for
//! what is asked here; nested values are passed over.

use toml::Value;

use super::fields::{Field, Fields};
use crate::text::Span;

/// What else stands among such lines.
const OTHERS: [&str; 12] =
    ["to", "cc", "bcc", "sent", "received", "a", "tags", "category", "categoria", "section", "sezione", "keywords"];

/// The front matter of `text` and the bytes of the whole block, if the text begins with one.
pub fn parse(text: &str) -> Option<(Fields, Span)> {
    let bare = text.trim_start_matches('\u{feff}');
    let mark = bare.lines().next().map(str::trim_end).filter(|mark| matches!(*mark, "---" | "+++"))?;
    let start = text.len() - bare.len();
    let mut at = start;
    for (i, line) in bare.split_inclusive('\n').enumerate() {
        let before = at;
        at += line.len();
        let line = line.trim_end();
        if i > 0 && (line == mark || mark == "---" && line == "...") {
            let inside = &text[start..before];
            let inside = inside.split_once('\n').map_or("", |(_, rest)| rest);
            let found = if mark == "+++" { toml_fields(inside) } else { yaml_fields(inside) };
            return Some((found, Span::new(0, at)));
        }
    }
    None
}

/// How many bytes at the head of a `text` are no text.
pub fn length(text: &str, markdown: bool) -> usize {
    let matter = if markdown { parse(text) } else { None };
    matter.or_else(|| header(text)).map_or(0, |(_, block)| block.end)
}

/// The lines `name: value` with which `text` begins, a line that is set in going on with the one before, and the bytes of all
/// of them, if at least two tell a field of an article, the first among them, and there is a text behind.
pub fn header(text: &str) -> Option<(Fields, Span)> {
    let bare = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    let start = text.len() - bare.len();
    let mut lines: Vec<(&str, String)> = Vec::new();
    let mut end = start;
    for line in bare.split_inclusive('\n') {
        match line.split_once(':').filter(|(key, _)| is_key(key, lines.is_empty())) {
            // What is behind it is the article.
            Some((key, _)) if Field::named(key) == Some(Field::Text) => {
                end += key.len() + 1;
                break;
            }
            Some((key, value)) => lines.push((key, value.trim().to_owned())),
            None if line.starts_with([' ', '\t']) && !line.trim().is_empty() => {
                let (_, value) = lines.last_mut()?;
                *value = format!("{value} {}", line.trim());
            }
            None => break,
        }
        end += line.len();
    }
    let mut found = Fields::default();
    let told = lines.iter().filter(|(key, value)| found.take(own_name(key), sender(value))).count();
    (told >= 2 && !text[end..].trim().is_empty()).then_some((found, Span::new(0, end)))
}

/// Whether `text` is the name of a field; but for the first, also of one that says nothing of the article.
fn is_key(text: &str, first: bool) -> bool {
    let other = || {
        let plain = text.starts_with(char::is_alphabetic) && text.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
        plain && text.contains('-') || OTHERS.contains(&text.to_lowercase().as_str())
    };
    Field::named(own_name(text)).is_some() || !first && other()
}

/// The name in front matter of what mail calls `key`.
fn own_name(key: &str) -> &str {
    match key.to_lowercase().as_str() {
        "subject" | "oggetto" => "title",
        "from" => "source",
        _ => key,
    }
}

/// The name in front of a mail address, or `text` as it is.
fn sender(text: &str) -> &str {
    let name = text.split_once('<').filter(|(_, address)| address.contains('@')).map(|(name, _)| name.trim());
    name.map_or(text, |name| name.trim_matches('"'))
}

/// The fields of a block of TOML; a block with a fault in it says nothing.
fn toml_fields(block: &str) -> Fields {
    let mut found = Fields::default();
    for (key, value) in block.parse::<toml::Table>().unwrap_or_default() {
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Datetime(day) => Some(day.to_string()),
            _ => None,
        };
        let told = match &value {
            Value::Array(items) => items.iter().filter_map(text).collect::<Vec<_>>().join(", "),
            value => text(value).unwrap_or_default(),
        };
        found.take(&key, &told);
    }
    found
}

fn yaml_fields(block: &str) -> Fields {
    let mut found = Fields::default();
    let mut lines = block.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((key, value)) = line.split_once(':').filter(|_| !line.starts_with([' ', '\t', '-', '#'])) else {
            continue;
        };
        let mut items = Vec::new();
        // "authors:" with its items on lines of their own.
        while value.trim().is_empty()
            && let Some(item) = lines.peek().and_then(|next| next.trim_start().strip_prefix("- "))
        {
            items.extend(single(item.trim()));
            lines.next();
        }
        let told = if items.is_empty() { scalar(value.trim()) } else { Some(items.join(", ")) };
        found.take(key.trim_end(), &told.unwrap_or_default());
    }
    found
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
        assert_eq!(found.get(Field::Title), Some("Il \"caso\" Rossi"));
        assert_eq!(found.get(Field::Author), Some("Anna Bo, Ugo D'Alì"));
        assert_eq!(found.get(Field::Date), Some("2024-03-05"));
        assert_eq!(found.get(Field::Source), None);
        assert_eq!(&text[span.end..], "Testo");
    }

    #[test]
    fn items_may_stand_on_lines_of_their_own() {
        let (found, _) = parse("---\nauthors:\n  - Ada Riva\n  - Ugo Bo\nsite: Il Guado\n---\n").unwrap();
        assert_eq!(found.get(Field::Author), Some("Ada Riva, Ugo Bo"));
        assert_eq!(found.get(Field::Source), Some("Il Guado"));
    }

    #[test]
    fn toml_stands_between_plus_signs() {
        let text = "+++\ntitle = 'Il ponte'\ndate = 2024-08-29T07:00:00+02:00\nauthors = [\"Ada Riva\"]\n[params]\nsite = 'x'\n+++\nTesto";
        let (found, span) = parse(text).unwrap();
        assert_eq!(found.get(Field::Title), Some("Il ponte"));
        assert_eq!(found.get(Field::Date), Some("2024-08-29T07:00:00+02:00"));
        assert_eq!(found.get(Field::Author), Some("Ada Riva"));
        assert_eq!(found.get(Field::Source), None);
        assert_eq!(&text[span.end..], "Testo");
        let (broken, _) = parse("+++\ntitle = \n+++\n").unwrap();
        assert_eq!(broken.get(Field::Title), None);
    }

    #[test]
    fn a_text_may_begin_with_lines_that_tell_its_fields() {
        let text = "From: \"Il Guado\" <posta@guado.example>\nSubject: Riapre\n il ponte\nDate: Tue, 11 Jun 2024 06:30\n\nTesto: sì.";
        let (found, span) = header(text).unwrap();
        assert_eq!(found.get(Field::Source), Some("Il Guado"));
        assert_eq!(found.get(Field::Title), Some("Riapre il ponte"));
        assert_eq!(found.get(Field::Date), Some("Tue, 11 Jun 2024 06:30"));
        assert_eq!(text[span.end..].trim(), "Testo: sì.");
        let (_, span) = header("Titolo: Riapre il ponte\nData: 3 maggio 2024\nTesto: Il ponte riapre.").unwrap();
        assert_eq!(span.end, "Titolo: Riapre il ponte\nData: 3 maggio 2024\nTesto:".len());
        assert_eq!(header("Bologna: sciopero\nAutore: Ada Riva\nData: 3 maggio 2024\n\nTesto."), None);
        assert_eq!(header("Titolo: Sagra\nData: 3 maggio 2024\n"), None);
        assert_eq!(header("Titolo: Riapre il ponte\nRoma: oggi sciopero\nTesto."), None);
        assert_eq!(header("Riapre il ponte\nAutore: Ada Riva\nData: 3 maggio 2024\n"), None);
    }

    #[test]
    fn a_text_without_both_marks_has_none() {
        for text in ["", "---", "---\ntitle: x", "Testo\n---\ntitle: x\n---\n"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}

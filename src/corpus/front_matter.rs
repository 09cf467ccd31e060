//! The block at the head of a Markdown file: YAML between two `---` lines, or TOML between two `+++` lines.
//!
//! Of YAML only `key: value` lines and lists of plain items are read, which is what writers of front matter use for
//! what is asked here; nested values are passed over.

use toml::Value;

use super::fields::Fields;
use crate::text::Span;

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
    use super::super::fields::Field;
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
    fn a_text_without_both_marks_has_none() {
        for text in ["", "---", "---\ntitle: x", "Testo\n---\ntitle: x\n---\n"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}

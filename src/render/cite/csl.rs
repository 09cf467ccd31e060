//! CSL-JSON items, as the schema of the Citation Style Language has them.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::{Author, Reference};

/// The item: one object of the array that a CSL-JSON file is.
pub fn csl(reference: &Reference) -> Value {
    let kind = match (&reference.container, &reference.url) {
        (Some(_), _) => "article-newspaper",
        (None, Some(_)) => "webpage",
        (None, None) => "document",
    };
    let mut item = Map::new();
    item.insert("id".into(), json!(reference.key));
    item.insert("type".into(), json!(kind));
    if !reference.authors.is_empty() {
        item.insert("author".into(), reference.authors.iter().map(name).collect());
    }
    let texts = [("title", &reference.title), ("container-title", &reference.container), ("URL", &reference.url)];
    for (field, text) in texts {
        if let Some(text) = text {
            item.insert(field.into(), json!(text));
        }
    }
    if let Some(day) = reference.published {
        item.insert("issued".into(), date(day));
    }
    item.insert("accessed".into(), date(reference.accessed));
    item.insert("language".into(), json!(reference.language.code()));
    Value::Object(item)
}

fn name(author: &Author) -> Value {
    match author {
        Author::Person { given, family } => json!({"family": family, "given": given}),
        Author::Whole(name) => json!({"literal": name}),
    }
}

fn date(day: Date) -> Value {
    json!({"date-parts": [[day.year(), day.month(), day.day()]]})
}

#[cfg(test)]
mod tests {
    use super::super::tests::{bare, hostile};
    use super::*;

    #[test]
    fn items_are_as_the_schema_has_them() {
        let expected = json!({
            "id": "2024-03-citta-c87f35",
            "type": "article-newspaper",
            "author": [{"family": "de Meo", "given": "Luca"}, {"literal": "La Redazione"}],
            "title": "100 % \\write18{rm} & $x_1$ #1 ~ {aperta ^ «città», } o \"no\"?",
            "container-title": "L'Eco & Figli",
            "URL": "https://eco.example/a%20b?x=%7B1%7D&y=%5C%20#c",
            "issued": {"date-parts": [[2024, 3, 5]]},
            "accessed": {"date-parts": [[2025, 1, 2]]},
            "language": "it"
        });
        assert_eq!(csl(&hostile()), expected);
        let accessed = json!({"date-parts": [[2025, 1, 2]]});
        assert_eq!(csl(&bare()), json!({"id": "bare", "type": "document", "accessed": accessed, "language": "en"}));
    }
}

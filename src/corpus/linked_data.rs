//! What a web page says of its article in JSON-LD, in the vocabulary of schema.org.
//!
//! Sites write it in many ways: alone, in an array, in a `@graph`, with and without `@context` (which the library
//! that finds the main content asks for), with control characters in strings. Only the article that the page is about
//! is looked at, and what does not parse is passed over.

use serde_json::{Map, Value};

/// What is said of an article.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it; several are joined with commas.
    pub author: Option<String>,
    /// The publication.
    pub source: Option<String>,
    /// The day of publication as written.
    pub published: Option<String>,
}

/// Deeper than this nothing is looked for.
const DEEPEST: usize = 6;

/// What the first of `scripts` that speaks of an article says of it.
pub fn article<'a>(scripts: impl Iterator<Item = &'a str>) -> Linked {
    scripts.filter_map(|script| read(script).as_ref().and_then(|value| find(value, DEEPEST))).next().unwrap_or_default()
}

/// A script's value; line ends within strings, which JSON forbids, do no harm.
fn read(script: &str) -> Option<Value> {
    serde_json::from_str(script).ok().or_else(|| {
        let plain: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&plain).ok()
    })
}

fn find(value: &Value, depth: usize) -> Option<Linked> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Array(all) => all.iter().find_map(|value| find(value, depth)),
        Value::Object(object) if is_article(object) => {
            let first = |keys: [&str; 2]| keys.into_iter().find_map(|key| object.get(key).and_then(name));
            Some(Linked {
                title: first(["headline", "name"]),
                author: first(["author", "creator"]),
                source: object.get("publisher").and_then(name),
                published: object.get("datePublished").and_then(name),
            })
        }
        // Lists of other articles stand under other keys.
        Value::Object(object) => {
            ["@graph", "mainEntity", "mainEntityOfPage"].into_iter().find_map(|key| find(object.get(key)?, depth))
        }
        _ => None,
    }
}

/// Whether an object is of the type `Article` or one under it (`NewsArticle`, `BlogPosting`, …).
fn is_article(object: &Map<String, Value>) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            kind.ends_with("Article") || matches!(kind, "BlogPosting" | "LiveBlogPosting" | "Report")
        })
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// A text, or the name of what is described; of several, all.
pub fn name(value: &Value) -> Option<String> {
    let found = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Object(object) => name(object.get("name")?)?,
        Value::Array(all) => all.iter().filter_map(name).collect::<Vec<_>>().join(", "),
        _ => return None,
    };
    // A writer may be told by an address alone.
    Some(found).filter(|text| !text.is_empty() && !text.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(script: &str) -> (Option<String>, Option<String>, Option<String>, Option<String>) {
        let Linked { title, author, source, published } = article(std::iter::once(script));
        (title, author, source, published)
    }

    #[test]
    fn articles_are_found_however_a_site_writes_them() {
        let some = |text: &str| Some(text.to_owned());
        let whole = (some("La piena"), some("Ada Riva"), some("Il Guado"), some("2024-05-02"));
        for script in [
            r#"{"@type": "NewsArticle", "headline": "La piena", "author": "Ada Riva", "publisher": {"name": "Il Guado"}, "datePublished": "2024-05-02"}"#,
            r#"[{"@type": "WebSite", "name": "x"}, {"@type": ["Article", "X"], "headline": "La piena", "creator": [{"name": "Ada Riva"}],
                "publisher": {"@type": "Organization", "name": "Il Guado"}, "datePublished": "2024-05-02"}]"#,
            "{\"@context\": \"https://schema.org\", \"@graph\": [{\"@type\": \"ReportageNewsArticle\", \"headline\": \"La\npiena\",
              \"author\": {\"name\": \"Ada Riva\"}, \"publisher\": \"Il Guado\", \"datePublished\": \"2024-05-02\"}]}",
        ] {
            assert_eq!(of(script), whole, "{script}");
        }
    }

    #[test]
    fn what_is_no_article_says_nothing() {
        for script in ["", "{", "[]", r#"{"@type": "Organization", "name": "Il Guado"}"#, r#"{"headline": "La piena"}"#]
        {
            assert_eq!(of(script), (None, None, None, None), "{script}");
        }
        let nested = |depth: usize| {
            let inside = r#"{"@type": "Article", "name": "La piena", "author": "https://guado.example/riva"}"#;
            of(&format!("{}{inside}{}", "[".repeat(depth), "]".repeat(depth)))
        };
        assert_eq!(nested(DEEPEST - 1), (Some("La piena".to_owned()), None, None, None));
        assert_eq!(nested(DEEPEST), (None, None, None, None));
    }
}

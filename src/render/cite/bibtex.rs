//! BibTeX entries, which BibLaTeX reads too.

use super::{Author, Reference};
use crate::language::Language;

/// The names of the months that every style knows.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The entry, in UTF-8, with a line end. The year and the month stand there for BibTeX, the date for BibLaTeX.
pub fn bibtex(reference: &Reference) -> String {
    let kind = if reference.container.is_some() { "article" } else { "misc" };
    let mut entry = format!("@{kind}{{{},\n", reference.key);
    let mut field = |name: &str, value: String| entry.push_str(&format!("  {name} = {value},\n"));
    if !reference.authors.is_empty() {
        let names: Vec<String> = reference.authors.iter().map(name).collect();
        field("author", format!("{{{}}}", names.join(" and ")));
    }
    if let Some(title) = &reference.title {
        // Within braces of its own no style changes its capitals.
        field("title", format!("{{{{{}}}}}", escaped(title)));
    }
    if let Some(container) = &reference.container {
        field("journal", format!("{{{}}}", escaped(container)));
    }
    if let Some(day) = reference.published {
        field("date", format!("{{{day}}}"));
        field("year", format!("{{{}}}", day.year()));
        field("month", MONTHS[usize::from(day.month().unsigned_abs()) - 1].to_owned());
    }
    if let Some(url) = &reference.url {
        field("url", format!("{{{url}}}"));
    }
    field("urldate", format!("{{{}}}", reference.accessed));
    field("langid", format!("{{{}}}", language(reference.language)));
    entry.push_str("}\n");
    entry
}

fn name(author: &Author) -> String {
    match author {
        Author::Person { given, family } => format!("{}, {}", escaped(family), escaped(given)),
        Author::Whole(name) => format!("{{{}}}", escaped(name)),
    }
}

/// What babel calls the language.
fn language(language: Language) -> &'static str {
    match language {
        Language::It => "italian",
        Language::En => "english",
    }
}

/// The text with what LaTeX would take for its own marks written as it prints them. BibTeX counts braces, escaped
/// ones too, so that those of the text become commands.
fn escaped(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars() {
        match c {
            '#' | '$' | '%' | '&' | '_' => plain.extend(['\\', c]),
            '{' => plain.push_str("\\textbraceleft{}"),
            '}' => plain.push_str("\\textbraceright{}"),
            '\\' => plain.push_str("\\textbackslash{}"),
            '~' => plain.push_str("\\textasciitilde{}"),
            '^' => plain.push_str("\\textasciicircum{}"),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::super::tests::{bare, hostile};
    use super::*;

    #[test]
    fn what_is_special_is_escaped() {
        let title = "100 \\% \\textbackslash{}write18\\textbraceleft{}rm\\textbraceright{} \\& \\$x\\_1\\$ \\#1 \\textasciitilde{} \
            \\textbraceleft{}aperta \\textasciicircum{} «città», \\textbraceright{} o \"no\"?";
        let expected = [
            "@article{2024-03-citta-c87f35,",
            "  author = {de Meo, Luca and {La Redazione}},",
            &format!("  title = {{{{{title}}}}},"),
            "  journal = {L'Eco \\& Figli},",
            "  date = {2024-03-05},",
            "  year = {2024},",
            "  month = mar,",
            "  url = {https://eco.example/a%20b?x=%7B1%7D&y=%5C%20#c},",
            "  urldate = {2025-01-02},",
            "  langid = {italian},",
            "}",
            "",
        ];
        assert_eq!(bibtex(&hostile()), expected.join("\n"));
        assert_eq!(bibtex(&bare()), "@misc{bare,\n  urldate = {2025-01-02},\n  langid = {english},\n}\n");
    }

    #[test]
    fn braces_are_balanced_whatever_the_text() {
        for text in ["{", "}", "}{", "\\}", "a{b\\{c", "$%^~_#&"] {
            let entry = bibtex(&super::Reference { title: Some(text.to_owned()), ..hostile() });
            assert_eq!(entry.matches('{').count(), entry.matches('}').count(), "{entry}");
        }
    }
}

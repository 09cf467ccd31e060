//! Answers as a page of evidence: one file, nothing loaded from elsewhere, and no text in it that could be taken for
//! markup.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::answer::{Answer, Citation};
use super::cite::web_address;
use super::compose::name_of;
use super::dates::plain_day;
use super::document::{Block, BlockKind, Look, Piece};
use super::fragment::text_fragment;
use super::templates::Templates;
use super::terminal::printable;
use crate::error::Result;
use crate::language::Language;
use crate::text::Unescaped;

const STYLE: &str = include_str!("page.css");

/// What stands after the last answer.
pub const HTML_END: &str = "</main>\n</body>\n</html>\n";

/// What stands before the first answer of a page in `language`, made on the day `today`.
pub fn html_start(language: Language, today: Date, templates: &Templates) -> Result<String> {
    let title = escaped(&templates.say(language, "page.title", &[])?);
    let about = escaped(&templates.say(language, "page.about", &[])?);
    let day = plain_day(today, language, templates)?;
    let version = env!("CARGO_PKG_VERSION");
    let made = escaped(&templates.say(language, "page.made", &[("date", &day), ("version", version)])?);
    Ok(format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>{title}</h1>\n<p>{about}</p>\n<p>{made}</p>\n</header>\n<main>\n",
        language.code()
    ))
}

/// An answer on that page, its evidence under it.
pub fn html(answer: &Answer, templates: &Templates) -> Result<String> {
    let page = Page { templates, language: answer.language };
    Ok(format!("<article{}\n</article>\n", page.section(answer, "h2")?))
}

struct Page<'a> {
    templates: &'a Templates,
    language: Language,
}

impl Page<'_> {
    /// The inside of an element, from its attributes on.
    fn section(&self, answer: &Answer, heading: &str) -> Result<String> {
        let id = identifier(&answer.id);
        let verdict = name_of(answer.verdict);
        let asked = answer.analysis.as_ref().map_or(answer.language, |analysis| analysis.language).code();
        let mut text = format!(
            " id=\"{id}\" class=\"{verdict}\" lang=\"{}\">\n<{heading} lang=\"{asked}\">{}</{heading}>\n",
            answer.language.code(),
            escaped(&answer.question)
        );
        let mut told = format!("<strong>{}</strong>", escaped(&self.say(&format!("page.{verdict}"), &[])?));
        if let Some(confidence) = answer.confidence {
            let percent = format!("{:.0}", confidence * 100.0);
            told.push_str(&format!(", {}", escaped(&self.say("page.confidence", &[("percent", &percent)])?)));
        }
        text.push_str(&format!("<p class=\"verdict\">{told}</p>"));
        if !answer.parts.is_empty() {
            for part in &answer.parts {
                let part = self.section(part, "h3")?.replacen("class=\"", "class=\"part ", 1);
                text.push_str(&format!("\n<section{part}\n</section>"));
            }
            return Ok(text);
        }
        if let Some(error) = &answer.error {
            text.push_str(&format!("\n<p class=\"lead\">{}</p>", escaped(error)));
        }
        self.blocks(&answer.document.blocks, &id, &mut text);
        self.figures(answer, &id, &mut text)?;
        Ok(text)
    }

    /// What is said; the quotes and the sources are left to the figures.
    fn blocks(&self, blocks: &[Block], id: &str, text: &mut String) {
        let mut items = false;
        for (i, block) in blocks.iter().enumerate() {
            let introduces_sources =
                matches!(blocks.get(i + 1), Some(next) if matches!(next.kind, BlockKind::Source(_)));
            if items && block.kind != BlockKind::Item {
                text.push_str("\n</ul>");
                items = false;
            }
            let line: String = block.pieces.iter().map(|piece| inline(piece, id)).collect();
            match block.kind {
                BlockKind::Lead => text.push_str(&format!("\n<p class=\"lead\">{line}</p>")),
                BlockKind::Note if !introduces_sources => text.push_str(&format!("\n<p class=\"note\">{line}</p>")),
                BlockKind::Item => {
                    text.push_str(if items { "" } else { "\n<ul>" });
                    text.push_str(&format!("\n<li>{line}</li>"));
                    items = true;
                }
                BlockKind::Note | BlockKind::Quote | BlockKind::Source(_) => {}
            }
        }
        if items {
            text.push_str("\n</ul>");
        }
    }

    /// Each place that is cited, by number.
    fn figures(&self, answer: &Answer, id: &str, text: &mut String) -> Result<()> {
        let mut citations: Vec<&Citation> = answer.places().collect();
        citations.sort_by_key(|citation| citation.number);
        let (mut shown, mut numbers) = (BTreeSet::new(), BTreeSet::new());
        for citation in citations {
            if !shown.insert((&citation.article, citation.start, citation.end)) {
                continue;
            }
            let first = numbers.insert(citation.number);
            let anchor = if first { format!(" id=\"{id}-{}\"", citation.number) } else { String::new() };
            // The nearest sentence is no answer, so that nothing in it is marked as one.
            let marked = answer.nearest.as_ref() != Some(citation);
            text.push_str(&format!("\n<figure{anchor}>\n{}\n</figure>", self.figure(citation, marked)?));
        }
        Ok(())
    }

    fn figure(&self, citation: &Citation, marked: bool) -> Result<String> {
        let language = citation.language.code();
        let read = Unescaped::new(&citation.quote);
        let quote = &*read.text;
        let url = citation.url.as_deref().and_then(web_address);
        let words = words_in_quote(citation).map(|(start, end)| (read.place(start), read.place(end)));
        let parts = words
            .filter(|_| marked)
            .and_then(|(start, end)| Some([quote.get(..start)?, quote.get(start..end)?, quote.get(end..)?]));
        let shown = match parts {
            Some([before, words, after]) => {
                format!("{}<mark>{}</mark>{}", escaped(before), escaped(words), escaped(after))
            }
            None => escaped(quote),
        };
        let origin = url.as_ref().map(|url| format!(" cite=\"{}\"", escaped(url))).unwrap_or_default();
        let title = match &citation.title {
            Some(title) => format!("<cite lang=\"{language}\">{}</cite>", escaped(title)),
            None => escaped(&self.say("labels.untitled", &[])?),
        };
        let mut known = vec![title];
        known.extend(citation.author.iter().chain(&citation.source).map(|text| escaped(text)));
        if let Some(day) = citation.published {
            let written = plain_day(day, self.language, self.templates)?;
            known.push(format!("<time datetime=\"{day}\">{}</time>", escaped(&written)));
        }
        let [line, start, end] = [citation.line, citation.start, citation.end].map(|number| number.to_string());
        let place = self.say("page.place", &[("line", &line), ("start", &start), ("end", &end)])?;
        let mut caption = format!("[{}] {}<br>\n", citation.number, known.join(", "));
        caption.push_str(&format!("{}, {}", escaped(&citation.path.to_string_lossy()), escaped(&place)));
        if let Some(url) = url {
            let (start, end) = words.unwrap_or((0, quote.len()));
            let leading = escaped(&text_fragment(&url, quote, start, end));
            let open = escaped(&self.say("page.open", &[])?);
            let address = escaped(&url);
            caption.push_str(&format!(
                "<br>\n<a href=\"{leading}\" rel=\"noreferrer\" data-address=\"{address}\">{open}</a>"
            ));
        }
        caption.push_str(&format!("<br>\n<code>{}</code>", escaped(&citation.digest)));
        Ok(format!(
            "<blockquote lang=\"{language}\"{origin}><p>{shown}</p></blockquote>\n<figcaption>{caption}</figcaption>"
        ))
    }

    fn say(&self, key: &str, slots: &[(&str, &str)]) -> Result<String> {
        self.templates.say(self.language, key, slots)
    }
}

/// Where in the quote the words that answer stand.
fn words_in_quote(citation: &Citation) -> Option<(usize, usize)> {
    let words = citation.span.as_str();
    let told = citation.quote.get(citation.words_at..).filter(|rest| rest.starts_with(words));
    let start = told.map(|_| citation.words_at).or_else(|| citation.quote.find(words))?;
    (!words.is_empty()).then(|| (start, start + words.len()))
}

fn inline(piece: &Piece, id: &str) -> String {
    let text = escaped(&piece.text);
    match piece.look {
        Look::Reference => format!("<a href=\"#{id}-{}\">{text}</a>", escaped(piece.text.trim_matches(['[', ']']))),
        Look::Strong => format!("<strong>{text}</strong>"),
        Look::Marked => format!("<mark>{text}</mark>"),
        Look::Plain | Look::Faint => text,
    }
}

/// An answer's id as that of an element: what is no letter or digit by its number, so that two stay two.
fn identifier(id: &str) -> String {
    let part = |c: char| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("_{:x}_", u32::from(c)) };
    format!("q{}", id.chars().map(part).collect::<String>())
}

/// The text with what HTML would take for markup escaped, in elements and in attributes between quotation marks, and
/// without control characters.
fn escaped(text: &str) -> String {
    let mut plain = String::new();
    for c in printable(text).chars() {
        match c {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '"' => plain.push_str("&quot;"),
            '\'' => plain.push_str("&#39;"),
            c => plain.push(c),
        }
    }
    plain
}

//! A web page as text: its main content, and what its head says of the article.

use dom_smoothie::{Config, Readability, TextMode};

use super::draft::Draft;
use super::{linked_data, metadata};
use crate::language::Language;

/// Pages nested deeper than this are not read: no article is, and walking them takes the stack.
const DEEPEST: usize = 400;

/// More elements than this are not looked at.
const MOST_ELEMENTS: usize = 100_000;

/// Less main content than this, in bytes, and the whole page is taken instead.
const LEAST: usize = 200;

/// Reads a page; the article's text is its title and its main content, a paragraph a line.
pub fn parse(page: &str) -> Result<Draft, String> {
    if nesting(page) > DEEPEST {
        return Err(format!("its elements are nested more than {DEEPEST} deep"));
    }
    let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let mut reader = Readability::new(page, None, Some(config)).map_err(|cause| cause.to_string())?;
    let attribute = |selector: &str, name: &str| {
        reader.doc.select(selector).iter().find_map(|element| element.attr(name)).map(|value| value.trim().to_owned())
    };
    let scripts: Vec<String> = reader
        .doc
        .select("script[type='application/ld+json']")
        .iter()
        .map(|script| script.text().to_string())
        .collect();
    let headings: Vec<String> = reader
        .doc
        .select("h1")
        .iter()
        .map(|heading| heading.text().split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    let linked = linked_data::article(scripts.iter().map(String::as_str));
    let head = Draft {
        title: linked.title,
        source: linked.source,
        author: linked.author,
        url: attribute("link[rel=canonical]", "href").or_else(|| attribute("meta[property='og:url']", "content")),
        published: attribute("meta[property='article:published_time'], meta[itemprop=datePublished]", "content")
            .or(linked.published)
            .or_else(|| attribute("time[datetime]", "datetime"))
            .and_then(|date| metadata::day(&date, None)),
        language: attribute("html", "lang").and_then(|code| Language::from_code(&code)),
        ..Draft::default()
    };
    let (found, text) = match reader.parse() {
        Ok(article) => {
            let text = article.text_content.to_string();
            (Some(article), text)
        }
        Err(dom_smoothie::ReadabilityError::GrabFailed) => (None, String::new()),
        Err(cause) => return Err(cause.to_string()),
    };
    let content = if text.trim().len() < LEAST {
        whole_page(page).filter(|all| all.len() > 2 * text.len()).unwrap_or(text)
    } else {
        text
    };
    let found = found.as_ref();
    let some = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let heading = headings.into_iter().find(|heading| heading.split_whitespace().count() > 2);
    let title = some(found.map(|article| article.title.as_str())).or(head.title);
    // "The Hill Times :: Mill burns down": the page's heading tells which of it is the title, and what is left is the
    // site.
    let within =
        |title: &String| heading.filter(|heading| title.len() > heading.len() && title.contains(heading.as_str()));
    let (title, site) = match title.as_ref().and_then(within) {
        Some(heading) => {
            let site = title.unwrap_or_default().replacen(heading.as_str(), "", 1);
            let site = site.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
            (Some(heading), Some(site).filter(|site| !site.is_empty() && site.split_whitespace().count() <= 5))
        }
        None => (title, None),
    };
    let mut text = content.trim().to_owned();
    if let Some(title) = title.as_deref().filter(|title| !text.starts_with(title)) {
        text = format!("{title}\n\n{text}");
    }
    if text.is_empty() {
        return Err("there is no text in the page".to_owned());
    }
    Ok(Draft {
        text,
        title,
        source: some(found.and_then(|article| article.site_name.as_deref())).or(head.source).or(site),
        author: head
            .author
            .or_else(|| some(found.and_then(|article| article.byline.as_deref())))
            .map(|author| metadata::writer(&author).to_owned()),
        published: head.published.or_else(|| {
            found.and_then(|article| article.published_time.as_deref()).and_then(|date| metadata::day(date, None))
        }),
        url: head.url.filter(|url| url.contains("://")),
        ..head
    })
}

/// The text of the whole page without its scripts, forms and menus.
fn whole_page(page: &str) -> Option<String> {
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let reader = Readability::new(page, None, Some(config)).ok()?;
    reader.doc.select("script, style, noscript, template, nav, footer, form, button, select, svg, iframe").remove();
    reader.doc.body().map(|body| body.formatted_text().to_string())
}

/// How deep the elements of a page are nested at most, counted without a tree. An opening tag that is closed nowhere
/// counts too, but for those that close themselves, and a closing tag without its opening one does not, so that this is
/// never too low.
fn nesting(page: &str) -> usize {
    const CLOSED: [&str; 25] = [
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
        "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    ];
    const INLINE: [&str; 10] = ["a", "b", "code", "em", "font", "i", "small", "span", "strong", "u"];
    let page = page.to_ascii_lowercase();
    let (mut open, mut deepest): (Vec<&str>, usize) = (Vec::new(), 0);
    let mut rest = page.as_str();
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let bare = rest.trim_start_matches('/');
        let name = &bare[..bare.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count()];
        if name.is_empty() || CLOSED.contains(&name) {
            continue;
        }
        if bare.len() < rest.len() {
            // What parsers close with it: inline elements left open, never blocks.
            if let Some(place) = open.iter().rposition(|other| *other == name)
                && open[place + 1..].iter().all(|other| INLINE.contains(other))
            {
                open.truncate(place);
            }
        } else if matches!(name, "script" | "style") {
            let Some(end) = rest.find(&format!("</{name}")) else { break };
            rest = &rest[end + 2..];
        } else {
            open.push(name);
            deepest = deepest.max(open.len());
            if deepest > DEEPEST {
                break;
            }
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html lang="it-IT"><head><meta charset="utf-8">
<title>Il ponte di legno riapre a maggio | La Voce del Brenta</title>
<meta property="og:site_name" content="La Voce del Brenta"><meta name="author" content="Ada Riva">
<meta property="article:published_time" content="2024-04-12T09:30:00+02:00">
<link rel="canonical" href="https://voce.example/ponte"><script>if (a<b) { x("<div>") }</script></head>
<body><nav><ul><li><a href="/">Home</a><li><a href="/sport">Sport</a></ul></nav>
<article><h1>Il ponte di legno riapre a maggio</h1>
<p>Il ponte di legno, chiuso da due anni, riapre al traffico il 3 maggio. Lo ha detto il sindaco nel consiglio di ieri.</p>
<p>I lavori sono costati 2,4 milioni di euro, di cui la metà a carico della Regione, e hanno impegnato trenta operai.</p>
<h2>Le proteste</h2>
<p>I commercianti, che hanno perso un terzo degli incassi, chiedono un indennizzo &amp; promettono battaglia in tribunale.</p>
</article><footer><p>© 2024 La Voce del Brenta. Tutti i diritti riservati.</p></footer></body></html>"#;

    #[test]
    fn a_page_is_its_title_and_main_content() {
        let draft = parse(PAGE).unwrap();
        assert_eq!(draft.title.as_deref(), Some("Il ponte di legno riapre a maggio"));
        assert_eq!(draft.source.as_deref(), Some("La Voce del Brenta"));
        assert_eq!(draft.author.as_deref(), Some("Ada Riva"));
        assert_eq!(draft.url.as_deref(), Some("https://voce.example/ponte"));
        assert_eq!(draft.published, Some(jiff::civil::date(2024, 4, 12)));
        assert_eq!(draft.language, Some(Language::It));
        let lines: Vec<_> = draft.text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines.len(), 5, "{lines:#?}");
        assert_eq!(lines[0], "Il ponte di legno riapre a maggio");
        assert_eq!(lines[3], "Le proteste");
        assert!(lines[4].contains("un indennizzo & promettono"));
    }

    #[test]
    fn what_the_page_says_as_linked_data_is_taken() {
        let linked = r#"<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Il ponte",
            "author": {"name": "Bruno Tasso"}, "datePublished": "2024-04-11T08:00:00Z"}</script>"#;
        let page = PAGE.replace("<link", &format!("{linked}<link"));
        let page = page.replace(r#"<meta property="article:published_time" content="2024-04-12T09:30:00+02:00">"#, "");
        let draft = parse(&page).unwrap();
        assert_eq!(draft.title.as_deref(), Some("Il ponte di legno riapre a maggio"));
        assert_eq!(draft.author.as_deref(), Some("Bruno Tasso"));
        assert_eq!(draft.source.as_deref(), Some("La Voce del Brenta"));
        assert_eq!(draft.published, Some(jiff::civil::date(2024, 4, 11)));
    }

    #[test]
    fn broken_pages_do_no_harm() {
        assert!(parse("").is_err());
        assert!(parse("<<<>>><p").is_ok());
        assert!(parse(&"<div>".repeat(100_000)).is_err());
        assert!(parse(&"<div></b>".repeat(100_000)).is_err());
        assert_eq!(nesting("<DIV><SCRIPT>if (a < b) <i></SCRIPT><b></b></DIV><div></div>"), 2);
        let unclosed = format!("<ul>{}</ul>", "<li>Una voce della lista".repeat(2000));
        assert!(parse(&unclosed).is_ok());
        assert!(parse("<p>Solo una frase breve.").is_ok_and(|draft| draft.text == "Solo una frase breve."));
    }
}

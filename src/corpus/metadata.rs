//! What a page tells of its article beside the text: when it was published, by whom and where.

use jiff::civil::Date;

use super::clean::Cleaned;
use super::dateline::{Head, tells_day};
use super::line::Line;
use crate::facts::{self, Precision, Value};
use crate::language::Language;
use crate::language::boilerplate::boilerplate;
use crate::text::Span;

/// How many words a writer's name has where it stands beside others, about.
const NAME_WORDS: usize = 2;
/// A line that tells the day of publication has at most so many words.
const LONGEST_DATE_LINE: usize = 20;

/// What was read off a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The publication or site, from a dateline, a line of rights or a line that is an address.
    pub source: Option<String>,
    /// Who wrote it, from a byline or an author box.
    pub author: Option<String>,
    /// The day it was published.
    pub published: Option<Date>,
}

/// What the lines round an article, and its first one, tell of it.
pub fn of_page(text: &str, cleaned: &Cleaned, language: Language) -> Page {
    let left: Vec<Line<'_>> = cleaned.left.iter().map(|span| Line::new(text, *span, false, false)).collect();
    let head = Head::of(text, cleaned, language);
    let byline = left.iter().find_map(|line| byline_name(line).map(|name| name.of(line.text)));
    let byline = byline.or_else(|| bare_name(&left, language));
    let holder = left.iter().find_map(rights_holder).map(|holder| site_of(&left, holder));
    Page {
        source: head.agency.or(holder).or_else(|| left.iter().find_map(address)),
        author: byline.or(cleaned.author.map(|name| name.of(text))).map(str::to_owned),
        published: left.iter().find_map(|line| published(line, language)).or(head.day),
    }
}

/// The day in a date as metadata write it: ISO 8601 with or without a time, or as people do.
pub fn day(text: &str, language: Option<Language>) -> Option<Date> {
    let text = text.trim();
    let iso = text.get(..10).and_then(|head| head.replace('/', "-").parse().ok()).filter(plausible);
    let spoken = |language: Language| named_day(text, language).map(|(_, day)| day);
    iso.or_else(|| language.map_or_else(|| Language::ALL.into_iter().find_map(spoken), spoken))
}

/// The day in a path (`2024-03-05-titolo`, `2024/03/05/titolo`, `20240305_titolo`), the last one where there are more.
pub fn day_in_path(path: &str) -> Option<Date> {
    let digits: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let compact = |text: &&str| {
        let (year, rest) = text.split_at_checked(4).filter(|_| text.len() == 8)?;
        date(year, &rest[..2], &rest[2..])
    };
    let parted = digits.windows(3).filter_map(|w| date(w[0], w[1], w[2])).next_back();
    parted.or_else(|| digits.iter().filter_map(compact).next_back())
}

/// Whether a line tells when the article was published and hardly anything else.
pub fn is_date_line(line: &Line<'_>, language: Language) -> bool {
    published(line, language).is_some()
}

/// Whether a line is a writer's name after one of the usual words.
pub fn is_byline(line: &Line<'_>) -> bool {
    byline_name(line).is_some()
}

/// The writer's name, where a line is no more than it, with what its bearer does for the paper, there or in the next
/// line.
pub fn bare_byline<'a>(line: &Line<'a>, next: Option<&Line<'_>>) -> Option<&'a str> {
    let name = writer(line.text);
    let told = name.len() < line.text.len() || next.is_some_and(|next| next.length <= 6 && next.biography() > 0);
    (told && is_name(name)).then_some(name)
}

/// The name that stands alone in a line beside the day, or with what its bearer does for the paper.
fn bare_name<'a>(left: &[Line<'a>], language: Language) -> Option<&'a str> {
    let is_day = |line: Option<&Line<'_>>| line.is_some_and(|line| tells_day(line, language));
    let name = |(i, line): (usize, &Line<'a>)| {
        let dated = || is_day(left.get(i + 1)) || i > 0 && is_day(left.get(i - 1));
        bare_byline(line, left.get(i + 1)).or_else(|| Some(line.text).filter(|text| is_name(text) && dated()))
    };
    left.iter().enumerate().find_map(name)
}

fn is_name(text: &str) -> bool {
    Line::new(text, Span::new(0, text.len()), false, false).is_name()
}

/// The writer in a byline, without what he or she does for the paper: "Ada Riva, Business Correspondent".
pub fn writer(text: &str) -> &str {
    let cut = text.match_indices([',', '|', '–', '—', '(']).find(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        Line::new(rest, Span::new(0, rest.len()), false, false).biography() > 0
    });
    cut.map_or(text, |(at, _)| text[..at].trim_end())
}

/// The name of the site among the lines, where it is the beginning of the name of the firm that holds the rights.
fn site_of(left: &[Line<'_>], holder: String) -> String {
    let begins = |line: &&Line<'_>| line.length >= 2 && holder.starts_with(&format!("{} ", line.text));
    left.iter().find(begins).map_or_else(|| holder.clone(), |line| line.text.to_owned())
}

/// The bytes of the writer's name in a byline, counted from the line's first.
fn byline_name(line: &Line<'_>) -> Option<Span> {
    let byline = boilerplate().bylines.iter().find(|byline| line.words.starts_with(byline))?;
    let end = writer(line.text).len();
    let words = line.tokens.iter().filter(|t| t.is_word() && t.span.end <= end);
    let rest: Vec<_> = words.skip(byline.len()).collect();
    let capitals = rest.iter().filter(|token| token.is_capitalised()).count();
    let fits =
        (1..=6).contains(&rest.len()) && capitals * 3 >= rest.len() * 2 && !line.is_terminal() && line.length <= 8;
    fits.then(|| rest[0].span.join(rest[rest.len() - 1].span))
}

fn published(line: &Line<'_>, language: Language) -> Option<Date> {
    let numbers = line.words.iter().filter(|word| *word == "#").count();
    if numbers == 0 || line.words.len() > LONGEST_DATE_LINE || line.is_running() {
        return None;
    }
    let known = boilerplate();
    let mut others = 0;
    let mut at = 0;
    while at < line.words.len() {
        let byline = known.bylines.iter().find(|byline| line.words[at..].starts_with(byline));
        // The writer's name may stand beside the day.
        at += match byline {
            Some(byline) => byline.len() + NAME_WORDS,
            None => {
                others += usize::from(line.words[at] != "#" && !known.publication.contains(&line.words[at]));
                1
            }
        };
    }
    let told = line.words.first().is_some_and(|word| known.publication.contains(word));
    if others * 10 >= line.words.len() * if told { 6 } else { 4 } {
        return None;
    }
    day(line.text, Some(language))
}

/// The first day that a text names on which it may have been written, and where it names it.
pub(super) fn named_day(text: &str, language: Language) -> Option<(Span, Date)> {
    facts::find(text, language, None).into_iter().find_map(|fact| match fact.value {
        Value::Date(date) if date.precision == Precision::Day && date.from == date.to => {
            Some((fact.span, date.from.filter(plausible)?))
        }
        _ => None,
    })
}

/// Whose rights a line claims.
fn rights_holder(line: &Line<'_>) -> Option<String> {
    let word = || line.words.first().filter(|word| *word == "copyright").map(|word| word.len());
    let at = line.text.find('©').map(|at| at + '©'.len_utf8()).or_else(word)?;
    let rest = line.text.get(at..)?.trim_start_matches(|c: char| !c.is_alphabetic());
    let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, ' ' | '\'' | '’' | '&')).unwrap_or(rest.len());
    // A point within the name belongs to it ("gazzetta.it").
    let dotted = rest[end..].strip_prefix('.').is_some_and(|tail| tail.starts_with(char::is_lowercase));
    let end = if dotted { rest.find(char::is_whitespace).unwrap_or(rest.len()) } else { end };
    let name = rest[..end].trim().trim_end_matches(['.', ',']);
    let holder = Line::new(name, Span::new(0, name.len()), false, false);
    let sound = (1..=6).contains(&holder.length) && name.len() > 3 && name.starts_with(char::is_alphabetic);
    (sound && holder.rule().is_none() && !holder.is_navigation()).then(|| name.to_owned())
}

/// The site that a line names by nothing but its address.
fn address(line: &Line<'_>) -> Option<String> {
    let name = line.text.strip_prefix("www.").unwrap_or(line.text);
    let (site, domain) = name.rsplit_once('.')?;
    let site_sound = site.len() > 2 && site.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    let domain_sound = (2..=6).contains(&domain.len()) && domain.bytes().all(|b| b.is_ascii_lowercase());
    (site_sound && domain_sound && site.contains(|c: char| c.is_ascii_alphabetic())).then(|| name.to_owned())
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    if year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok().filter(plausible)
}

/// Whether there were newspapers then.
fn plausible(date: &Date) -> bool {
    (1600..2200).contains(&date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_paths() {
        let check = |path: &str, expected: Option<&str>| {
            assert_eq!(day_in_path(path).map(|d| d.to_string()).as_deref(), expected, "{path}");
        };
        check("2024-03-05-titolo", Some("2024-03-05"));
        check("sport/2024/03/05/titolo", Some("2024-03-05"));
        check("20240305_titolo", Some("2024-03-05"));
        check("2024/03/renault", None);
        check("2024-13-05", None);
        check("000_f427d4d064c51dbb", None);
    }

    #[test]
    fn days_of_iso_times() {
        assert_eq!(day("2024-03-05T10:00:00+01:00", None), Some(jiff::civil::date(2024, 3, 5)));
        assert_eq!(day("perché è già così", None), None);
    }

    #[test]
    fn lines_that_name_a_source() {
        let check = |text: &str, expected: Option<&str>| {
            let line = Line::new(text, Span::new(0, text.len()), false, false);
            let found = rights_holder(&line).or_else(|| address(&line));
            assert_eq!(found.as_deref(), expected, "{text}");
        };
        check("© 2024 La Voce del Brenta. Tutti i diritti riservati.", Some("La Voce del Brenta"));
        check("Copyright © vocebrenta.it 2024", Some("vocebrenta.it"));
        check("Copyright The Hill Times. The Hill Times is not responsible for other sites.", Some("The Hill Times"));
        check("© Riproduzione riservata", None);
        check("© RIPRODUZIONE RISERVATA - AR", None);
        check("VoceBrenta.it", Some("VoceBrenta.it"));
        check("Fine.", None);
        check("3.5", None);
    }

    #[test]
    fn lines_of_day_and_writer() {
        let check = |language: Language, text: &str, expected: Option<&str>| {
            let line = Line::new(text, Span::new(0, text.len()), false, false);
            assert_eq!(published(&line, language).map(|day| day.to_string()).as_deref(), expected, "{text}");
        };
        check(Language::It, "Pubblicato il 3 marzo 2024 alle 10:15", Some("2024-03-03"));
        check(Language::It, "02.05.2023 11:20 di Ugo Bo    Segui: @", Some("2023-05-02"));
        check(Language::It, "Nel 2019 il 3 marzo cadeva di domenica", None);
        check(Language::En, "TRAVEL  -  March 4, 2021  -  by Jane Lee", Some("2021-03-04"));
        check(Language::En, "Mon 7 Oct 2019 09.10 BST   Last modified on Tue 8 Oct 2019 10.00 BST", Some("2019-10-07"));
        check(Language::En, "Mill fire of 4 March 2021 killed three", None);
        check(
            Language::En,
            "The trial over the fire of 4 March 2021 at the mill ended in May without a verdict.",
            None,
        );
    }

    #[test]
    fn bylines() {
        let check = |text: &str, expected: Option<&str>| {
            let line = Line::new(text, Span::new(0, text.len()), false, false);
            assert_eq!(byline_name(&line).map(|name| name.of(text)), expected, "{text}");
        };
        check("di Ada Riva", Some("Ada Riva"));
        check("A cura di Ugo de Bo", Some("Ugo de Bo"));
        check("By Jane Lee, Business Correspondent", Some("Jane Lee"));
        check("By Jane Lee", Some("Jane Lee"));
        check("Di notte i cervi scendono a valle", None);
        check("Di Ada Riva non si sa nulla.", None);
    }
}

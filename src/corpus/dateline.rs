//! Where and when a page says, at the head of its article, that this was written: a line of place and day, or the dateline
//! with which the text begins ("ROMA (Agenzia) – ", "ROME, 3 May 2024 -- ").

use jiff::civil::Date;

use super::clean::Cleaned;
use super::line::Line;
use super::metadata::{is_date_line, named_day};
use crate::language::boilerplate::{boilerplate, word};
use crate::language::{Language, is_function_word};
use crate::text::{Span, Token, TokenKind, tokens};

/// Within how many bytes of the text's beginning a dateline ends.
const DATELINE: usize = 100;
/// A line of place, section, writer and day has at most so many words, and so many of them are small and mean something
/// ("Court *report* – Thursday 23 January 2025").
const LONGEST: usize = 16;
const MOST_SMALL: usize = 3;
/// A line of place and day alone has at most so many.
const SHORTEST: usize = 7;
/// What parts the day from what else stands in such a line.
const MARKS: &str = "-–—|•·,/\\:;()>.";
const DASHES: [char; 3] = ['-', '–', '—'];

/// What the head of an article tells.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The agency in the dateline.
    pub agency: Option<String>,
    /// The day.
    pub day: Option<Date>,
}

impl Head {
    /// What the lines down to the first paragraph of running text tell, and the beginning of that.
    pub(super) fn of(text: &str, cleaned: &Cleaned, language: Language) -> Self {
        let kept = || cleaned.kept.iter().copied();
        let opening = kept().find(|span| Line::new(text, *span, false, false).is_running());
        let start = opening.map_or(text.len(), |opening| opening.start);
        let is_title = |line: &Span| cleaned.title.is_some_and(|title| title.overlaps(*line));
        let kept_above = kept().filter(|line| line.start < start && !is_title(line)).map(|line| (line, 0));
        let end = kept().last().map_or(text.len(), |last| last.start);
        let left = cleaned.left.iter().filter(|line| line.start < end).map(|line| (*line, MOST_SMALL));
        let mut lines: Vec<(Span, usize)> = kept_above.chain(left).collect();
        lines.sort_unstable_by_key(|(line, _)| line.start);
        let day = lines.into_iter().find_map(|(line, small)| day_of(line.of(text), language, small));
        let (agency, day_there) = kept().find_map(|span| agency(span.of(text), language)).unwrap_or_default();
        let day = day.or_else(|| opening.and_then(|opening| day_of_opening(opening.of(text), language)));
        Self { agency, day: day.or(day_there) }
    }
}

/// Whether a line tells when the article was written, and hardly anything else but where.
pub(super) fn tells_day(line: &Line<'_>, language: Language) -> bool {
    is_date_line(line, language) || is_place_and_day(line, language)
}

/// Whether a line tells nothing but where and when, or when: "Torino, sab 3 maggio 2025".
fn is_place_and_day(line: &Line<'_>, language: Language) -> bool {
    line.length <= SHORTEST && day_of(line.text, language, 0).is_some()
}

/// The day in the dateline of a text: behind a name, before a dash that stands near the text's beginning, and beside names
/// alone.
fn day_of_opening(text: &str, language: Language) -> Option<Date> {
    let head = &text[..text.floor_char_boundary(DATELINE)];
    let first = tokens(head).into_iter().find(|token| token.kind != TokenKind::Symbol)?;
    let named = first.is_capitalised() && !is_function_word(&first.text.to_lowercase());
    head.match_indices(DASHES).filter(|_| named).find_map(|(dash, _)| day_of(&head[..dash], language, 0))
}

/// The day, with its year, in a text that tells little else: parted by a mark from names and at most `small` other words; if
/// there may be such, a word such as "updated" may stand for the mark, and "on" in a line that begins with one.
fn day_of(text: &str, language: Language, small: usize) -> Option<Date> {
    let all = tokens(text);
    let is_small = |token: &&Token<'_>| {
        let known = word(token).is_none_or(|word| word == "#" || boilerplate().publication.contains(&word));
        !known && !token.is_capitalised() && !is_function_word(&token.text.to_lowercase())
    };
    let may_be_year = |token: &Token<'_>| token.kind == TokenKind::Number && token.text.len() == 4;
    let length = all.iter().filter(|token| token.is_word()).count();
    if all.len() > 2 * LONGEST || length > LONGEST || !all.iter().any(may_be_year) {
        return None;
    }
    let (span, day) = named_day(text, language)?;
    let has_year = tokens(span.of(text)).iter().any(|token| token.text == day.year().to_string());
    let is_of_publication = |word: &str| boilerplate().publication.contains(word);
    let first = all.iter().find_map(word);
    let opens = first.is_some_and(|word| is_of_publication(&word) && !is_function_word(&word));
    let others = all.iter().filter(|token| !span.contains(token.span));
    let told = |token: Option<&Token<'_>>| {
        token.is_none_or(|token| {
            let is_told = |word: String| small > 0 && is_of_publication(&word) && (opens || !is_function_word(&word));
            MARKS.contains(token.text) || word(token).is_some_and(is_told)
        })
    };
    let before = all.iter().rev().find(|token| token.span.end <= span.start);
    let after = all.iter().find(|token| token.span.start >= span.end);
    (has_year && (opens || told(before)) && told(after) && others.filter(is_small).count() <= small).then_some(day)
}

/// The agency in brackets near the head of a text, before a dash, and the day there; each may be missing.
fn agency(text: &str, language: Language) -> Option<(Option<String>, Option<Date>)> {
    let head = &text[..text.floor_char_boundary(DATELINE)];
    let open = head.find('(')?;
    let close = open + head[open..].find(')')?;
    let after = head[close + 1..].trim_start();
    let before = &head[..open];
    let plain = !before.contains(['.', '!', '?', ':', '"', '“', '«']);
    if !(plain && after.starts_with(DASHES)) {
        return None;
    }
    let name = Span::new(open + 1, close).of(text).trim();
    let sound = (2..=40).contains(&name.len()) && name.starts_with(char::is_uppercase);
    let day = named_day(&text[..head.len() - after.len()], language).map(|(_, day)| day);
    Some((sound.then(|| name.to_owned()), day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_place_and_day() {
        let check = |language: Language, text: &str, expected: Option<&str>| {
            let day = day_of(text, language, MOST_SMALL).map(|day| day.to_string());
            assert_eq!(day.as_deref(), expected, "{text}");
        };
        for (text, expected) in [
            ("Borgosole, sab 17 gen 2026", Some("2026-01-17")),
            ("Il Faro di Ponente, 28 febbraio 2025 - di G. Riva", Some("2025-02-28")),
            ("Cultura e spettacoli - sabato 8 marzo 2025", Some("2025-03-08")),
            ("(AGX) - Montalbo, 14 marzo 2029 - ore 21.47", Some("2029-03-14")),
            ("La fiera apre il 3 maggio 2025 in piazza", None),
            ("Il 3 maggio 2025 la fiera di Montalbo ha chiuso", None),
            ("Borgosole, sabato 17 gennaio", None),
            ("numero di maggio 2028", None),
            ("Pubblicato da Ada Riva il 5 maggio 2026 in Cultura", Some("2026-05-05")),
            ("Il terremoto del 6 aprile 2009", None),
        ] {
            check(Language::It, text, expected);
        }
        for (text, expected) in [
            ("Jan 30, 2026 | Ada Stone | Materials | 6 Comments", Some("2026-01-30")),
            ("27th June 2026", Some("2026-06-27")),
            ("Observatory of Mount Elder, 14 May 2025 - For immediate release", Some("2025-05-14")),
            ("RNX News Agency - 9 October 2030", Some("2030-10-09")),
            ("The mill burnt down on 4 March 2021, killing three", None),
        ] {
            check(Language::En, text, expected);
        }
    }

    #[test]
    fn datelines() {
        let check = |language: Language, text: &str, expected: Option<&str>| {
            assert_eq!(day_of_opening(text, language).map(|day| day.to_string()).as_deref(), expected, "{text}");
        };
        check(Language::It, "MONTALBO, 18 novembre 2024 - Li hanno presi all'alba.", Some("2024-11-18"));
        check(Language::It, "(AGX) - PORTO SOLE, 11 LUG 2025 - Intesa nella notte.", Some("2025-07-11"));
        check(Language::En, "HYTHE BAY, 8 September 2030 -- Lumen Inc. said today", Some("2030-09-08"));
        check(Language::It, "Il 2 agosto 1980 – alle 10.25 – la bomba", None);
        check(Language::En, "The fire of 4 March 2021 - the worst in years - killed three.", None);
    }

    #[test]
    fn agencies() {
        let check = |text: &str, expected: Option<&str>| {
            let name = agency(text, Language::It).and_then(|(name, _)| name);
            assert_eq!(name.as_deref(), expected, "{text}");
        };
        check("(Agenzia Nord) – Il fiume è salito.", Some("Agenzia Nord"));
        check("PADOVA (AdnNord) - Il fiume è salito.", Some("AdnNord"));
        check("Il fiume (lungo 3 km) – il più breve – è salito.", None);
        check("Il fiume è salito.", None);
    }
}

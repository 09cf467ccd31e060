//! The paragraphs of a page, put together again where their lines were broken: at one width as in e-mail, in a narrow
//! column, or wherever a link stood.

use super::dateline::tells_day;
use super::line::{Line, ends_within};
use super::metadata::is_byline;
use crate::language::boilerplate::boilerplate;
use crate::language::{Language, WordClass, grammar};
use crate::text::{Span, straighten};

/// A line that was broken for want of room is no longer than this, in characters.
const WIDEST: usize = 200;
/// Lines are broken on a page if so many at least go on in the next, and so many in a hundred of those that could.
const LEAST_BROKEN: usize = 3;
const BROKEN_SHARE: usize = 30;
/// Lines are broken anywhere if so many in a hundred of the broken ones leave a third of the room free.
const RAGGED_SHARE: usize = 30;
/// Of two lines one has so many words at least if they are one sentence: labels have fewer.
const LEAST_WORDS: usize = 3;
/// A label has so many words at most.
const LONGEST_LABEL: usize = 6;
/// Running text has so many words at least.
const LEAST_TEXT: usize = 8;
/// The last line of a sentence has so many words at most if it is taken for one by its full stop alone.
const LONGEST_END: usize = 3;

/// With what no line begins that is not the rest of another.
const CLOSING: [char; 6] = ['.', ',', ';', ')', '”', '’'];

/// How a line stands to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bond {
    /// Something else begins.
    Apart,
    /// The line before ends as a sentence does.
    Ended,
    /// The line before ends, but not as a sentence does.
    Open,
    /// The sentence goes on.
    GoesOn,
}

/// A line, or several joined.
struct Part {
    span: Span,
    apart: bool,
    /// Whether it is an item of a list, and whether it is a row of a table.
    item: bool,
    row: bool,
    /// How it stands to the part before it.
    bond: Bond,
    /// How wide its last line is, in characters.
    width: usize,
    /// Whether it is running text, and whether such stands directly before it; known once sentences are joined.
    text: bool,
    in_text: bool,
}

/// The lines of `body` that have anything in them, those that were broken joined to paragraphs.
pub fn paragraphs(text: &str, body: Span, markdown: bool, language: Language) -> Vec<Line<'_>> {
    let (spans, lines): (Vec<Span>, Vec<Line<'_>>) = lines(text, body, markdown).into_iter().unzip();
    let parts: Vec<Part> = bonds(&lines, language)
        .into_iter()
        .zip(spans.into_iter().zip(&lines))
        .map(|(bond, (span, line))| Part {
            span,
            apart: line.apart,
            item: line.item,
            row: line.row,
            bond,
            width: line.text.chars().count(),
            text: false,
            in_text: false,
        })
        .collect();
    let wrapping = Wrapping::of(&parts);
    let mut sentences = join(parts, |_, part| part.bond == Bond::GoesOn);
    let joined = match wrapping {
        Some(wrapping) => {
            for part in &mut sentences {
                part.text = is_text(&Line::new(text, part.span, markdown, part.apart));
            }
            join(sentences, |before, part| {
                // A line that leaves much room was not broken for want of it.
                let full = before.width * 3 >= wrapping.widest * 2;
                part.in_text = part.bond != Bond::Apart && (before.text || before.in_text);
                match part.bond {
                    Bond::Ended => full && before.text,
                    Bond::Open if before.text => full || wrapping.ragged,
                    Bond::Open => wrapping.ragged && before.in_text && !before.item && part.text,
                    _ => false,
                }
            })
        }
        None => sentences,
    };
    let line = |part: Part| Line { row: part.row, ..Line::new(text, part.span, markdown, part.apart) };
    joined.into_iter().map(line).collect()
}

/// Whether the line is a part of running text, though its end may be missing.
fn is_text(line: &Line<'_>) -> bool {
    line.is_running() || line.length >= LEAST_TEXT && line.is_held_together() && ends_within(line.text)
}

/// Joins each part to the one before it where `goes_on` says so of both.
fn join(parts: Vec<Part>, mut goes_on: impl FnMut(&Part, &mut Part) -> bool) -> Vec<Part> {
    let mut joined: Vec<Part> = Vec::with_capacity(parts.len());
    for mut part in parts {
        match joined.last_mut() {
            Some(last) if goes_on(last, &mut part) => {
                last.span = last.span.join(part.span);
                last.width = part.width;
                last.text |= part.text;
            }
            _ => joined.push(part),
        }
    }
    joined
}

/// How the lines of a page are broken.
struct Wrapping {
    /// The most characters of a line that was broken.
    widest: usize,
    /// Whether they are broken anywhere, not at one width.
    ragged: bool,
}

impl Wrapping {
    /// `None` for a page on which a line is a paragraph.
    fn of(parts: &[Part]) -> Option<Self> {
        let pairs = parts.windows(2).filter(|pair| pair[1].bond != Bond::Apart).count();
        let broken: Vec<usize> =
            parts.windows(2).filter(|pair| pair[1].bond == Bond::GoesOn).map(|pair| pair[0].width).collect();
        let widest = *broken.iter().max()?;
        let short = broken.iter().filter(|width| **width * 3 < widest * 2).count();
        let wrapped = broken.len() >= LEAST_BROKEN && broken.len() * 100 >= pairs * BROKEN_SHARE && widest <= WIDEST;
        wrapped.then_some(Self { widest, ragged: short * 100 >= broken.len() * RAGGED_SHARE })
    }
}

/// How each line stands to the one before it.
fn bonds(lines: &[Line<'_>], language: Language) -> Vec<Bond> {
    let mut bonds = Vec::with_capacity(lines.len());
    let mut alone_before = true;
    for (i, line) in lines.iter().enumerate() {
        let goes_with_none = line.apart || line.item || line.marked || line.row;
        let before = i.checked_sub(1).map(|i| &lines[i]).filter(|_| !goes_with_none);
        let bond = before.filter(|before| !before.marked && !before.row).map_or(Bond::Apart, |before| {
            if before.is_terminal() && !before.text.ends_with(';') {
                Bond::Ended
            } else if goes_on(before, line, language) {
                Bond::GoesOn
            } else {
                Bond::Open
            }
        });
        // What a sentence goes on with may look like a label or a day of publication.
        let end = before.is_some_and(|before| is_end(before, line, language));
        let rest = (line.text.starts_with(CLOSING) || end) && bond != Bond::Apart;
        let alone = !rest && (line.is_navigation() || line.is_junk() || begins_as_byline(line))
            || bond != Bond::GoesOn && says_something_else(line, language);
        bonds.push(if alone || alone_before { Bond::Apart } else { bond });
        alone_before = alone;
    }
    bonds
}

/// Whether `line` plainly goes on with the sentence of the line `before` it.
fn goes_on(before: &Line<'_>, line: &Line<'_>, language: Language) -> bool {
    let small = line.text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    // A few words without any that binds them are the name of a picture or a list of tags.
    let bound = line.function_words > 0 || line.tokens.len() > line.length || line.length > LONGEST_LABEL;
    let words = before.length.max(line.length) >= LEAST_WORDS;
    line.text.starts_with(CLOSING)
        || words && (small && bound || is_open(before, language))
        || is_end(before, line, language)
}

/// Whether `line` is the last few words of a sentence: "… un ordine che vale / 650.000 euro.".
fn is_end(before: &Line<'_>, line: &Line<'_>, language: Language) -> bool {
    line.length <= LONGEST_END
        && line.text.ends_with('.')
        && before.length >= LEAST_TEXT
        && before.is_held_together()
        && !says_something_else(line, language)
}

/// Whether the line is of those that stand beside articles.
fn says_something_else(line: &Line<'_>, language: Language) -> bool {
    line.rule().is_some() || line.is_call() || line.is_caption() || tells_day(line, language)
}

/// Whether the line ends with a word that binds another, or with a comma.
fn is_open(line: &Line<'_>, language: Language) -> bool {
    let binds = |word: &str| {
        let class = grammar(language).class(&straighten(&word.to_lowercase()));
        matches!(class, Some(WordClass::Preposition | WordClass::Determiner | WordClass::Conjunction))
    };
    line.tokens.last().is_some_and(|last| last.text == "," || line.length > 1 && last.is_word() && binds(last.text))
}

/// Whether the line is a byline, or begins as one and tells more, such as the day.
fn begins_as_byline(line: &Line<'_>) -> bool {
    let named = |byline: &Vec<String>| {
        let name: Vec<_> = line.tokens.iter().filter(|token| token.is_word()).skip(byline.len()).take(2).collect();
        line.words.starts_with(byline) && name.len() == 2 && name.iter().all(|token| token.is_capitalised())
    };
    is_byline(line)
        || !line.is_terminal() && line.words.iter().any(|word| word == "#") && boilerplate().bylines.iter().any(named)
}

/// The lines of the page that have anything in them, each with its span, marks and all.
fn lines(text: &str, body: Span, markdown: bool) -> Vec<(Span, Line<'_>)> {
    let mut found = Vec::new();
    let mut apart = true;
    let mut at = body.start;
    for line in body.of(text).split_inclusive(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let span = Span::new(at, at + line.len());
        at += line.len();
        let span = trimmed(text, span);
        if span.is_empty() {
            // The second half of `\r\n` is no empty line.
            apart |= line != "\n" || !text[..at - 1].ends_with('\r');
        } else {
            let line = Line::new(text, span, markdown, apart);
            if !line.text.is_empty() {
                found.push((span, line));
                apart = false;
            }
        }
    }
    mark_rows(&mut found);
    found
}

/// Marks the rows of tables: the line above a rule, and those below it that have bars, if there are any.
fn mark_rows(lines: &mut [(Span, Line<'_>)]) {
    let rules: Vec<usize> = (1..lines.len()).filter(|i| lines[*i].1.is_table_rule()).collect();
    for rule in rules {
        let is_row = |line: &Line<'_>| !line.apart && line.text.contains('|') && !line.is_table_rule();
        let below = lines[rule + 1..].iter().take_while(|(_, line)| is_row(line)).count();
        let head = &lines[rule - 1].1;
        if below == 0 || lines[rule].1.apart || !head.text.contains('|') || head.is_table_rule() {
            continue;
        }
        for (_, line) in &mut lines[rule - 1..=rule + below] {
            line.row = !line.is_table_rule();
        }
    }
}

/// Without white space and the invisible characters of web pages at both ends.
fn trimmed(text: &str, span: Span) -> Span {
    let blank = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
    };
    let inside = span.of(text);
    let start = span.start + (inside.len() - inside.trim_start_matches(blank).len());
    Span::new(start, start + inside.trim_matches(blank).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: Language, page: &[&str], expected: &[&str]) {
        let text = page.join("\n");
        let joined = paragraphs(&text, Span::new(0, text.len()), false, language);
        let joined: Vec<String> = joined.iter().map(|line| line.text.replace('\n', " ")).collect();
        assert_eq!(joined, expected);
    }

    #[test]
    fn lines_broken_anywhere_are_joined_but_not_with_a_headline() {
        check(
            Language::It,
            &[
                "Frana sulla strada del passo,",
                "riaperta una corsia",
                "Venti famiglie sfollate in paese",
                "La frana è caduta",
                "nella notte e ha coperto la strada per",
                "Aldeno. I tecnici della",
                "Provincia sono al lavoro da ieri.",
                "Alla vecchia",
                "Casa cantoniera sono arrivate, in serata, le prime due",
                "ruspe del comune.",
            ],
            &[
                "Frana sulla strada del passo, riaperta una corsia",
                "Venti famiglie sfollate in paese",
                "La frana è caduta nella notte e ha coperto la strada per Aldeno. I tecnici della Provincia sono al lavoro da \
                 ieri.",
                "Alla vecchia Casa cantoniera sono arrivate, in serata, le prime due ruspe del comune.",
            ],
        );
    }

    #[test]
    fn text_goes_on_round_links_and_after_a_list() {
        check(
            Language::En,
            &[
                "The mill was sold by",
                "Nora Pell",
                ", who has run it for nine years.",
                "> Storm closes the pass",
                "> Bus fares to rise",
                "The council wants a museum there.",
            ],
            &[
                "The mill was sold by Nora Pell , who has run it for nine years.",
                "> Storm closes the pass",
                "> Bus fares to rise",
                "The council wants a museum there.",
            ],
        );
    }

    #[test]
    fn the_last_words_of_a_sentence_are_no_label() {
        let page = ["The tannery seen from the river after the floods of last week", "Photo Ansa."];
        check(Language::En, &page, &page);
        let page = [
            "Last week the tannery took an order from a firm in Fermo worth",
            "£650,000.",
            "It is the largest so far.",
        ];
        check(
            Language::En,
            &page,
            &["Last week the tannery took an order from a firm in Fermo worth £650,000.", "It is the largest so far."],
        );
    }

    #[test]
    fn labels_bylines_and_days_stand_alone() {
        let page = [
            "Il mulino venduto a una cooperativa",
            "di Ada Riva",
            "12 maggio 2024",
            "mulino valle foto",
            "Il mulino è stato venduto ieri mattina.",
        ];
        check(Language::It, &page, &page);
    }
}

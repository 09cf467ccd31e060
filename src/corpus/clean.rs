//! Which lines of a page are the article.
//!
//! A scraped page has the article in its middle: a title and a banner above it, widgets below it, and now and then a
//! line between its paragraphs that belongs to the site. Running text is the one sure sign of the article. So each
//! line is judged by itself first (`line`), then by where it stands: between two paragraphs a line is kept unless
//! something speaks against it, outside them it has to look like a headline or a continued text.

use std::collections::HashSet;

use super::dateline::tells_day;
use super::line::Line;
use super::metadata::{bare_byline, is_byline, is_date_line};
use super::paragraphs::paragraphs;
use crate::language::boilerplate::Drops;
use crate::language::{Language, abbreviations, is_function_word};
use crate::text::{Abbreviations, Span, fold, sentences};

/// Above the lines that tell writer and day stand at most so many others after the first that reads like text, with so
/// many words of such text in them: a summary, or a request.
const HEAD_LINES: usize = 8;
const HEAD_WORDS: usize = 40;
/// A word that tells what a text is about has at least so many letters.
const LEAST_LETTERS: usize = 4;

/// What is the article in a text, and what the rest tells of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The paragraphs and headings of the article, in order and disjoint. They lie on character boundaries.
    pub kept: Vec<Span>,
    /// The headline above the article, if there is one.
    pub title: Option<Span>,
    /// The name in an author box.
    pub author: Option<Span>,
    /// The lines above and below the article that were left out: dates, bylines, rights.
    pub left: Vec<Span>,
}

/// Finds the article in the bytes `body` of `text`.
pub fn clean(text: &str, body: Span, markdown: bool, language: Language) -> Cleaned {
    let lines = paragraphs(text, body, markdown, language);
    let mut page = Page { kept: vec![true; lines.len()], lines, author: None };
    let parts = page.drop_boilerplate(text, abbreviations(language));
    page.drop_sections();
    page.drop_author_box();
    let (first, last) = page.running(language);
    page.drop_captions();
    let title = page.drop_head(first, language);
    page.drop_tail(last, language);
    page.drop_repetitions(text, &parts, title);
    let mut kept: Vec<Span> = Vec::new();
    let mut left = Vec::new();
    for (i, part) in parts.into_iter().enumerate() {
        if page.kept[i] {
            kept.extend(part);
        } else if first.is_none_or(|first| i < first) || last.is_some_and(|last| i > last) {
            left.push(page.lines[i].span);
        }
    }
    let span = |i: usize| page.lines[i].span;
    Cleaned { kept, title: title.map(span), author: page.author.map(span), left }
}

/// The lines of a page and what is kept of them so far.
struct Page<'a> {
    lines: Vec<Line<'a>>,
    kept: Vec<bool>,
    author: Option<usize>,
}

impl Page<'_> {
    /// Drops the lines that are boilerplate by themselves; gives of each line the parts that may stay.
    fn drop_boilerplate(&mut self, text: &str, abbreviations: &Abbreviations) -> Vec<Vec<Span>> {
        let mut parts = Vec::with_capacity(self.lines.len());
        for (line, kept) in self.lines.iter().zip(&mut self.kept) {
            if line.row {
                *kept = line.length > 0 && line.rule().is_none();
                parts.push(vec![line.span]);
                continue;
            }
            let (left, outweighs) = sound_parts(text, line, abbreviations);
            let sound = outweighs || !(line.rule().is_some() || line.is_navigation() || line.is_call());
            let left = if sound && !line.is_junk() { left } else { Vec::new() };
            *kept = !left.is_empty();
            parts.push(left);
        }
        parts
    }

    /// Drops what follows a header: the headlines of a list, or the rest of the page.
    fn drop_sections(&mut self) {
        let total = self.running_words(0, self.lines.len());
        let mut before = 0;
        let mut i = 0;
        while i < self.lines.len() {
            let rule = self.lines[i].rule().filter(|_| !self.kept[i]);
            let alone = rule.is_some_and(|found| found.end >= self.lines[i].words.len());
            match rule.map(|found| found.rule.drops) {
                Some(Drops::Rest) if before * 2 > total => {
                    self.kept[i..].fill(false);
                    return;
                }
                Some(Drops::Author) if before * 2 > total => {
                    self.author = (i + 1..self.lines.len()).find(|at| self.lines[*at].length <= 4);
                    self.kept[i..].fill(false);
                    return;
                }
                // Above the article nothing tells such headlines from its own.
                Some(Drops::List | Drops::Rest) if alone && before > 0 => {
                    let closes = |line: &Line<'_>| line.rule().is_some_and(|found| found.rule.drops.is_final());
                    let over = |at: &usize| self.lines[*at].is_running() || !self.kept[*at] && closes(&self.lines[*at]);
                    let end = (i + 1..self.lines.len()).find(over);
                    let mut end = end.unwrap_or(self.lines.len());
                    // A heading directly above the text that goes on is the article's, if the list stands closer
                    // together.
                    let heading = end > i + 2 && end < self.lines.len() && self.lines[end - 1].apart;
                    if heading && !self.lines[end - 2].apart {
                        end -= 1;
                    }
                    self.kept[i..end].fill(false);
                    i = end;
                    continue;
                }
                _ if self.is_text(i) => before += self.lines[i].length,
                _ => {}
            }
            i += 1;
        }
    }

    /// Drops what presents the author below the article: a name, repeated or with a life told in a line.
    fn drop_author_box(&mut self) {
        let total = self.running_words(0, self.lines.len());
        let Some(last) = (0..self.lines.len()).rev().find(|i| self.is_text(*i)) else { return };
        for i in (last.saturating_sub(3)..=last).filter(|i| *i > 0) {
            let line = &self.lines[i];
            let before = self.running_words(0, i);
            if !self.kept[i] || before * 2 < total || !line.is_name() {
                continue;
            }
            let key = line.key();
            let repeated = self.lines.get(i + 1).is_some_and(|next| next.key() == key);
            let told = self.lines[i + 1..].iter().take(2).any(|next| next.biography() >= 2);
            let below = self.lines[i + 1..].iter().filter(|line| line.is_running()).count();
            if (repeated || told) && below <= 2 {
                self.author = Some(i);
                self.kept[i..].fill(false);
                return;
            }
        }
        // The same without a name of its own line: somebody who is in no other sentence writes for the paper.
        let line = &self.lines[last];
        let name: Vec<&str> = line.tokens.iter().take(2).map(|token| token.text).collect();
        let named = line.tokens.iter().take(2).all(|token| token.is_capitalised());
        let known = self.lines[..last]
            .iter()
            .any(|other| name.iter().all(|word| other.text.contains(word)) && other.is_running());
        if named && !known && line.biography() >= 3 && line.length <= 80 && self.running_words(0, last) * 2 > total {
            self.kept[last..].fill(false);
        }
    }

    /// Drops captions: credits, names of picture files, and two lines of which one says the other again.
    fn drop_captions(&mut self) {
        for i in 0..self.lines.len() {
            let line = &self.lines[i];
            if !self.kept[i] || line.is_running() || line.marked || line.item || line.row {
                continue;
            }
            let file_name = line.starts_small() && line.length <= 6 && !line.is_terminal() && i > 0;
            let caption = line.is_caption() || file_name;
            let paired = self.lines.get(i + 1).is_some_and(|next| {
                let short = line.length.max(next.length) <= 10 && !line.is_terminal() && !next.is_terminal();
                let within = |a: &Line<'_>, b: &Line<'_>| a.words.iter().all(|word| b.words.contains(word));
                // The same words twice are a headline that stands there twice.
                let caption = line.key() != next.key() && (within(line, next) || within(next, line));
                short && !next.apart && !next.item && !next.marked && !next.row && caption
            });
            if paired {
                self.kept[i + 1] = false;
            }
            self.kept[i] = !caption && !paired;
        }
    }

    /// Keeps above the text only its headlines; gives the title.
    fn drop_head(&mut self, first: Option<usize>, language: Language) -> Option<usize> {
        let end = first.unwrap_or(self.lines.len());
        self.drop_menus(0, end);
        let title_of = |tells_day: &dyn Fn(&Line<'_>) -> bool| {
            let about = |line: &Line<'_>| is_byline(line) || tells_day(line);
            let headline = |i: &usize| self.kept[*i] && self.lines[*i].is_headline() && !about(&self.lines[*i]);
            let body: HashSet<&str> =
                (end..self.lines.len()).filter(|i| self.is_text(*i)).flat_map(|i| subject(&self.lines[i])).collect();
            // A headline has words of its article, and many; what the site says above it has few.
            let shared = |i: usize| {
                let all = subject(&self.lines[i]).count().max(1) as f32;
                let common = subject(&self.lines[i]).filter(|word| body.contains(word)).count() as f32;
                common * common / all
            };
            let best = |of: &dyn Fn(&Line<'_>) -> bool| {
                let fitting: Vec<usize> = (0..end).filter(headline).filter(|i| of(&self.lines[*i])).collect();
                let most = fitting.iter().map(|i| shared(*i)).fold(0.0, f32::max);
                fitting.into_iter().find(|i| shared(*i) * 3.0 >= most)
            };
            let long = |least: usize| best(&|line| line.length >= least);
            best(&|line| line.is_labelled_title())
                .or_else(|| best(&|line| line.marked))
                .or_else(|| long(4))
                .or_else(|| long(2))
                .or_else(|| long(1))
        };
        // "Piazza Verdi, 3 maggio 1970" is a headline where there is no other.
        let title =
            title_of(&|line| tells_day(line, language)).or_else(|| title_of(&|line| is_date_line(line, language)))?;
        if first.is_some() {
            let about = |i: usize| {
                let line = &self.lines[i];
                if line.row {
                    return false;
                }
                let bare = bare_byline(line, self.lines.get(i + 1)).is_some();
                bare || is_byline(line) || tells_day(line, language)
            };
            let about: Vec<bool> = (0..end).map(|i| i > title && about(i)).collect();
            let told = about.iter().rposition(|about| *about);
            for (i, about) in about.into_iter().enumerate() {
                let line = &self.lines[i];
                let label = line.length <= 3 && !(line.is_terminal() || line.marked || line.item || line.row);
                // Between the lines on writer and day and the text stand captions.
                let caption = told.is_some_and(|told| i > told && !(line.marked || line.item || line.row));
                self.kept[i] &= i == title || i > title && !label && !about && !caption;
            }
        }
        Some(title)
    }

    /// Drops four and more short lines in a row: a menu.
    fn drop_menus(&mut self, start: usize, end: usize) {
        let short = |line: &Line<'_>| line.length <= 3 && !(line.is_terminal() || line.item || line.marked || line.row);
        let mut from = start;
        while from < end {
            let to = (from..end).find(|i| !short(&self.lines[*i])).unwrap_or(end);
            if to - from >= 4 {
                self.kept[from..to].fill(false);
            }
            from = to + 1;
        }
    }

    /// Keeps below the text only what goes on with it.
    fn drop_tail(&mut self, last: Option<usize>, language: Language) {
        let Some(last) = last else { return };
        let mut goes_on = true;
        for i in last + 1..self.lines.len() {
            let line = &self.lines[i];
            goes_on &= self.kept[i] || line.is_junk();
            let sentence =
                line.is_terminal() && line.length >= 3 && line.function_words > 0 && !line.text.ends_with(':');
            let row = line.length >= 2 && line.words.iter().any(|word| word == "#");
            let told = !is_byline(line) && !is_date_line(line, language) && (sentence || line.item || row);
            self.kept[i] &= goes_on && (told || line.row);
        }
    }

    /// Drops lines that were there before.
    fn drop_repetitions(&mut self, text: &str, parts: &[Vec<Span>], title: Option<usize>) {
        let mut seen = HashSet::new();
        let key = |i: usize| -> String {
            let text: String = parts[i].iter().map(|part| part.of(text)).collect();
            fold(&text).chars().filter(|c| c.is_alphanumeric()).collect()
        };
        if let Some(title) = title {
            seen.insert(key(title));
        }
        for i in 0..self.lines.len() {
            if self.kept[i] && Some(i) != title && self.lines[i].length >= 4 && !self.lines[i].row {
                self.kept[i] = seen.insert(key(i));
            }
        }
    }

    /// The first and the last line of running text that are kept. What little stands above the lines that tell writer
    /// and day is not yet the text.
    fn running(&self, language: Language) -> (Option<usize>, Option<usize>) {
        let found: Vec<usize> = (0..self.lines.len()).filter(|i| self.is_text(*i)).collect();
        let (Some(mut first), last) = (found.first().copied(), found.last().copied()) else { return (None, None) };
        let about = |i: &usize| is_byline(&self.lines[*i]) || tells_day(&self.lines[*i], language);
        let head = first + HEAD_LINES.min(self.lines.len() - first);
        if let Some(told) = (first..head).rfind(about)
            && self.running_words(first, told) <= HEAD_WORDS
            && let Some(next) = found.iter().find(|i| **i > told)
        {
            first = *next;
        }
        (Some(first), last)
    }

    fn is_text(&self, i: usize) -> bool {
        self.kept[i] && self.lines[i].is_running()
    }

    /// How many words of running text are kept among the lines `from..to`.
    fn running_words(&self, from: usize, to: usize) -> usize {
        (from..to).filter(|i| self.is_text(*i)).map(|i| self.lines[i].length).sum()
    }
}

/// The words of a line that may tell what it is about.
fn subject<'l>(line: &'l Line<'_>) -> impl Iterator<Item = &'l str> {
    let content = |word: &&str| word.chars().count() >= LEAST_LETTERS && !is_function_word(word);
    line.words.iter().map(String::as_str).filter(content)
}

/// The parts of a line without the sentences in it that are boilerplate, and whether what stays
/// outweighs what goes: buttons that were glued to it, or a note after it.
fn sound_parts(text: &str, line: &Line<'_>, abbreviations: &Abbreviations) -> (Vec<Span>, bool) {
    let mut parts: Vec<Span> = Vec::new();
    let (mut dropped, mut joins, mut glued) = (0, false, false);
    for sentence in sentences(line.text, abbreviations) {
        let span = sentence.shifted(line.span.start);
        let part = Line::new(text, span, false, false);
        if part.rule().is_some() || part.is_call() || part.is_navigation() && part.length > 1 {
            dropped += part.length;
            joins = false;
            continue;
        }
        let buttons = part.leading_buttons();
        glued |= buttons > 0;
        let span = Span::new(span.start + buttons, span.end);
        match parts.last_mut() {
            Some(last) if joins && buttons == 0 => *last = last.join(span),
            _ => parts.push(span),
        }
        joins = true;
    }
    let running = |part: &Span| Line::new(text, *part, false, false).is_running();
    // Most of a short line being boilerplate, the rest of it is too.
    if !glued
        && dropped * 2 > line.length
        && line.length <= 40
        && !parts.iter().any(|part| Line::new(text, *part, false, false).length >= 8)
    {
        parts.clear();
    }
    let text_first = parts.first().is_some_and(|part| part.start == line.span.start && running(part));
    (parts, glued || text_first)
}

//! What can be told of one line of a page by looking at it alone.

use crate::language::boilerplate::{Found, boilerplate, word};
use crate::language::is_function_word;
use crate::text::{Span, Token, fold, tokens};

/// What stands before the items of a list.
const MARKS: [char; 11] = ['•', '▪', '■', '●', '►', '‣', '→', '>', '*', '-', '–'];
/// A headline is no longer than this, in words.
const LONGEST_HEADLINE: usize = 30;

/// A line of a page, or a paragraph where the text is broken into lines of one width.
pub struct Line<'a> {
    /// Its bytes, without the white space and, in Markdown, the marks around it.
    pub span: Span,
    /// Its text.
    pub text: &'a str,
    /// Its tokens; their spans are bytes of the line.
    pub tokens: Vec<Token<'a>>,
    /// Its words as the tables of boilerplate compare them; what is quoted is left out where other words stand beside
    /// it.
    pub words: Vec<String>,
    /// How many words it has, numbers included.
    pub length: usize,
    /// How many of them are function words.
    pub function_words: usize,
    /// Whether it is an item of a list.
    pub item: bool,
    /// Whether it is marked as a heading.
    pub marked: bool,
    /// Whether it is a row of a Markdown table; to be seen from the lines around it.
    pub row: bool,
    /// Whether an empty line stands before it.
    pub apart: bool,
}

impl<'a> Line<'a> {
    /// The line at `span` of `text`.
    pub fn new(text: &'a str, span: Span, markdown: bool, apart: bool) -> Self {
        let whole = span.of(text);
        let marks = whole.len()
            - if markdown {
                whole.trim_start_matches(|c: char| c.is_whitespace() || "#>*-+_".contains(c)).len()
            } else {
                whole.trim_start_matches(|c: char| c.is_whitespace() || MARKS.contains(&c)).len()
            };
        // "[12]Read more": the number of a link, as text browsers write it.
        let link = link_number(&whole[marks..]);
        let marks = marks + link;
        let (mark, rest) = whole.split_at(marks);
        let item = mark.contains(MARKS) || mark.contains('+') || is_numbered(rest);
        let bare = if markdown || link > 0 { Span::new(span.start + marks, span.end) } else { span };
        let line = bare.of(text);
        let tokens = tokens(line);
        let function_words =
            tokens.iter().filter(|t| t.is_word() && is_function_word(&t.text.to_lowercase().replace('’', "'"))).count();
        Line {
            span: bare,
            text: line,
            words: outside_quotes(&tokens),
            length: tokens.iter().filter(|t| word(t).is_some()).count(),
            tokens,
            function_words,
            item,
            marked: mark.contains('#'),
            row: false,
            apart,
        }
    }

    /// Whether the line ends as a sentence does.
    pub fn is_terminal(&self) -> bool {
        let bare = self.text.trim_end_matches(|c: char| "\"”’»')]*_“".contains(c) || c.is_whitespace());
        bare.ends_with(['.', '!', '?', '…', ';', ':'])
    }

    /// Whether the line is running text: a sentence that ends, long enough and held together by small words.
    pub fn is_running(&self) -> bool {
        let bare = self.text.trim_end_matches(|c: char| "\"”’»')]*_“".contains(c) || c.is_whitespace());
        let asks = bare.ends_with(['!', '?']);
        let several = ends_within(bare);
        self.is_held_together()
            && if bare.ends_with(['.', '…', ':', ';']) || asks && several {
                self.length >= 8
            } else if asks {
                self.length >= 25
            } else {
                self.length > LONGEST_HEADLINE
            }
    }

    /// Whether it has as many small words as running text has.
    pub fn is_held_together(&self) -> bool {
        self.function_words * 100 >= self.length * 12
    }

    /// Whether it is the rule below the head of a Markdown table: "|---|:-:|".
    pub fn is_table_rule(&self) -> bool {
        self.text.contains('|') && self.text.contains('-') && self.text.chars().all(|c| "|-: \t".contains(c))
    }

    /// Whether the line can be a headline.
    pub fn is_headline(&self) -> bool {
        (1..=LONGEST_HEADLINE).contains(&self.length)
            && !self.is_running()
            && !self.item
            && !self.text.starts_with('|')
            && !self.text.ends_with([':', ';', ','])
    }

    /// Whether the line says of itself that it is a title: "Subject: …", "<h1>…".
    pub fn is_labelled_title(&self) -> bool {
        title_after_label(self.text).is_some() || ["<h1", "<title"].iter().any(|tag| self.text.starts_with(tag))
    }

    /// Whether the line begins with a small letter.
    pub fn starts_small(&self) -> bool {
        self.text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
    }

    /// Whether the line is a bare name: two to four words with capitals.
    pub fn is_name(&self) -> bool {
        let words: Vec<_> = self.tokens.iter().filter(|t| t.is_word()).collect();
        let small = words.iter().filter(|t| !t.is_capitalised()).count();
        (2..=4).contains(&words.len())
            && words.len() == self.tokens.len()
            && words.first().is_some_and(|t| t.is_capitalised())
            && words.last().is_some_and(|t| t.is_capitalised())
            && small * 3 <= words.len()
            && !words[0].is_elided()
            && !is_function_word(&words[0].text.to_lowercase())
    }

    /// Whether there is nothing to read in it: no words, only an address or a link, or keys hit at random.
    pub fn is_junk(&self) -> bool {
        let text = self.text;
        let (letters, others) = text.chars().filter(|c| !c.is_whitespace()).fold((0, 0), |(letters, others), c| {
            if c.is_alphanumeric() { (letters + usize::from(c.is_alphabetic()), others) } else { (letters, others + 1) }
        });
        let address = !text.contains(char::is_whitespace)
            && (text.contains("://") || text.starts_with("www.") || text.contains('@'));
        // "[Tabella dei contenuti]", "[[ADV]]": the name of something that was left out.
        let placeholder = text.starts_with('[') && text.ends_with(']');
        letters < 2 || others > letters * 2 || address || placeholder || is_markup(text) || is_monotonous(text)
    }

    /// The line as it is compared with others to find repetitions.
    pub fn key(&self) -> String {
        fold(self.text).chars().filter(|c| c.is_alphanumeric()).collect()
    }

    /// The rule of boilerplate that the line fulfils.
    pub fn rule(&self) -> Option<Found<'static>> {
        let marked = |words: usize| self.marked_after(words);
        let found = boilerplate().rule(&self.words, &marked)?;
        (!found.rule.unless_running || !self.is_running() || marked(found.end)).then_some(found)
    }

    /// Whether a mark such as a colon stands after the first `words` words.
    fn marked_after(&self, words: usize) -> bool {
        let mut read = self.tokens.iter().skip_while({
            let mut left = words;
            move |token| {
                let more = left > 0;
                left -= usize::from(left > 0 && word(token).is_some());
                more
            }
        });
        read.next().is_some_and(|token| matches!(token.text, ":" | ">" | "»" | "|" | "-" | "–" | "—" | "→"))
    }

    /// Whether every word is of menus and buttons, there are only names of services, or it is the path to a page.
    pub fn is_navigation(&self) -> bool {
        let known = boilerplate();
        let all = self.words.iter().all(|w| known.navigation.contains(w) || known.buttons.contains(w) || w == "#");
        let labels = self.words.iter().filter(|w| *w != "#").count();
        let short = |part: &str| (1..=3).contains(&part.split_whitespace().count());
        let path = self.function_words == 0
            && !self.is_terminal()
            && ['/', '>', '»', '›'].into_iter().any(|mark| {
                let parts = self.text.split(mark);
                // "Sport / Tennis", but "Calcio/Serie C/Girone B": a single slash without room may stand in a name.
                let room = mark != '/' || self.text.contains(" / ") || parts.clone().count() > 2;
                room && parts.clone().count() > 1 && parts.map(str::trim).all(short)
            });
        let trail = [" > ", " » ", " / ", " | ", " · ", " › "]
            .iter()
            .map(|mark| self.text.matches(mark).count())
            .sum::<usize>();
        labels > 0 && labels <= 20 && all || path || trail >= 2 && self.length <= 6 * trail && !self.is_running()
    }

    /// Whether the line asks the reader to do something on the page or for it.
    pub fn is_call(&self) -> bool {
        let known = boilerplate();
        let any = |set: &std::collections::HashSet<String>| self.words.iter().any(|w| set.contains(w));
        self.words.len() <= 40
            && self.words.first().is_some_and(|w| known.calls.contains(w))
            && any(&known.page)
            && any(&known.web)
    }

    /// Whether the line is a caption or a credit of a picture.
    pub fn is_caption(&self) -> bool {
        self.length <= 12 && !self.is_running() && self.words.iter().any(|w| boilerplate().captions.contains(w))
    }

    /// How many words it has that present an author.
    pub fn biography(&self) -> usize {
        self.words.iter().filter(|w| boilerplate().biography.contains(*w)).count()
    }

    /// The bytes of share buttons at the line's head ("Facebook Twitter …"), at least two of them.
    pub fn leading_buttons(&self) -> usize {
        let known = boilerplate();
        let is_button =
            |t: &&Token<'_>| word(t).is_some_and(|w| known.buttons.contains(&w)) || matches!(t.text, "|" | "/" | "·");
        let run: Vec<_> = self.tokens.iter().take_while(is_button).collect();
        if run.iter().filter(|t| t.is_word()).count() < 2 || run.len() == self.tokens.len() {
            return 0;
        }
        // The text goes on with a word of its own, not with a verb for the services.
        let next = &self.tokens[run.len()];
        if next.is_capitalised() { next.span.start } else { 0 }
    }
}

/// The words that are not within quotation marks, unless all are.
fn outside_quotes(tokens: &[Token<'_>]) -> Vec<String> {
    let mut quoted = false;
    let outside: Vec<String> = tokens
        .iter()
        .filter(|token| {
            quoted = match token.text {
                "\"" => !quoted,
                "“" | "«" => true,
                "”" | "»" => false,
                _ => quoted,
            };
            !quoted
        })
        .filter_map(word)
        .collect();
    if outside.is_empty() { tokens.iter().filter_map(word).collect() } else { outside }
}

/// The bytes of a number in brackets at the head of a line, directly before its words.
fn link_number(text: &str) -> usize {
    let Some((number, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) else { return 0 };
    let digits = (1..4).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    if digits && rest.starts_with(|c: char| !c.is_whitespace() && c != '(') { number.len() + 2 } else { 0 }
}

fn is_numbered(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..3).contains(&digits) && text[digits..].starts_with(['.', ')']) && text[digits + 1..].starts_with(' ')
}

/// The title that stands in `text` after a label such as "Subject:".
pub fn title_after_label(text: &str) -> Option<&str> {
    let (label, title) = text.split_once(':')?;
    let title = title.trim();
    (boilerplate().titles.contains(&fold(label.trim())) && !title.is_empty()).then_some(title)
}

/// The characters of `text` that stand in no HTML tag.
pub fn outside_tags(text: &str) -> impl Iterator<Item = char> {
    let mut depth = 0_usize;
    text.chars().filter(move |c| {
        depth = match c {
            '<' => depth + 1,
            '>' => depth.saturating_sub(1),
            _ => return depth == 0,
        };
        false
    })
}

/// Whether a sentence ends within `text` and more follows.
pub fn ends_within(text: &str) -> bool {
    let ends = |(i, mark): (usize, &str)| text[i + mark.len()..].starts_with(char::is_whitespace);
    text.match_indices(['.', '!', '?']).any(ends)
}

/// A Markdown image, a line of nothing but links, or HTML tags.
fn is_markup(text: &str) -> bool {
    if text.starts_with('<') && text.ends_with('>') {
        return !outside_tags(text).any(char::is_alphanumeric);
    }
    let mut rest = text.trim_start_matches(['!', '-', '*', ' ']);
    if !rest.starts_with('[') {
        return false;
    }
    while let Some(inside) = rest.strip_prefix('[') {
        let Some(end) = inside.find(')').filter(|_| inside.contains("](")) else { return false };
        rest = inside[end + 1..].trim_start_matches(|c: char| !c.is_alphanumeric() && c != '[');
    }
    rest.is_empty()
}

/// Whether single words are one character over and over.
fn is_monotonous(text: &str) -> bool {
    let long = |word: &&str| word.chars().count() >= 5;
    let mut words = text.split_whitespace().filter(long).peekable();
    words.peek().is_some()
        && words.all(|word| {
            let mut chars: Vec<char> = word.chars().collect();
            chars.sort_unstable();
            chars.dedup();
            chars.len() <= 2
        })
}

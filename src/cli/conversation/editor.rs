//! Help while typing: completion of commands, article ids and names, and hints from the history.

use std::borrow::Cow;
use std::rc::Rc;

use anstyle::Style;
use rustyline::completion::Completer;
use rustyline::highlight::Highlighter;
use rustyline::hint::{Hinter, HistoryHinter};
use rustyline::{Context, Helper, Validator};

use super::super::words::{Action, Words, action};
use crate::engine::Engine;
use crate::error::Result;
use crate::language::Language;

/// The letters of a name from which on it is completed.
const SHORTEST_PREFIX: usize = 2;

/// How many names are offered at once.
const OFFERED: usize = 50;

/// Tells the corpus' names that begin with some letters.
type Names = Box<dyn Fn(&str) -> Vec<String>>;

/// What the line editor knows of the corpus.
#[derive(Helper, Validator)]
pub struct Assistant {
    articles: Vec<String>,
    names: Names,
    history: HistoryHinter,
    colour: bool,
}

impl Assistant {
    /// Knows the corpus of `engine`; with `colour`, hints are dimmed.
    pub fn new(engine: Rc<Engine>, colour: bool) -> Result<Self> {
        let articles = engine.index.articles().map(|info| info.id.clone());
        // A completion is written to the terminal as it is.
        let articles = articles.filter(|id| !id.contains(char::is_control)).collect();
        let names = Box::new(move |prefix: &str| engine.index.names(prefix));
        Ok(Self { articles, names, history: HistoryHinter::new(), colour })
    }

    /// What may stand where a word of the line begins, at the returned byte.
    fn candidates(&self, line: &str) -> (usize, Vec<String>) {
        let Some(command) = line.strip_prefix('/') else { return self.names_after(line) };
        match command.split_once(' ') {
            None => (0, commands().filter(|name| name.starts_with(line)).collect()),
            Some((name, typed)) if action(name) == Some(Action::Show) => {
                let ids = self.articles.iter().filter(|id| id.starts_with(typed)).cloned();
                (line.len() - typed.len(), ids.take(OFFERED).collect())
            }
            Some(_) => (line.len(), Vec::new()),
        }
    }

    fn names_after(&self, line: &str) -> (usize, Vec<String>) {
        let begins = |at: usize| line[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let starts = line.char_indices().filter(|(at, c)| c.is_alphanumeric() && begins(*at)).map(|(at, _)| at);
        for start in starts {
            let typed = &line[start..];
            if typed.chars().count() < SHORTEST_PREFIX {
                break;
            }
            let found: Vec<String> = (self.names)(typed).into_iter().take(OFFERED).collect();
            if !found.is_empty() {
                return (start, found);
            }
        }
        (line.len(), Vec::new())
    }
}

fn commands() -> impl Iterator<Item = String> {
    let all = Language::ALL.into_iter().flat_map(|language| Words::of(language).commands.all());
    all.flat_map(|(_, named)| named.names.iter().filter(|name| name.len() > 1).map(|name| format!("/{name}")))
}

impl Completer for Assistant {
    type Candidate = String;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(self.candidates(&line[..pos]))
    }
}

impl Hinter for Assistant {
    type Hint = String;

    fn hint(&self, line: &str, pos: usize, context: &Context<'_>) -> Option<String> {
        if pos < line.len() {
            return None;
        }
        if line.starts_with('/') && line.len() > 1 {
            return commands().find(|name| name.starts_with(line)).map(|name| name[line.len()..].to_string());
        }
        self.history.hint(line, pos, context)
    }
}

impl Highlighter for Assistant {
    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if !self.colour {
            return Cow::Borrowed(hint);
        }
        let dimmed = Style::new().dimmed();
        Cow::Owned(format!("{dimmed}{hint}{dimmed:#}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn commands_ids_and_names_are_completed() {
        let assistant = Assistant {
            articles: vec!["ponte/2024".into(), "porto".into()],
            names: Box::new(|prefix| {
                let names = ["Àlvaro Siza", "Ponte Nuovo", "Portò"].into_iter();
                names.filter(|name| fold(name).starts_with(&fold(prefix))).map(str::to_string).collect()
            }),
            history: HistoryHinter::new(),
            colour: false,
        };
        let check = |line: &str, start: usize, expected: &[&str]| {
            assert_eq!(assistant.candidates(line), (start, expected.iter().map(|s| s.to_string()).collect()), "{line}");
        };
        check("/so", 0, &["/sources"]);
        check("/fo", 0, &["/fonti"]);
        check("/show po", 6, &["ponte/2024", "porto"]);
        check("/mostra porto", 8, &["porto"]);
        check("/help x", 7, &[]);
        check("chi ha fatto il pont", 16, &["Ponte Nuovo"]);
        check("di alv", 3, &["Àlvaro Siza"]);
        check("quando il ponte nu", 10, &["Ponte Nuovo"]);
        check("dell’por", 7, &["Portò"]);
        check("xyz", 3, &[]);
    }
}

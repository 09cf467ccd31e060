//! The noun phrase that a question asks of, and its head noun.

use std::ops::Range;

use super::nouns::{Noun, nouns};
use super::word::Word;
use crate::language::{Classes, Language, verbs, words};

/// A noun phrase and its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The head's words.
    pub head: Range<usize>,
    /// What the lexicon says of the head, or of the noun that the head stands for.
    pub noun: Option<Noun>,
    /// The first word after the phrase.
    pub end: usize,
    /// Whether the phrase begins with a definite article, a possessive or a possessor ("Honda's").
    pub definite: bool,
    /// Whether it begins with an indefinite article.
    pub indefinite: bool,
    /// Whether any word stands before the head but an article.
    pub modified: bool,
}

/// The word classes that bound a noun phrase.
struct Bounds {
    stop: Classes,
    determiner: Classes,
    article: Classes,
    indefinite: Classes,
    possessive: Classes,
    adjective: Classes,
    of: Classes,
    be: Classes,
    link: Classes,
}

impl Bounds {
    fn of(language: Language) -> Self {
        let table = words(language);
        let class = |name: &str| table.class(name).unwrap_or(0);
        Self {
            stop: class("question")
                | class("be")
                | class("do")
                | class("have")
                | class("modal")
                | class("pronoun")
                | class("preposition")
                | class("conjunction")
                | class("relative")
                | class("negation"),
            determiner: class("determiner"),
            article: class("article"),
            indefinite: class("indefinite"),
            possessive: class("possessive"),
            adjective: class("adjective") | class("more") | class("number"),
            of: class("of"),
            be: class("be"),
            link: class("article") | class("possessive"),
        }
    }
}

/// The noun phrase that begins at `words[start]`; `None` if no noun can stand there.
pub fn head(words: &[Word<'_>], start: usize, language: Language) -> Option<Head> {
    let bounds = Bounds::of(language);
    let mut found = match language {
        Language::En => english(words, start, &bounds),
        Language::It => italian(words, start, &bounds),
    }?;
    if found.noun.is_some_and(|noun| noun.expects.is_none()) {
        stand_in(words, &mut found, language, &bounds);
    }
    Some(found)
}

/// English heads come last: "what soft drink *company* makes …". A phrase ends at a verb's auxiliary, a preposition
/// or an article; among what is left, the head is the noun that is not followed by a further noun.
fn english(words: &[Word<'_>], start: usize, bounds: &Bounds) -> Option<Head> {
    let lexicon = nouns(Language::En);
    let mut at = start;
    let mut shape = Head { head: 0..0, noun: None, end: 0, definite: false, indefinite: false, modified: false };
    while let Some(word) = words.get(at).filter(|w| w.is(bounds.determiner | bounds.possessive)) {
        shape.definite |= !word.is(bounds.indefinite);
        shape.indefinite |= word.is(bounds.indefinite);
        at += 1;
    }
    let mut first = at;
    let mut end = at;
    while let Some(word) = words.get(end) {
        let genitive = word.form == "'s" || (word.form == "'" && end > first);
        if genitive && end > first {
            // "Honda's new *plant*": the possessor is not the head.
            // But "what king boycotted Ann's *wedding*" asks for a king.
            let clause = (first + 1..end).any(|at| lexicon.at(words, at - 1).is_some() && is_verb_here(words, at, end));
            if clause {
                break;
            }
            if next_is_noun_phrase(words, end + 1, bounds) {
                first = end + 1;
                shape.definite = true;
                end += 1;
                continue;
            }
            break;
        }
        let inside = word.quotation != 0 && end > first;
        let hyphen = word.form == "-" || word.form == "&" || (word.form == "." && end > first && end + 1 < words.len());
        let stops = !word.is_content() && !hyphen
            || word.is(bounds.stop) && !inside
            || word.is(bounds.determiner | bounds.possessive) && end > first && !inside;
        let adjective_too = word.is(bounds.adjective) && !word.is(bounds.determiner);
        if stops && !(adjective_too && end == first) {
            break;
        }
        end += 1;
    }
    if end == first {
        return None;
    }
    let mut chosen: Option<(Range<usize>, Noun)> = None;
    let mut position = first;
    while position < end {
        match lexicon.at(words, position) {
            // "Prize-winning novelist": what stands before a hyphen is no head.
            Some((_, length)) if words.get(position + length).is_some_and(|w| w.form == "-") => {
                chosen = None;
                position += length + 1;
            }
            Some((noun, length)) => {
                let follows = chosen.as_ref().is_none_or(|(range, _)| range.end == position);
                let verb = chosen.is_some() && is_verb_here(words, position, end);
                if !follows || verb {
                    break;
                }
                chosen = Some((position..position + length, noun));
                position += length;
            }
            None if chosen.is_some() => break,
            None => position += 1,
        }
    }
    let (head, noun) = match chosen {
        Some((range, noun)) => (range, Some(noun)),
        None => {
            // An unknown noun: the last word before a verb.
            let verb = (first + 1..end).find(|at| is_verb_here(words, *at, end));
            let last = verb.unwrap_or(end) - 1;
            (last..last + 1, None)
        }
    };
    shape.modified = head.start > first;
    shape.end = head.end;
    Some(Head { head, noun, ..shape })
}

/// Whether the word is a finite verb rather than one more noun of a compound: a past form, or a third person before
/// something that can be its object.
fn is_verb_here(words: &[Word<'_>], at: usize, end: usize) -> bool {
    let form = words[at].form.as_str();
    let Some(base) = verbs(Language::En).lemma(form) else { return false };
    if words[at].is_capitalised() {
        return false;
    }
    let past = form.ends_with("ed") || verbs(Language::En).listed(base).contains(&form);
    let object = words.get(at + 1).is_some_and(|w| w.is_capitalised() || w.is(object_begins()));
    past || (form.ends_with('s') && form != base && (at + 1 < end || object))
}

/// The classes of the words with which a verb's object begins.
fn object_begins() -> Classes {
    let table = words(Language::En);
    ["determiner", "possessive", "article", "number"].iter().filter_map(|name| table.class(name)).sum()
}

fn next_is_noun_phrase(words: &[Word<'_>], at: usize, bounds: &Bounds) -> bool {
    words.get(at).is_some_and(|w| w.is_content() && (!w.is(bounds.stop) || w.is(bounds.adjective)))
}

/// Italian heads come first: "quale *società* cinese …", but for adjectives ("la prima grande *fabbrica*").
fn italian(words: &[Word<'_>], start: usize, bounds: &Bounds) -> Option<Head> {
    /// How many unknown words may stand before a known noun ("la celebre bionda *attrice*").
    const MOST_UNKNOWN: usize = 2;
    let lexicon = nouns(Language::It);
    let mut at = start;
    let mut shape = Head { head: 0..0, noun: None, end: 0, definite: false, indefinite: false, modified: false };
    while let Some(word) = words.get(at).filter(|w| w.is(bounds.determiner | bounds.link)) {
        shape.definite |= !word.is(bounds.indefinite);
        shape.indefinite |= word.is(bounds.indefinite);
        at += 1;
    }
    let first = at;
    let mut unknown = None;
    let mut skipped = 0;
    while let Some(word) = words.get(at) {
        let adjective = word.is(bounds.adjective | bounds.possessive);
        let determiner = word.is(bounds.determiner | bounds.article) && at > first;
        // "stato" is a country as well as "been".
        let country = word.is(bounds.be) && lexicon.of(&word.form).is_some();
        if !word.is_content() || determiner || word.is(bounds.stop) && !adjective && !country {
            break;
        }
        if let Some((noun, length)) = lexicon.at(words, at).filter(|(_, length)| !adjective || *length > 1) {
            shape.modified = at > first;
            return Some(Head { head: at..at + length, noun: Some(noun), end: at + length, ..shape });
        }
        if !adjective {
            unknown = unknown.or(Some(at));
            skipped += 1;
            if skipped > MOST_UNKNOWN || !word.is_capitalised() && verbs(Language::It).lemma(&word.form).is_some() {
                break;
            }
        }
        at += 1;
    }
    // An adjective alone may be the noun: "qual è il *massimo*".
    let head = unknown.or_else(|| (first < words.len() && first < at).then(|| at - 1))?;
    shape.modified = head > first;
    let noun = lexicon.of(&words[head].form).filter(|_| unknown.is_none());
    Some(Head { head: head..head + 1, noun, end: head + 1, ..shape })
}

/// "the name of the *river*", "Ann's dog's name", "il nome del *fiume*": the noun that a colourless one stands for.
fn stand_in(words: &[Word<'_>], found: &mut Head, language: Language, bounds: &Bounds) {
    let lexicon = nouns(language);
    let colourless = found.noun;
    found.noun = None;
    let of = words.get(found.end).filter(|w| w.is(bounds.of));
    if of.is_some() {
        let inner = match language {
            Language::En => english(words, found.end + 1, bounds),
            Language::It => italian(words, found.end + 1, bounds),
        };
        if let Some(mut inner) = inner {
            if inner.noun.is_some_and(|noun| noun.expects.is_none()) {
                stand_in(words, &mut inner, language, bounds);
            }
            if inner.noun.is_some() || !words[inner.head.start].is_capitalised() {
                // An unlisted noun is at least a thing that has a name.
                inner.noun = inner.noun.or(colourless);
                *found = Head { definite: found.definite, indefinite: found.indefinite, ..inner };
                return;
            }
        }
    } else if language == Language::En {
        // "the river's name": the possessor is what is named.
        let possessor = (0..found.head.start).rev().take(4).find_map(|at| lexicon.at(&words[..found.head.start], at));
        found.noun = possessor.map(|(noun, _)| noun).filter(|noun| noun.expects.is_some());
    }
    found.noun = found.noun.or(colourless);
}

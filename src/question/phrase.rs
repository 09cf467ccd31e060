//! The noun phrase that a question asks of, and its head noun.

use std::ops::Range;
use std::sync::LazyLock;

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
    question: Classes,
    nationality: Classes,
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
    fn of(language: Language) -> &'static Self {
        static BOTH: LazyLock<[Bounds; 2]> = LazyLock::new(|| Language::ALL.map(Bounds::read));
        &BOTH[language as usize]
    }

    fn read(language: Language) -> Self {
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
            question: class("question"),
            nationality: class("nationality"),
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
        Language::En => english(words, start, bounds),
        Language::It => italian(words, start, bounds),
    }?;
    if found.noun.is_some_and(|noun| noun.expects.is_none()) {
        stand_in(words, &mut found, language, bounds);
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
    // "Which city's mayor": the question word determines the possessor.
    let which = start > 0 && at == start && words[start - 1].is(bounds.question);
    let mut first = at;
    let mut end = at;
    while let Some(word) = words.get(end) {
        let genitive = word.form == "'s" || (word.form == "'" && end > first);
        if genitive && end > first {
            // "Honda's new *plant*": the possessor is not the head.
            // But "what king boycotted Ann's *wedding*" asks for a king.
            let clause = (first + 1..end).any(|at| lexicon.at(words, at - 1).is_some() && is_verb_here(words, at, end));
            if clause || which && lexicon.at(words, end - 1).is_some_and(|(noun, _)| noun.expects.is_some()) {
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
        let mark = word.form == "-" || word.form == "&" || (word.form == "." && end > first && end + 1 < words.len());
        // "US" is no pronoun, unless all is in capitals.
        let acronym = word.is_acronym() && !(end > 0 && words[end - 1].is_acronym());
        let inside = inside || acronym || is_hyphenated(words, end);
        let inside = inside || which && is_of_a_name(words, end, bounds);
        let stops = !word.is_content() && !mark
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
            // "Which Italian *lake*".
            Some((_, 1)) if words[position].is(bounds.nationality) && chosen.is_none() && position + 1 < end => {
                position += 1;
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
            // "Which *Green Bay Packers* coach": a name's last word is not its first, and what stands behind it is the
            // head; so it is with "a *12-hour* strike".
            None if chosen.as_ref().is_some_and(|(range, _)| modifies(words, range, position, end)) => {
                chosen = None;
                position += 1;
            }
            None if chosen.is_some() => break,
            None => position += 1,
        }
    }
    let (head, noun) = match chosen {
        Some((range, noun)) => (range, Some(noun)),
        None => {
            // An unknown noun: the last word before a verb. "Which *Italian* won" asks for a person.
            let verb = (first + 1..end).find(|at| is_verb_here(words, *at, end));
            let last = verb.unwrap_or(end) - 1;
            let person = words[last].is(bounds.nationality) && which;
            (last..last + 1, lexicon.of("person").filter(|_| person))
        }
    };
    shape.modified = head.start > first;
    shape.end = head.end;
    Some(Head { head, noun, ..shape })
}

/// Whether the noun `range` only modifies the unlisted word behind it: as a part of a name or of a hyphenated compound.
fn modifies(words: &[Word<'_>], range: &Range<usize>, at: usize, end: usize) -> bool {
    let name = words[range.start].is_capitalised() && words[at].is_capitalised();
    (name || is_hyphenated(words, range.start))
        && at == range.end
        && words[at].is_content()
        && !is_verb_here(words, at, end)
}

/// Whether an "of" links two capitalised words before a noun ("which *Hall of Fame* pitcher").
fn is_of_a_name(words: &[Word<'_>], at: usize, bounds: &Bounds) -> bool {
    let capital = |at: usize| words.get(at).is_some_and(Word::is_capitalised);
    let noun = words.get(at + 2).is_some_and(|w| w.is_content() && !w.is_capitalised() && w.classes == 0);
    words[at].is(bounds.of) && at > 0 && capital(at - 1) && capital(at + 1) && noun
}

/// Whether the word belongs to a compound written with hyphens ("a *husband-and-wife* team").
fn is_hyphenated(words: &[Word<'_>], at: usize) -> bool {
    let span = words[at].span;
    let joins = |mark: &&Word<'_>| mark.form == "-" && (mark.span.end == span.start || mark.span.start == span.end);
    words[at].is_content()
        && (at > 0 && words.get(at - 1).as_ref().is_some_and(joins) || words.get(at + 1).as_ref().is_some_and(joins))
}

/// Whether the word is a finite verb rather than one more noun of a compound: a past form; a third person, or a plural
/// noun's bare verb, before something that can be its object, or where no other verb follows.
fn is_verb_here(words: &[Word<'_>], at: usize, end: usize) -> bool {
    let form = words[at].form.as_str();
    let Some(base) = verbs(Language::En).lemma(form) else { return false };
    if words[at].is_capitalised() || is_hyphenated(words, at) {
        return false;
    }
    let past = form.ends_with("ed") || verbs(Language::En).listed(base).contains(&form);
    if past {
        return true;
    }
    let object = words.get(at + 1).is_some_and(|w| w.is(object_begins()));
    if form == base {
        // "Which two *firms use* a lion as their sign".
        let subject = at.checked_sub(1).map_or("", |before| words[before].form.as_str());
        return subject.ends_with('s') && nouns(Language::En).of(subject).is_some() && object;
    }
    let capital = words.get(at + 1).is_some_and(Word::is_capitalised);
    form.ends_with('s') && (at + 1 < end || object || capital || !has_verb(&words[at + 1..]))
}

/// The classes of the words with which a verb's object begins.
fn object_begins() -> Classes {
    let table = words(Language::En);
    ["determiner", "possessive", "article", "number", "pronoun", "infinitive"]
        .iter()
        .filter_map(|name| table.class(name))
        .fold(0, |all, class| all | class)
}

/// Whether a finite verb stands among the words.
fn has_verb(rest: &[Word<'_>]) -> bool {
    let table = words(Language::En);
    let auxiliary = ["be", "do", "have", "modal"].iter().filter_map(|name| table.class(name)).fold(0, |a, c| a | c);
    rest.iter().any(|word| word.is(auxiliary) || verbs(Language::En).lemma(&word.form).is_some())
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
        let adjective =
            word.is(bounds.adjective | bounds.possessive) && !(at > start && is_noun_here(words, at, bounds));
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

/// Whether a word that may be an adjective is a noun, since what follows does not agree with it: "la *media* voti".
fn is_noun_here(words: &[Word<'_>], at: usize, bounds: &Bounds) -> bool {
    let Some(next) = words.get(at + 1).filter(|next| next.is_content() && !next.is_capitalised()) else { return false };
    let disagrees = !next.is(bounds.stop) && !next.form.ends_with(['a', 'e']);
    words[at].form.ends_with('a')
        && (disagrees || next.is(bounds.of))
        && nouns(Language::It).of(&words[at].form).is_some()
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

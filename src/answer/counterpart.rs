//! Whether a sentence tells of the like thing with another name: what the plant of one town employs is not what the plant of
//! another does.

use super::candidates::Candidate;
use super::matching::{Matcher, SURE};
use super::roles::is_asked_name;
use super::sentence::{Scene, Sentence, kinds_named};
use crate::facts::{Fact, FactKind};
use crate::index::Hit;
use crate::language::world::{self, PlaceKind};
use crate::language::{Language, words};
use crate::question::{Question, TermPart};
use crate::text::{Span, TokenKind, fold, tokens};

/// A thing of which the question asks by a name ("the *Chengdu* plant").
pub(super) struct Thing {
    /// The term of the question for it.
    term: usize,
    /// The terms of its name.
    name: Vec<usize>,
    /// The name, folded.
    folded: String,
    /// What the articles take the name for.
    kinds: Vec<FactKind>,
}

/// The things of which `question` asks by a name.
pub(super) fn things_asked(
    question: &Question,
    sentences: &[Sentence<'_>],
    hits: &[Hit],
    matcher: &Matcher,
) -> Vec<Thing> {
    let of_text = tokens(&question.text);
    let parts: Vec<Part> = of_text
        .iter()
        .map(|token| {
            let term = matcher.find(&fold(token.text), question.language).map(|(term, _)| term);
            let thing = term.filter(|term| matcher.part(*term) == TermPart::Noun);
            Part::new(token.text, token.span, thing, token.kind, question.language)
        })
        .collect();
    let named = |span: Span| question.entities.iter().find(|entity| entity.span.contains(span));
    let mut things = Vec::new();
    for (term, entity, _) in named_things(&parts, question.language, &named) {
        let of_name = tokens(&entity.text).into_iter().filter_map(|t| matcher.find(&fold(t.text), question.language));
        let name: Vec<usize> = of_name.map(|(term, _)| term).collect();
        let kinds = kinds_named(sentences, hits, |term| name.contains(&term));
        things.push(Thing { term, folded: fold(&entity.text), name, kinds });
    }
    things
}

/// Whether the question asks of a thing by its name, and the sentence of `candidate` has that thing only with other names of
/// the same kind: before the candidate, or behind it in the same clause.
pub(super) fn is_of_another(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    let sentence = &scene.sentences[candidate.sentence];
    if scene.things.is_empty() {
        return false;
    }
    let passage = &scene.hits[sentence.hit].passage;
    let place = |span: Span| span.shifted(passage.span.start);
    let own = place(candidate.span(scene));
    let named = |span: Span| passage.facts.iter().find(|f| f.value.name().is_some() && f.span.contains(place(span)));
    let is_asked = |word: &str| is_asked_name(scene, &fold(word), sentence.language);
    let is_another = |thing: &Thing, fact: &Fact| {
        let name = fact.value.name().map_or("", |name| name.name.as_str());
        let kind = fact.value.kind();
        thing.kinds.contains(&kind)
            && !fact.span.overlaps(own)
            && !passage.forms_of(name).any(|form| tokens(form).iter().any(|token| is_asked(token.text)))
            && if kind == FactKind::Place {
                are_apart(&thing.folded, &fold(name))
            } else {
                // In the other language it may be the same name.
                sentence.language == scene.question.language
            }
    };
    let words = &sentence.words;
    let parts: Vec<Part> = words
        .iter()
        .map(|word| {
            let thing = word.matched.filter(|(_, sure)| *sure >= SURE).map(|(term, _)| term);
            Part::new(word.text, word.span, thing, word.kind, sentence.language)
        })
        .collect();
    let there = named_things(&parts, sentence.language, &named);
    let beside =
        |at: usize| at <= candidate.last || words[candidate.last..at].iter().all(|word| word.kind != TokenKind::Symbol);
    scene.things.iter().any(|thing| {
        let mut standing = (0..parts.len()).filter(|at| parts[*at].thing == Some(thing.term)).peekable();
        let with_another = |at: usize| there.iter().any(|(_, fact, of)| *of == at && is_another(thing, fact));
        standing.peek().is_some()
            && thing.name.iter().all(|term| sentence.found[*term] == 0.0)
            && standing.all(|at| beside(at) && with_another(at))
    })
}

/// A word, as far as it matters what name it has.
struct Part {
    /// The term of the question for which it stands.
    thing: Option<usize>,
    /// Whether it says of what or where the thing before it is ("of", "in").
    binds: bool,
    article: bool,
    /// Whether it makes the name before it the owner of what follows.
    owns: bool,
    word: bool,
    span: Span,
}

impl Part {
    fn new(text: &str, span: Span, thing: Option<usize>, kind: TokenKind, language: Language) -> Self {
        let folded = fold(text);
        let is = |class: &str| words(language).is(&folded, class);
        let binds = ["of", "in", "at"].into_iter().any(is);
        let owns = folded.trim_start_matches(['\'', '’']) == "s" && language == Language::En;
        Part { thing, binds, article: is("article"), owns, word: kind == TokenKind::Word && !owns, span }
    }
}

/// The things among `parts`, as numbers of terms, that have a name beside them, with that and the place of the thing: "lo
/// stabilimento (siderurgico) di *Chengdu*", "lo stabilimento *Hyundai*", "the *Chengdu* plant", "*Chengdu*'s plant".
fn named_things<'n, N>(
    parts: &[Part],
    language: Language,
    named: &dyn Fn(Span) -> Option<&'n N>,
) -> Vec<(usize, &'n N, usize)> {
    let name_at = |at: usize| parts.get(at).filter(|part| part.word).and_then(|part| named(part.span));
    let is = |at: usize, of: fn(&Part) -> bool| parts.get(at).is_some_and(of);
    let mut found = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let Some(thing) = part.thing.filter(|_| name_at(at).is_none()) else { continue };
        let plain = is(at + 1, |part| part.word && !part.binds && !part.article) && name_at(at + 1).is_none();
        let next = at + 1 + usize::from(plain);
        let behind = if is(next, |part| part.binds) {
            name_at(next + 1 + usize::from(is(next + 1, |part| part.article)))
        } else if language == Language::It {
            name_at(at + 1)
        } else {
            None
        };
        let owner = at - usize::from(at > 0 && parts[at - 1].owns);
        let before = owner.checked_sub(1).filter(|_| language == Language::En).and_then(name_at);
        found.extend(behind.or(before).map(|name| (thing, name, at)));
    }
    found
}

/// Whether two places, by their folded names, are not one, and neither may lie in the other.
fn are_apart(one: &str, other: &str) -> bool {
    let known = [one, other].map(world::place);
    let kind = |place: Option<world::Place>| place.map_or(PlaceKind::City, |place| place.kind);
    let english = known.map(|place| place.map(|place| place.english));
    one != other && kind(known[0]) == kind(known[1]) && (english[0].is_none() || english[0] != english[1])
}

#[cfg(test)]
mod tests {
    use super::super::asked::Asking;
    use super::super::trial::told;
    use super::*;

    #[track_caller]
    fn check(text: &str, cases: &[(&str, &str, bool)]) {
        for (question, words, expected) in cases {
            let another = |scene: &Scene<'_>, _: &Asking, candidate: &Candidate| is_of_another(scene, candidate);
            assert_eq!(told(another, question, text, words), *expected, "{question}");
        }
    }

    #[test]
    fn what_the_like_thing_elsewhere_has_is_not_what_is_asked() {
        check(
            "Lo stabilimento di Torino conta 400 operai. A Trieste c'è un porto.",
            &[
                ("Quanti operai ha lo stabilimento di Trieste?", "400 operai", true),
                ("Quanti operai ha lo stabilimento siderurgico di Trieste?", "400 operai", true),
                ("Quanti operai ha lo stabilimento di Torino?", "400 operai", false),
                ("Quanti operai ha lo stabilimento?", "400 operai", false),
                ("Dove si trova lo stabilimento di Trieste?", "Torino", false),
                // Who works there may come from anywhere.
                ("Quanti operai di Trieste conta lo stabilimento?", "400 operai", false),
            ],
        );
        check(
            "The Leeds plant employs 400 people. Ships leave from Hull.",
            &[
                ("How many people does the Hull plant employ?", "400 people", true),
                ("How many people does the plant in Hull employ?", "400 people", true),
                ("How many people does the plant in Leeds employ?", "400 people", false),
                ("How many people does the plant in England employ?", "400 people", false),
            ],
        );
        check(
            "Hull's plant employs 400 people. Ships leave from Leeds.",
            &[("How many people does the Leeds plant employ?", "400 people", true)],
        );
    }

    #[test]
    fn the_thing_itself_may_stand_beside_another() {
        let asked = "Quante opere ha il museo di Torino?";
        check("Il museo ha 300 opere, 40 dal museo di Vienna. A Torino piove.", &[(asked, "300 opere", false)]);
        check("Ha 300 opere, il doppio del museo di Vienna. A Torino piove.", &[(asked, "300 opere", false)]);
        check("Sono 300 le opere del museo di Vienna. A Torino piove.", &[(asked, "300", true)]);
    }

    #[test]
    fn a_place_may_lie_in_another() {
        assert!(are_apart("leeds", "hull") && are_apart("italia", "francia"));
        assert!(!are_apart("londra", "london") && !are_apart("germania", "berlino"));
    }
}

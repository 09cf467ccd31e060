//! Lists: where several things are asked for, all that a sentence enumerates is the answer, and not its first item.

use super::asked::Asking;
use super::candidates::{Candidate, words_of};
use super::sentence::{Scene, Sentence, Word};
use crate::facts::FactKind;
use crate::language::{self, Language, WordClass};
use crate::text::{Span, fold};

/// One of two things between which a text does not decide is told in fewer words than this.
const LONGEST_CHOICE: usize = 4;
/// An enumeration is told whole if its share of the choice is at least this share of its item's.
const ENUMERATED: f64 = 0.25;
/// The same where its items have one preposition each ("of iron, of copper and of tin"): then it is surely one.
const ENUMERATED_ALIKE: f64 = 0.05;

/// Whether several things are asked for and the candidate leaves out the next one or the one before of its list, or it is
/// one of two things between which the text does not decide.
pub(super) fn cuts_list(scene: &Scene<'_>, asking: &Asking, candidate: &Candidate) -> bool {
    if !asking.several {
        return cuts_choice(&scene.sentences[candidate.sentence], candidate);
    }
    let words = &scene.sentences[candidate.sentence].words;
    let like = |a: &Word<'_>, b: &Word<'_>| a.is_content() && b.is_content() && is_name(a) == is_name(b);
    // The nearest word on either side behind one joining word, or behind a comma and one.
    let after = |last: usize| {
        let next = (last + 1..words.len()).find(|i| !is_joint(words, *i))?;
        (next > last + 1 && next <= last + 3).then_some(next)
    };
    let before = |first: usize| {
        let next = (0..first).rev().find(|i| !is_joint(words, *i))?;
        (next + 1 < first && next + 3 >= first).then_some(next)
    };
    after(candidate.last).is_some_and(|next| like(&words[candidate.last], &words[next]))
        || before(candidate.first).is_some_and(|next| like(&words[candidate.first], &words[next]))
}

/// Whether the few words of the candidate stand beside an "or" ("un *SUV* o una berlina").
fn cuts_choice(sentence: &Sentence<'_>, candidate: &Candidate) -> bool {
    let words = &sentence.words;
    let is_or =
        |i: usize| words.get(i).is_some_and(|word| language::words(sentence.language).is(&fold(word.text), "or"));
    let article = |i: usize| words.get(i).is_some_and(|word| word.class == Some(WordClass::Determiner));
    let (first, last) = (candidate.first, candidate.last);
    // "O una *berlina*": the article need not be a part of the candidate.
    let before = first.checked_sub(1).map(|before| if article(before) { before.saturating_sub(1) } else { before });
    last - first < LONGEST_CHOICE && (is_or(last + 1) || before.is_some_and(is_or))
}

/// Whether the candidate names several things of the kind of its fact, one beside the other; where several are asked
/// for, capitalised words beside them may be of no known kind.
pub(super) fn is_list(scene: &Scene<'_>, asking: &Asking, candidate: &Candidate) -> bool {
    let sentence = &scene.sentences[candidate.sentence];
    let passage = &scene.hits[sentence.hit].passage;
    let Some(kind) = candidate.fact.map(|i| passage.facts[i].value.kind()) else { return false };
    let words = &sentence.words[candidate.first..=candidate.last];
    let span = candidate.span(scene).shifted(passage.span.start);
    let like: Vec<_> = passage.facts.iter().filter(|f| f.value.kind() == kind && span.contains(f.span)).collect();
    let named = |word: &Word<'_>| like.iter().any(|fact| fact.span.contains(word.span.shifted(passage.span.start)));
    let joins = |word: &Word<'_>| {
        let small = matches!(word.class, Some(WordClass::Conjunction | WordClass::Determiner | WordClass::Preposition));
        word.text == "," || small || asking.several && is_name(word)
    };
    like.len() > 1 && words.iter().all(|word| named(word) || joins(word))
}

/// Where several things are asked for, the list of names of which `part` is an item or some; else `part` itself. The
/// items are of one kind, persons or others, parted by commas and a conjunction.
pub(super) fn whole_list(scene: &Scene<'_>, asking: &Asking, part: Candidate) -> Candidate {
    let names = names(scene, part.sentence);
    let own = names.iter().find(|name| name.first >= part.first && name.last == part.last);
    let Some(own) = own.filter(|_| asking.several) else { return part };
    let words = &scene.sentences[part.sentence].words;
    let (first, last) = row(words, &names, (part.first, part.last), own.kind);
    let joined = words[first..=last].iter().any(|word| word.class == Some(WordClass::Conjunction));
    let grown = joined && (first, last) != (part.first, part.last);
    if grown { Candidate { first, last, whole: false, told: false, ..part } } else { part }
}

/// A name in a sentence, by the places of its first and last words.
pub(super) struct NameAt {
    pub first: usize,
    pub last: usize,
    pub kind: FactKind,
}

/// The names in the sentence at `place`.
pub(super) fn names(scene: &Scene<'_>, place: usize) -> Vec<NameAt> {
    let sentence = &scene.sentences[place];
    let passage = &scene.hits[sentence.hit].passage;
    let facts = passage.facts.iter().filter(|f| f.value.name().is_some() && f.span.start >= passage.span.start);
    facts
        .filter_map(|fact| {
            let span = Span::new(fact.span.start - passage.span.start, fact.span.end - passage.span.start);
            let (first, last) = words_of(sentence, span)?;
            sentence.span.contains(span).then_some(NameAt { first, last, kind: fact.value.kind() })
        })
        .collect()
}

/// The words from the first to the last of the `names` of which those at `part` are some, parted by commas and
/// conjunctions; all of them persons, if `kind` is, or none.
pub(super) fn row(words: &[Word<'_>], names: &[NameAt], part: (usize, usize), kind: FactKind) -> (usize, usize) {
    let like = |name: &NameAt| (name.kind == FactKind::Person) == (kind == FactKind::Person);
    let comma = |at: usize| words.get(at).is_some_and(|word| word.text == ",");
    let joint = |at: usize| words.get(at).is_some_and(|word| word.class == Some(WordClass::Conjunction));
    let small = |at: usize| words.get(at).is_some_and(|w| w.class == Some(WordClass::Determiner));
    let is_head = |at: usize| words.get(at).is_some_and(|w| w.is_content() && !w.text.starts_with(char::is_uppercase));
    let (mut first, mut last) = part;
    loop {
        let mut next = last + 1;
        let parted = comma(next) || joint(next);
        next += usize::from(comma(next));
        next += usize::from(joint(next));
        next += usize::from(small(next));
        let head = usize::from(is_head(next));
        let item = names.iter().find(|n| (n.first == next || n.first == next + head) && like(n));
        let Some(item) = item.filter(|_| parted) else { break };
        last = item.last;
    }
    while let Some(before) = first.checked_sub(1) {
        let behind = before - usize::from(small(before) && before > 0);
        let conjunction = joint(behind);
        let parted = conjunction || comma(behind);
        let end = behind.saturating_sub(1 + usize::from(conjunction && behind > 0 && comma(behind - 1)));
        let item = names.iter().find(|name| name.last == end && like(name));
        let Some(item) = item.filter(|_| parted) else { break };
        first = item.first;
    }
    (first, last)
}

/// Where several things are asked for, the stretch of the enumeration of which `shown` is an item, if the choice gives it
/// a quarter as much, or less where all items have one preposition: a list of long phrases ends where no rule of names sees
/// it. `members` are the candidates that say the same, with their shares of the choice.
pub(super) fn enumeration(
    scene: &Scene<'_>,
    asking: &Asking,
    members: &[(Candidate, f64)],
    shown: Candidate,
) -> Candidate {
    if !asking.several {
        return shown;
    }
    let words = &scene.sentences[shown.sentence].words;
    let language = scene.sentences[shown.sentence].language;
    let adds = |at: usize| {
        let word = words.get(at).map_or(String::new(), |word| fold(word.text));
        word == "," || ["and", "or"].into_iter().any(|class| language::words(language).is(&word, class))
    };
    let small = |at: usize| words.get(at).is_some_and(|word| word.class == Some(WordClass::Determiner));
    let own = shown.first.checked_sub(1).map(|before| if small(before) { before.saturating_sub(1) } else { before });
    // Whether whatever joins words of the stretch is followed by the preposition before the first item, and by more.
    let alike = |last: usize, longer: &Candidate| {
        let mut joints = (last + 1..longer.last).filter(|at| adds(*at) && !adds(*at + 1));
        let item = |at: usize| words.get(at).is_some_and(|word| word.is_content()) || small(at);
        let same = |at: usize| own.is_some_and(|own| is_same_preposition(&words[own], &words[at], language));
        // "Dell'Internet *delle* cose": an item does not end before what belongs to it.
        let goes_on =
            words.get(longer.last + 1).is_some_and(|next| language::words(language).is(&fold(next.text), "of"));
        !goes_on && joints.all(|at| same(at + 1) && item(at + 2))
    };
    let share = |wanted: &Candidate| {
        let own = |c: &Candidate| (c.sentence, c.first, c.last) == (wanted.sentence, wanted.first, wanted.last);
        members.iter().find(|(candidate, _)| own(candidate)).map(|(_, share)| *share)
    };
    let of_item = share(&shown).unwrap_or(members[0].1);
    let mut chosen = shown;
    while let Some((longer, _)) = members.iter().find(|(c, share)| {
        let after = c.last == chosen.last || c.last > chosen.last && adds(chosen.last + 1);
        let before = c.first == chosen.first || c.first < chosen.first && adds(chosen.first - 1);
        let longer = (c.first, c.last) != (chosen.first, chosen.last);
        let least = if c.first == chosen.first && alike(chosen.last, c) { ENUMERATED_ALIKE } else { ENUMERATED };
        c.sentence == chosen.sentence && longer && after && before && *share >= least * of_item
    }) {
        chosen = *longer;
    }
    chosen
}

/// Whether both words are one preposition; an Italian one takes the article on ("di", "del", "dell'").
pub(super) fn is_same_preposition(a: &Word<'_>, b: &Word<'_>, language: Language) -> bool {
    let both = |is: &dyn Fn(&Word<'_>) -> bool| is(a) && is(b);
    let contracted = language == Language::It
        && ["of", "by", "in", "at"]
            .into_iter()
            .any(|class| both(&|word| language::words(language).is(&fold(word.text), class)));
    both(&|word| word.class == Some(WordClass::Preposition)) && (a.lower == b.lower || contracted)
}

/// Whether the candidate has several names between which a comma or a conjunction stands.
pub(super) fn has_several_names(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    let sentence = &scene.sentences[candidate.sentence];
    let passage = &scene.hits[sentence.hit].passage;
    let span = candidate.span(scene).shifted(passage.span.start);
    let names = || passage.facts.iter().filter(|fact| fact.value.name().is_some() && span.contains(fact.span));
    (candidate.first..=candidate.last).filter(|at| is_joint(&sentence.words, *at)).any(|at| {
        let joint = sentence.words[at].span.shifted(passage.span.start);
        names().any(|name| name.span.end <= joint.start)
            && names().any(|name| name.span.start >= joint.end)
            && !names().any(|name| name.span.contains(joint))
    })
}

/// Whether a comma or a conjunction stands at `at`.
fn is_joint(words: &[Word<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|word| word.text == "," || word.class == Some(WordClass::Conjunction))
}

fn is_name(word: &Word<'_>) -> bool {
    word.text.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::super::trial::told;
    use super::*;

    #[test]
    fn a_list_is_told_and_not_cut_where_several_things_are_asked_for() {
        let text = "Il consorzio esporta in Austria, Svizzera e Belgio, mentre la sede resta a Trento.";
        let several = "In quali paesi esporta il consorzio?";
        for (question, words, expected) in [
            (several, "Austria, Svizzera e Belgio", false),
            (several, "Austria, Svizzera", true),
            (several, "Svizzera e Belgio", true),
            (several, "Trento", false),
            ("In quale paese esporta il consorzio?", "Austria", false),
        ] {
            assert_eq!(told(cuts_list, question, text, words), expected, "{question} {words}");
        }
        for (question, words, expected) in [
            (several, "Austria, Svizzera e Belgio", true),
            (several, "Austria", false),
            (several, "Belgio, mentre la sede resta a Trento", false),
            ("In quale paese esporta il consorzio?", "Belgio, mentre la sede resta a Trento", false),
            ("In quale paese esporta il consorzio?", "Svizzera e Belgio", true),
        ] {
            assert_eq!(told(is_list, question, text, words), expected, "{question} {words}");
        }
        let open = "La prima auto sarà un SUV o una berlina, dicono a Torino o altrove.";
        assert!(told(cuts_list, "Che auto sarà?", open, "SUV"));
        assert!(told(cuts_list, "Che auto sarà?", open, "berlina"));
        assert!(!told(cuts_list, "Che auto sarà?", open, "un SUV o una berlina"));
        let english = "The club plays in red, white and black.";
        assert!(told(cuts_list, "Which colours does the club play in?", english, "red, white"));
        assert!(!told(cuts_list, "Which colour does the club play in?", english, "red"));
    }

    #[test]
    fn an_item_is_told_with_its_list_where_several_things_are_asked_for() {
        let text = "Il consorzio esporta in Austria, Svizzera e Belgio, mentre la sede resta a Trento.";
        for (question, words, expected) in [
            ("In quali paesi esporta il consorzio?", "Svizzera", "Austria, Svizzera e Belgio"),
            ("In quali paesi esporta il consorzio?", "Trento", "Trento"),
            ("In quale paese esporta il consorzio?", "Svizzera", "Svizzera"),
            ("Chi sono i clienti del consorzio?", "Svizzera", "Austria, Svizzera e Belgio"),
            ("Chi è cliente del consorzio?", "Svizzera", "Svizzera"),
        ] {
            let whole = |scene: &Scene<'_>, asking: &Asking, candidate: &Candidate| {
                whole_list(scene, asking, *candidate).span(scene).of(text).to_owned()
            };
            assert_eq!(told(whole, question, text, words), expected, "{question} {words}");
        }
    }

    #[test]
    fn a_list_is_told_whole_for_a_small_share_where_its_items_have_one_preposition() {
        let text = "La ditta ha esperienza nel campo dell'ottica, della meccanica e del vetro e una sede a Rovigo.";
        for (question, item, list, share, expected) in [
            ("In quali campi ha esperienza la ditta?", "ottica", "ottica, della meccanica e del vetro", 0.1, true),
            ("In quali campi ha esperienza la ditta?", "ottica", "ottica, della meccanica e del vetro", 0.01, false),
            ("In quale campo ha esperienza la ditta?", "ottica", "ottica, della meccanica e del vetro", 0.1, false),
            (
                "In quali campi ha esperienza la ditta?",
                "ottica",
                "ottica, della meccanica e del vetro e una sede a Rovigo",
                0.1,
                false,
            ),
            ("In quali campi ha esperienza la ditta?", "vetro", "vetro e una sede a Rovigo", 0.1, false),
            ("In quali campi ha esperienza la ditta?", "vetro", "vetro e una sede a Rovigo", 0.6, true),
        ] {
            let grows = |scene: &Scene<'_>, asking: &Asking, item: &Candidate| {
                let end = text.find(list).expect("the list stands in the text") + list.len();
                let last = scene.sentences[0].words.iter().position(|word| word.span.end == end);
                let whole = Candidate { last: last.expect("a word ends there"), ..*item };
                enumeration(scene, asking, &[(*item, 1.0), (whole, share)], *item) == whole
            };
            assert_eq!(told(grows, question, text, item), expected, "{question} {list} {share}");
        }
    }
}

//! What is wrong with a span that can be seen from its kind and from where it ends: signs beside the reader's odds.

use super::asked::{Asked, Asking};
use super::candidates::Candidate;
use super::sentence::Scene;
use crate::facts::{Fact, FactKind, Value};
use crate::language::{self, DateTables, stem};
use crate::question::{AnswerType, Intent, Measure, Question, TermPart};
use crate::text::{Span, TokenKind, fold};

/// Whether the candidate is a value of a kind that cannot answer, such as a number for a place or an age for a term in
/// prison, or no value where one is asked for.
pub(super) fn unlike(scene: &Scene<'_>, asking: &Asking, candidate: &Candidate) -> bool {
    let sentence = &scene.sentences[candidate.sentence];
    let passage = &scene.hits[sentence.hit].passage;
    let fact = candidate.fact.map(|i| &passage.facts[i]);
    let inside = |fact: Span| fact.contains(candidate.span(scene).shifted(passage.span.start));
    let kind = fact.filter(|fact| candidate.whole || inside(fact.span)).map(|fact| fact.value.kind());
    match asking.asked {
        Asked::Person if kind == Some(FactKind::Product) => true,
        Asked::Person | Asked::Organization | Asked::Place => kind.is_some_and(is_measure),
        Asked::Amount => {
            let words = &sentence.words[candidate.first..=candidate.last];
            let counted = fact.is_some_and(|fact| is_measure(fact.value.kind()));
            !counted && !words.iter().any(|word| word.kind == TokenKind::Number)
                || is_age(fact)
                || fact.is_some_and(|fact| is_in_another_unit(asking, &fact.value))
                || is_place_in_row(scene, asking, candidate)
                || kind.is_some_and(|kind| is_no_amount(scene.question, asking, kind))
        }
        Asked::Date if scene.question.measure == Some(Measure::Weekday) => {
            let dates = DateTables::of(sentence.language);
            let words = &sentence.words[candidate.first..=candidate.last];
            !words.iter().any(|word| dates.is_weekday(&fold(word.text)))
        }
        Asked::Date | Asked::Duration => {
            let is_age = is_age(fact) && scene.question.measure != Some(Measure::Age);
            is_age
                || fact.is_some_and(|fact| is_too_coarse(asking, &fact.value))
                || matches!(kind, Some(FactKind::Money | FactKind::Percent | FactKind::Person | FactKind::Organization))
        }
        _ => false,
    }
}

/// Whether the amount that `question` asks for is of another kind than `kind`: minutes or euros are no number of things, nor
/// is either per cent, where that is asked for by its name, or so many of them a sum, where a noun asks for a sum.
fn is_no_amount(question: &Question, asking: &Asking, kind: FactKind) -> bool {
    let by_noun = question.focus.as_ref().is_some_and(|focus| !focus.verb);
    match question.expects {
        AnswerType::Number => matches!(kind, FactKind::Duration | FactKind::Money),
        AnswerType::Money => {
            matches!(kind, FactKind::Duration | FactKind::Percent) || by_noun && kind == FactKind::Quantity
        }
        AnswerType::Percent => {
            asking.percent && matches!(kind, FactKind::Duration | FactKind::Money | FactKind::Quantity)
        }
        _ => false,
    }
}

/// Whether it is asked how many there are, and the candidate is which of them something is: "the first car" tells no number of
/// plants, though "for the third time" tells how many times.
fn is_place_in_row(scene: &Scene<'_>, asking: &Asking, candidate: &Candidate) -> bool {
    let sentence = &scene.sentences[candidate.sentence];
    let fact = candidate.fact.map(|i| &scene.hits[sentence.hit].passage.facts[i]);
    let ordinal = fact.is_some_and(|fact| fact.value.kind() == FactKind::Ordinal);
    let beside = &sentence.words[candidate.first..sentence.words.len().min(candidate.last + 2)];
    let counted = || beside.iter().any(|word| asking.is_focus(word, sentence.language));
    scene.question.intent == Intent::HowMany && ordinal && !counted()
}

/// Whether `value` is a sum in another currency than is asked for, or measures something else: square metres are no length.
fn is_in_another_unit(asking: &Asking, value: &Value) -> bool {
    match value {
        Value::Money { currency: Some(told), .. } => asking.currency.is_some_and(|asked| asked != told),
        Value::Quantity { unit, .. } => {
            asking.dimension.is_some_and(|asked| language::dimension(unit).is_some_and(|told| asked != told))
        }
        _ => false,
    }
}

/// Whether `value` is a date that is less precise than is asked for: March is no day, nor 2021 a month.
fn is_too_coarse(asking: &Asking, value: &Value) -> bool {
    match value {
        Value::Date(date) => asking.precision.is_some_and(|asked| date.precision > asked),
        _ => false,
    }
}

/// Whether `fact` tells how old somebody is.
fn is_age(fact: Option<&Fact>) -> bool {
    fact.is_some_and(|fact| matches!(fact.value, Value::Duration { age: true, .. }))
}

fn is_measure(kind: FactKind) -> bool {
    use FactKind::*;
    matches!(kind, Date | Duration | Money | Quantity | Percent | Number | Ordinal)
}

/// Whether the candidate is what the question names, in whatever form: "Consob" is no answer to a question about the
/// "Commissione nazionale per le società e la borsa", nor "Mario Draghi" to one about Draghi.
pub(super) fn is_asked_itself(scene: &Scene<'_>, asking: &Asking, candidate: &Candidate) -> bool {
    let passage = &scene.hits[scene.sentences[candidate.sentence].hit].passage;
    let fact = candidate.fact.map(|i| &passage.facts[i]).filter(|_| candidate.whole);
    let Some(name) = fact.and_then(|fact| fact.value.name()).filter(|_| !asking.names.is_empty()) else {
        return false;
    };
    let is_person = fact.is_some_and(|fact| fact.value.kind() == FactKind::Person);
    // What an abbreviation stands for may tell what it is; a person's name does not tell who that is.
    if scene.question.expects == AnswerType::Definition && !is_person {
        return false;
    }
    passage.forms_of(&name.name).map(fold).any(|form| {
        let words = || form.split_whitespace();
        let surname = |asked: &String| is_person && asked.split_whitespace().all(|word| words().any(|w| w == word));
        asking.names.iter().any(|asked| *asked == form || surname(asked))
    })
}

/// Whether it is asked how many of something there are, and the candidate is a number of something else that the question
/// speaks of ("quanti operai lavorano nei tre stabilimenti?": "tre stabilimenti").
pub(super) fn counts_another(scene: &Scene<'_>, asking: &Asking, candidate: &Candidate) -> bool {
    let sentence = &scene.sentences[candidate.sentence];
    let fact = candidate.fact.map(|i| &scene.hits[sentence.hit].passage.facts[i].value);
    let focus = &asking.focus[sentence.language as usize];
    let (Asked::Amount, Some(Value::Quantity { unit, .. }), false) = (asking.asked, fact, focus.is_empty()) else {
        return false;
    };
    let counted = fold(unit);
    let named = scene.matcher.find(&counted, sentence.language);
    named.is_some_and(|(term, _)| matches!(scene.matcher.part(term), TermPart::Noun | TermPart::Other))
        && !focus.contains(&stem(&counted, sentence.language))
}

/// Whether an amount is asked for, and the candidate is one that the question tells itself ("quanti operai hanno i *tre
/// stabilimenti*?").
pub(super) fn repeats_amount(scene: &Scene<'_>, asking: &Asking, candidate: &Candidate) -> bool {
    let words = &scene.sentences[candidate.sentence].words[candidate.first..=candidate.last];
    let told = || words.iter().filter(|word| word.kind != TokenKind::Symbol).map(|word| fold(word.text));
    asking.asked == Asked::Amount && told().all(|word| asking.words.contains(&word))
}

/// Whether the candidate begins or ends within a name, and is no name itself.
pub(super) fn cuts_name(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    let passage = &scene.hits[scene.sentences[candidate.sentence].hit].passage;
    let span = candidate.span(scene).shifted(passage.span.start);
    let names = || passage.facts.iter().filter(|fact| fact.value.name().is_some()).map(|fact| fact.span);
    let cut = |name: Span| name.overlaps(span) && !span.contains(name);
    names().any(cut) && !names().any(|name| name == span)
}

#[cfg(test)]
mod tests {
    use super::super::candidates::candidates;
    use super::super::trial::told;
    use super::*;

    #[test]
    fn a_value_of_another_kind_is_no_answer() {
        let text = "A Rovigo la ditta Nordeva ha aperto nel 2019 tre officine con 40 operai.";
        for (question, words, expected) in [
            ("Dove ha aperto la ditta?", "nel 2019", true),
            ("Dove ha aperto la ditta?", "tre officine", true),
            ("Dove ha aperto la ditta?", "Rovigo", false),
            ("Quanti operai ha la ditta?", "Rovigo", true),
            ("Quanti operai ha la ditta?", "40 operai", false),
            ("Chi ha aperto tre officine?", "40 operai", true),
            ("Chi ha aperto tre officine?", "Nordeva", false),
            ("Quando ha aperto la ditta?", "nel 2019", false),
        ] {
            assert_eq!(told(unlike, question, text, words), expected, "{question} {words}");
        }
    }

    #[test]
    fn a_sum_in_another_currency_is_no_answer() {
        let text = "Il museo ha pagato 40 milioni di dollari (37 milioni di euro) per la tela.";
        let check = |question: &str, words: &str, expected: bool| {
            assert_eq!(told(unlike, question, text, words), expected, "{question} {words}");
        };
        check("Quanti euro ha pagato il museo?", "40 milioni di dollari", true);
        check("Quanto ha pagato il museo in euro?", "37 milioni di euro", false);
        check("Quanto ha pagato il museo?", "40 milioni di dollari", false);
    }

    #[test]
    fn a_number_of_something_else_is_no_answer() {
        let text = "La Nordeva ha tre officine a Rovigo e 40 operai.";
        for (question, words, expected) in [
            ("Quanti operai lavorano nelle tre officine?", "tre officine", true),
            ("Quanti operai lavorano nelle tre officine?", "40 operai", false),
            ("Quante officine ha la Nordeva?", "tre officine", false),
        ] {
            assert_eq!(told(counts_another, question, text, words), expected, "{question} {words}");
        }
    }

    #[test]
    fn an_amount_that_the_question_tells_is_no_answer() {
        let text = "La Nordeva ha tre officine a Rovigo e 40 operai.";
        for (question, words, expected) in [
            ("Quanti operai lavorano nelle tre officine?", "tre officine", true),
            ("Quanti operai lavorano nelle tre officine?", "40 operai", false),
            ("Chi lavora nelle tre officine?", "tre officine", false),
        ] {
            assert_eq!(told(repeats_amount, question, text, words), expected, "{question} {words}");
        }
    }

    #[test]
    fn an_age_is_no_term_in_prison() {
        let text =
            "Per Aldo Fenzi, 52 anni, il procuratore ha chiesto sei anni, e Carla Ruin, 48, pagherà per tre mesi.";
        let asked = "Quanti anni ha chiesto il procuratore per Fenzi?";
        for (question, words, expected) in [
            (asked, "52 anni", true),
            (asked, "48", true),
            (asked, "sei anni", false),
            ("Quanti anni ha Aldo Fenzi?", "52 anni", false),
        ] {
            assert_eq!(told(unlike, question, text, words), expected, "{question} {words}");
        }
    }

    #[test]
    fn a_day_of_the_week_is_told_by_its_name() {
        let text = "Dal 3 maggio la biblioteca resta chiusa il martedì.";
        let asked = "In che giorno della settimana è chiusa la biblioteca?";
        assert!(told(unlike, asked, text, "3 maggio"));
        assert!(!told(unlike, asked, text, "martedì"));
        assert!(!told(unlike, "Da quando è chiusa la biblioteca?", text, "3 maggio"));
    }

    #[test]
    fn a_month_is_no_day() {
        let text = "La fiera aprì a marzo e chiuse il 12 aprile, e nel 2019 tornò.";
        for (question, words, expected) in [
            ("In che giorno aprì la fiera?", "a marzo", true),
            ("In che giorno chiuse la fiera?", "12 aprile", false),
            ("In che mese aprì la fiera?", "a marzo", false),
            ("In quale mese tornò la fiera?", "nel 2019", true),
            ("Quando tornò la fiera?", "nel 2019", false),
        ] {
            assert_eq!(told(unlike, question, text, words), expected, "{question} {words}");
        }
    }

    #[test]
    fn so_many_things_are_no_sum() {
        let text = "The ban has three exemptions and a fine of 50 pounds.";
        assert!(told(unlike, "What fine do they pay?", text, "three exemptions"));
        assert!(!told(unlike, "What fine do they pay?", text, "50 pounds"));
        assert!(!told(unlike, "How many exemptions are there?", text, "three exemptions"));
        let text = "The ride takes 24 minutes and saves the city 12 percent of 9 million euros.";
        assert!(told(unlike, "How many passengers does the line carry?", text, "24 minutes"));
        assert!(told(unlike, "How much does the line cost?", text, "12 percent"));
        assert!(!told(unlike, "How much does the line cost?", text, "9 million euros"));
        assert!(told(unlike, "What percentage does the city save?", text, "24 minutes"));
        assert!(!told(unlike, "By how much did the fare fall?", text, "9 million euros"));
        assert!(!told(unlike, "What percentage does the city save?", text, "12 percent"));
        let text = "The ferry is the third of seven ships, built for the second time.";
        assert!(told(unlike, "How many ships are there?", text, "third"));
        assert!(!told(unlike, "How many ships are there?", text, "seven ships"));
        assert!(!told(unlike, "How many times was it built?", text, "second"));
        let text = "The glacier covers 14 square kilometres and ends after 6 kilometres.";
        assert!(told(unlike, "How wide is the glacier?", text, "14 square kilometres"));
        assert!(!told(unlike, "How wide is the glacier?", text, "6 kilometres"));
    }

    #[test]
    fn what_is_asked_about_is_no_answer_in_another_form() {
        let text = "La Autorità Portuale di Levante (APL), guidata da Piero Senni, ha comprato la gru di Marghera.";
        for (question, words, expected) in [
            ("Chi ha venduto la gru alla APL?", "Autorità Portuale di Levante", true),
            ("Chi ha venduto la gru alla APL?", "APL", true),
            ("Chi ha venduto la gru alla APL?", "Piero Senni", false),
            ("Chi ha assunto Senni?", "Piero Senni", true),
            ("Chi ha comprato la gru, la APL o Senni?", "Piero Senni", false),
            ("Cosa vuol dire APL?", "Autorità Portuale di Levante", false),
        ] {
            assert_eq!(told(is_asked_itself, question, text, words), expected, "{question} {words}");
        }
    }

    #[test]
    fn the_role_of_somebody_else_is_not_proposed() {
        let text = "Il presidente della Fenice incontra Ugo Bo, presidente del Regio. Con loro Ada Riva, presidente della Fenice.";
        for (words, expected) in [("presidente del Regio", true), ("presidente della Fenice", false)] {
            let proposed =
                told(|scene, _, candidate| candidates(scene).contains(candidate), "Chi è Ugo Bo?", text, words);
            assert_eq!(proposed, expected, "{words}");
        }
    }

    #[test]
    fn a_name_is_not_cut() {
        let text = "A guidare la banca sarà Anna Maria Bellucci, ex dirigente della Banca d'Italia.";
        for (words, expected) in [("Anna Maria Bellucci", false), ("Maria Bellucci", true), ("Anna", true)] {
            assert_eq!(
                told(|scene, _, candidate| cuts_name(scene, candidate), "Chi guiderà la banca?", text, words),
                expected,
                "{words}"
            );
        }
    }
}

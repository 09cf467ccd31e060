//! How sure a text is of what it says, clause by clause, and whom it credits.
//!
//! A plan, a rumour or a denial holds for the clause that its words stand in: "Honda, which has two plants, plans to
//! build a third" is a plan for the third alone.

use crate::language::Language;
use crate::language::standing::{Cue, WordClass};
use crate::text::Span;

use super::part::Part;
use super::speech::{Credit, Reading};
use super::value::Modality;

/// How sure `text` is of what `span` says and whom it credits, as told by `sentence`, in which `span` lies. A denial
/// that the words of `span` make themselves ("*per non aver commesso il fatto*") does not deny them, and counts only
/// for `truth`, where they are to tell yes from no.
pub fn standing(text: &str, sentence: Span, span: Span, language: Language, truth: bool) -> (Modality, Option<String>) {
    let part = Part::new(text, sentence, language, None);
    let reading = Reading::new(&part);
    let start = span.start.saturating_sub(sentence.start);
    let end = span.end.saturating_sub(sentence.start);
    Standing::of(&reading, 0, part.len()).at(&reading, Span::new(start.min(end), end), truth)
}

/// The clauses of one sentence with what is told of them.
pub(super) struct Standing {
    from: usize,
    to: usize,
    clauses: Vec<usize>,
    cues: Vec<Told>,
    credits: Vec<Credit>,
}

/// A phrase that tells something of its clause.
struct Told {
    from: usize,
    to: usize,
    cue: Cue,
}

impl Standing {
    /// Reads the sentence of the tokens `from..to`.
    pub fn of(reading: &Reading<'_, '_>, from: usize, to: usize) -> Self {
        let cues = cues(reading, from, to);
        let clauses = clauses(reading, from, to, &cues);
        Self { from, to, clauses, cues, credits: reading.credits(from, to) }
    }

    /// What is told of `span`, bytes of the part; its own denials count for `truth`.
    pub fn at(&self, reading: &Reading<'_, '_>, span: Span, truth: bool) -> (Modality, Option<String>) {
        let tokens = &reading.part.tokens;
        let first = (self.from..self.to).find(|at| tokens[*at].span.end > span.start);
        let Some(first) = first else { return (Modality::Stated, None) };
        let last = (first..self.to).take_while(|at| tokens[*at].span.start < span.end).last().unwrap_or(first) + 1;
        let credit = self.credits.iter().filter(|c| c.from <= first && last <= c.to).min_by_key(|c| c.to - c.from);
        let told = self.modality(reading, first, last, truth);
        let hearsay = credit.is_some_and(|c| c.vague) && matches!(told, Modality::Stated | Modality::Planned);
        let own = credit.filter(|c| !reading.part.span(first, last).of(reading.part.text).contains(c.source.as_str()));
        (if hearsay { Modality::Hearsay } else { told }, own.map(|c| c.source.clone()))
    }

    fn modality(&self, reading: &Reading<'_, '_>, first: usize, last: usize, truth: bool) -> Modality {
        let clause = self.clauses[first - self.from];
        let same = |told: &&Told| self.clauses[told.from - self.from] == clause;
        // "Non è una novità, avendo già lavorato con": what follows is not denied.
        let apart = |told: &Told| told.cue == Cue::Denied && gerund_between(reading, told.to, first);
        let own = |told: &Told| !truth && told.cue == Cue::Denied && first <= told.from && told.to <= last;
        // "Non riapre prima di maggio": in May it may.
        let limited = |told: &Told| told.cue == Cue::Denied && reading.limited(told.to, first);
        let comma = |mut places: std::ops::Range<usize>| places.any(|at| reading.is_symbol(at, ","));
        // What is quoted denies nothing of whoever says it: "«Non chiudiamo», ha detto Ada Rosi".
        let quoted = reading.is_quoted(self.from, first);
        let elsewhere = |told: &Told| {
            let outside = !truth && !quoted && told.cue == Cue::Denied && reading.is_quoted(self.from, told.from);
            outside && (told.from >= last || comma(told.to..first))
        };
        let told = || self.cues.iter().filter(same).filter(|c| !elsewhere(c));
        let before: Vec<&Told> = told().filter(|c| c.from < last && !apart(c) && !own(c) && !limited(c)).collect();
        if let Some(strongest) = before.iter().min_by_key(|c| strength(c.cue)) {
            return modality_of(strongest.cue);
        }
        let Some(next) = told().find(|c| c.from >= last) else { return Modality::Stated };
        let begins =
            (self.from..first).rev().take_while(|at| self.clauses[at - self.from] == clause).last().unwrap_or(first);
        let own_verb = (begins..next.from).any(|at| reading.is(WordClass::Finite, at) && at + 1 < next.from);
        // "Il ponte, chiuso dal 2019, non riapre": the words between the commas tell something else.
        let closed = next.from > last && reading.is_symbol(next.from - 1, ",");
        let inserted = next.cue == Cue::Denied && closed && comma(begins..first);
        if own_verb || inserted { Modality::Stated } else { modality_of(next.cue) }
    }
}

/// Whether a comma and a verb's form without a person stand between the tokens `from` and `to`.
fn gerund_between(reading: &Reading<'_, '_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| reading.is_symbol(at, ",") && reading.words.gerund(reading.word(at + 1)))
}

fn strength(cue: Cue) -> u8 {
    match cue {
        Cue::Denied => 0,
        Cue::Possible => 1,
        Cue::Hearsay => 2,
        Cue::Planned => 3,
        Cue::Neutral | Cue::According => 4,
    }
}

fn modality_of(cue: Cue) -> Modality {
    match cue {
        Cue::Planned => Modality::Planned,
        Cue::Possible => Modality::Possible,
        Cue::Hearsay => Modality::Hearsay,
        Cue::Denied => Modality::Denied,
        Cue::Neutral | Cue::According => Modality::Stated,
    }
}

/// The phrases of the tokens `from..to` that tell something.
fn cues(reading: &Reading<'_, '_>, from: usize, to: usize) -> Vec<Told> {
    let mut found = Vec::new();
    let mut at = from;
    while at < to {
        let token = &reading.part.tokens[at];
        let opening = at == from && reading.part.tokens.get(at + 1).is_some_and(|t| t.is_word() && !t.is_capitalised());
        let written = token.is_word() && (!token.is_capitalised() || opening);
        let phrase = reading.words.phrase(|i| if at + i < to { reading.word(at + i) } else { "" }).filter(|_| written);
        let (length, cue) = match phrase {
            Some((length, cue)) => (length, Some(cue)),
            None => (1, reading.words.ending(token.text)),
        };
        if let Some(cue) = cue.filter(|cue| !matches!(cue, Cue::Neutral | Cue::According)) {
            found.push(Told { from: at, to: at + length, cue });
        }
        at += length;
    }
    found
}

/// For each token of the sentence the number of its clause.
fn clauses(reading: &Reading<'_, '_>, from: usize, to: usize, cues: &[Told]) -> Vec<usize> {
    let mut numbers = Vec::with_capacity(to - from);
    let mut open = vec![0];
    let mut next = 1;
    for at in from..to {
        let comma_before = at > from && reading.is_symbol(at - 1, ",");
        let complement = cues.iter().any(|c| c.to == at) || reading_verb_ends(reading, from, at);
        let cue_here = cues.iter().any(|c| c.from == at);
        let verb_here = reading.is(WordClass::Finite, at) || cue_here;
        // "Has *yet* to": a word of a phrase opens nothing.
        let within = cues.iter().any(|c| c.from <= at && at < c.to);
        if reading.is_symbol(at, ";:–—") || reading.is(WordClass::Beside, at) && !within {
            open = vec![next];
            next += 1;
        } else if reading.is(WordClass::Inside, at) && !complement && at > from {
            open.push(next);
            next += 1;
        } else if reading.is_symbol(at, ",)") && open.len() > 1 {
            open.pop();
        } else if at > from && coordinates(reading, at, to, cues)
            || comma_before
                && verb_here
                && reading.is(WordClass::Finite, at)
                && open.len() == 1
                && has_verb(reading, from, at)
        {
            if open.len() > 1 {
                open.pop();
            }
            open.pop();
            open.push(next);
            next += 1;
        }
        numbers.push(open.last().copied().unwrap_or(0));
    }
    numbers
}

fn reading_verb_ends(reading: &Reading<'_, '_>, from: usize, at: usize) -> bool {
    (from.max(at.saturating_sub(4))..at).any(|start| reading.verb(start).is_some_and(|verb| verb.to == at))
}

fn has_verb(reading: &Reading<'_, '_>, from: usize, to: usize) -> bool {
    (from..to.saturating_sub(1)).any(|at| reading.is(WordClass::Finite, at))
}

/// Whether a conjunction at `at` joins a clause with a verb of its own.
fn coordinates(reading: &Reading<'_, '_>, at: usize, to: usize, cues: &[Told]) -> bool {
    if !reading.is(WordClass::Coordinating, at) {
        return false;
    }
    let mut verb = at + 1;
    while verb < to && reading.is(WordClass::Adverb, verb) {
        verb += 1;
    }
    verb < to
        && (reading.is(WordClass::Finite, verb)
            || cues.iter().any(|c| c.from == verb && !matches!(c.cue, Cue::Hearsay | Cue::Possible)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, text: &str, words: &str, modality: Modality, attribution: Option<&str>) {
        let start = text.find(words).expect("the words stand in the text");
        let span = Span::new(start, start + words.len());
        let told = standing(text, Span::new(0, text.len()), span, language, words == text);
        assert_eq!(told, (modality, attribution.map(str::to_string)), "{words} in {text}");
    }

    #[test]
    fn italian_sentences() {
        use Modality::*;
        let check = |text, words, modality, attribution| check(Language::It, text, words, modality, attribution);
        check("La giunta ha speso 3 milioni per il ponte.", "3 milioni", Stated, None);
        check(
            "La giunta prevede di spendere 3 milioni entro maggio e di aprire il ponte nel 2031.",
            "nel 2031",
            Planned,
            None,
        );
        check("Il museo aprirà nel 2031.", "nel 2031", Planned, None);
        check("La squadra, che ha vinto 12 titoli, vorrebbe costruire uno stadio.", "12 titoli", Stated, None);
        check("La squadra, che ha vinto 12 titoli, vorrebbe costruire uno stadio.", "uno stadio", Planned, None);
        check("Il farmaco potrebbe ridurre i ricoveri del 20%.", "20%", Possible, None);
        check("Il gruppo avrebbe ceduto il 30% delle azioni.", "30%", Hearsay, None);
        check("Il sindaco non ha venduto 40 alloggi, ma ne ha affittati 12.", "40 alloggi", Denied, None);
        check("Il sindaco non ha venduto 40 alloggi, ma ne ha affittati 12.", "12", Stated, None);
        check("Si invita a svuotare le vasche: chi non lo fa rischia 300 euro.", "300 euro", Stated, None);
        check("La visita non è la prima, avendo già incontrato Nadia Ferri.", "Nadia Ferri", Stated, None);
        check("Secondo il Corriere, la fusione vale 2 miliardi.", "2 miliardi", Stated, Some("Corriere"));
        check("Nel secondo trimestre la spesa è salita del 4%.", "4%", Stated, None);
        check("La fusione vale 2 miliardi, ha scritto Reuters.", "2 miliardi", Stated, Some("Reuters"));
        check(
            "Secondo fonti vicine al dossier la vendita vale 2 miliardi.",
            "2 miliardi",
            Hearsay,
            Some("fonti vicine al dossier"),
        );
        check(
            "Anna Bruni, rettrice dell'ateneo, ha detto che gli iscritti sono 900.",
            "900",
            Stated,
            Some("Anna Bruni"),
        );
        check(
            "Il gruppo non ha presentato i conti, ma si presume che abbia perso 3 milioni.",
            "3 milioni",
            Possible,
            None,
        );
        check("Il gruppo non ha confermato l'acquisto della Nordeva.", "Nordeva", Hearsay, None);
        check("Secondo indiscrezioni il gruppo ha ceduto il 30% delle azioni.", "30%", Hearsay, None);
        check("Il gruppo smentisce di aver ceduto il 30% delle azioni.", "30%", Denied, None);
        check("Il ponte, chiuso dal 2029 per un crollo, non sarà riparato.", "dal 2029", Stated, None);
        check("Il ponte non riapre prima di lunedì 3 maggio.", "lunedì 3 maggio", Stated, None);
        check("«Di qui non passa più nessuno», ha detto Ada Rosi.", "Ada Rosi", Stated, None);
        check("Il gruppo «non ha mai venduto» 40 alloggi.", "40 alloggi", Denied, None);
        check(
            "«Il ponte non sarà riparato», ha detto Ada Rosi.",
            "«Il ponte non sarà riparato», ha detto Ada Rosi.",
            Denied,
            None,
        );
        check("A Fermo, Ancona, Macerata non si vota.", "Ancona", Denied, None);
        check("Non ha vinto la prima partita nel 2030.", "nel 2030", Denied, None);
        check("Il lavoro con le ditte cinesi non è una novità.", "ditte cinesi", Stated, None);
        check("È stato assolto per non aver commesso il fatto.", "per non aver commesso il fatto", Stated, None);
        check("Non ha commesso il fatto.", "Non ha commesso il fatto.", Denied, None);
        check("Il libro non solo ha vinto 3 premi, è anche il più letto.", "3 premi", Stated, None);
    }

    #[test]
    fn english_sentences() {
        use Modality::*;
        let check = |text, words, modality, attribution| check(Language::En, text, words, modality, attribution);
        check("The council spent 3 million on the bridge.", "3 million", Stated, None);
        check("The council plans to spend 3 million and to open the bridge in 2031.", "2031", Planned, None);
        check("The museum will open in 2031.", "2031", Planned, None);
        check("The team, which has won 12 titles, wants to build a stadium.", "12 titles", Stated, None);
        check("The team, which has won 12 titles, wants to build a stadium.", "a stadium", Planned, None);
        check("The drug may cut admissions by 20%.", "20%", Possible, None);
        check("The group reportedly sold 30% of its shares.", "30%", Hearsay, None);
        check("The mayor has not sold 40 flats, but has let 12.", "40 flats", Denied, None);
        check("The mayor has not sold 40 flats, but has let 12.", "12", Stated, None);
        check("It is not new to mills, having bought one in 2012.", "2012", Stated, None);
        check("According to the Guardian, the merger is worth 2 billion.", "2 billion", Stated, Some("Guardian"));
        check("The merger is worth 2 billion, said Mary Jones on Monday.", "2 billion", Stated, Some("Mary Jones"));
        check("The merger is worth 2 billion, Mary Jones said.", "2 billion", Stated, Some("Mary Jones"));
        check(
            "According to people familiar with it, the sale is worth 2 billion.",
            "2 billion",
            Hearsay,
            Some("people familiar"),
        );
        check("Police said that 900 people were there.", "900", Stated, Some("Police"));
        check(
            "The group has yet to publish its accounts, but it may have lost 3 million.",
            "3 million",
            Possible,
            None,
        );
        check("The group has yet to open 12 shops.", "12 shops", Denied, None);
        check("The group has not confirmed a loss of 3 million.", "3 million", Hearsay, None);
        check("The group denied that it had sold 40 flats.", "40 flats", Denied, None);
        check("The clerk allegedly took 3 million.", "3 million", Hearsay, None);
        check("The clerk is said to have taken 3 million.", "3 million", Hearsay, None);
        check("He was cleared for not having taken part.", "for not having taken part", Stated, None);
        check("The fair opened in May 2012.", "2012", Stated, None);
    }
}

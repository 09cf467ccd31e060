//! From an outcome to an answer: the short answer in a sentence that is no surer than its source, the quote, the
//! sources.

use serde::Serialize;

use super::amounts::listed;
use super::answer::{Alternative, Analysis, Answer, Citation, Reason, Relation, Verdict};
use super::document::{BlockKind, Document, Look, Piece};
use super::source::source_line;
use super::templates::Templates;
use super::wording::{HOLE, Wording, Writer, one_line, unmarked, within};
use crate::answer::{Absence, Evidence, Finding, Misunderstanding, Outcome, independent, same_words};
use crate::corpus::ArticleInfo;
use crate::error::{Error, Result};
use crate::facts::{FactKind, Value};
use crate::language::{Language, is_function_word};

use crate::question::Question;
use crate::text::{fold, straighten};

/// The share of a quote, in bytes, from which on the answer is as good as all of it and is not shown twice.
const WHOLE_QUOTE: f64 = 0.85;

/// Says what came of a question, in `language`. `articles` tells what is known of the article with an id.
///
/// The answer's `id`, `parts` and `passages` are left to the caller.
///
/// # Errors
/// An article that the outcome cites and `articles` does not know; a template that cannot be filled.
pub fn answer(
    question: &Question,
    outcome: Outcome,
    articles: &dyn Fn(&str) -> Option<ArticleInfo>,
    language: Language,
    templates: &Templates,
) -> Result<Answer> {
    let mut composer =
        Composer { question, articles, language, templates, cited: Vec::new(), document: Document::default() };
    let mut answer = Answer::new(&question.text, language, Verdict::Chat);
    answer.analysis = Some(analysis(question));
    composer.understood_as()?;
    match outcome {
        Outcome::Answered { best, others } => {
            answer.verdict = Verdict::Answered;
            composer.best(&best, &mut answer)?;
            composer.others(&best, others, &mut answer)?;
        }
        Outcome::Conflict { best, others } => {
            answer.verdict = Verdict::Conflict;
            composer.note("labels.conflict")?;
            composer.best(&best, &mut answer)?;
            composer.contradicting("labels.contradicting", Relation::Contrary, others, &mut answer)?;
        }
        Outcome::Changed { best, earlier } => {
            answer.verdict = Verdict::Answered;
            composer.best(&best, &mut answer)?;
            composer.contradicting("labels.earlier", Relation::Earlier, earlier, &mut answer)?;
        }
        Outcome::NotFound { reason, nearest } => {
            answer.verdict = Verdict::NotFound;
            answer.reason = Some(reason.into());
            composer.not_found(reason, nearest.as_ref(), &mut answer)?;
        }
        Outcome::NotUnderstood { reason, suggestions } => {
            answer.verdict = Verdict::NotUnderstood;
            answer.reason = Some(reason.into());
            composer.not_understood(reason, &suggestions)?;
            answer.suggestions = suggestions;
        }
        Outcome::Chat => {
            let of_rule = format!("chat.{}", question.rule);
            let key = match templates.has(language, &of_rule) {
                true => of_rule,
                false => format!("chat.{}", name_of(question.intent)),
            };
            let reply = templates.say(language, &key, &[])?;
            composer.document.push(BlockKind::Lead, vec![Piece::new(Look::Plain, &reply)]);
        }
    }
    composer.list_sources()?;
    answer.text = composer.document.plain();
    answer.document = composer.document;
    Ok(answer)
}

/// The answers to the parts of one question as one answer; there is at least one part.
///
/// The sources of all parts are numbered through. The verdict is that of the first part that was not answered.
pub fn combined(question: &str, mut parts: Vec<Answer>) -> Answer {
    let mut document = Document::default();
    let mut last = 0;
    for part in &mut parts {
        let shift = last;
        part.places_mut().for_each(|citation| citation.number += shift);
        for block in &mut part.document.blocks {
            if let BlockKind::Source(number) = &mut block.kind {
                *number += shift;
                last = last.max(*number);
            }
            for piece in block.pieces.iter_mut().filter(|piece| piece.look == Look::Reference) {
                let number = piece.text.trim_matches(['[', ']']).parse().map_or(shift, |n: usize| n + shift);
                piece.text = format!("[{number}]");
            }
        }
        part.text = part.document.plain();
        document.push(BlockKind::Note, vec![Piece::new(Look::Faint, &part.question)]);
        document.blocks.extend(part.document.blocks.iter().cloned());
    }
    let decisive = parts.iter().find(|part| part.verdict != Verdict::Answered).or(parts.first());
    let verdict = decisive.map_or(Verdict::NotUnderstood, |part| part.verdict);
    let answers: Vec<&str> = parts.iter().filter_map(|part| part.answer.as_deref()).collect();
    let language = parts.first().map_or(Language::It, |part| part.language);
    Answer {
        analysis: parts.first().and_then(|part| part.analysis.clone()),
        answer: (!answers.is_empty()).then(|| answers.join("; ")),
        text: document.plain(),
        confidence: parts.iter().filter_map(|part| part.confidence).min_by(f64::total_cmp),
        citations: parts.iter().flat_map(|part| part.citations.iter().cloned()).collect(),
        nearest: parts.iter().find_map(|part| part.nearest.clone()),
        reason: decisive.and_then(|part| part.reason),
        suggestions: parts.iter().flat_map(|part| part.suggestions.iter().cloned()).collect(),
        parts,
        document,
        ..Answer::new(question, language, verdict)
    }
}

/// An answer as it is being written.
struct Composer<'a> {
    question: &'a Question,
    articles: &'a dyn Fn(&str) -> Option<ArticleInfo>,
    language: Language,
    templates: &'a Templates,
    /// The places that were cited, each line of an article once; a place's number is its index and 1.
    cited: Vec<Citation>,
    document: Document,
}

impl Composer<'_> {
    /// Says openly how the question was read, where that is not as it was typed.
    fn understood_as(&mut self) -> Result<()> {
        for repair in &self.question.repaired {
            let slots = [("from", repair.from.as_str()), ("to", repair.to.as_str())];
            let line = self.say("labels.repaired", &slots)?;
            self.document.push(BlockKind::Note, vec![Piece::new(Look::Faint, &line)]);
        }
        if let Some(rewritten) = &self.question.rewritten {
            let line = self.say("labels.rewritten", &[("question", rewritten)])?;
            self.document.push(BlockKind::Note, vec![Piece::new(Look::Faint, &line)]);
        }
        Ok(())
    }

    /// The best finding: its sentence and its quote.
    fn best(&mut self, finding: &Finding, answer: &mut Answer) -> Result<()> {
        let citations = self.cite_all(finding)?;
        let whole = covers(&finding.evidence);
        let writer = self.writer(&citations[0]);
        let mut wording = writer.wording(finding)?;
        if whole && finding.value.is_none() {
            wording.shown = writer.quoted(&wording.short)?;
        }
        let mut lead = vec![Piece::new(Look::Strong, &self.sentence(finding, &wording, citations[0].language)?)];
        if whole && wording.shown.contains(&one_line(&finding.evidence.words)) {
            lead.extend(references(&citations));
            self.document.push(BlockKind::Lead, lead);
        } else {
            self.document.push(BlockKind::Lead, lead);
            self.quote(&finding.evidence, &citations, true)?;
        }
        answer.answer = Some(wording.short);
        answer.value = finding.value.clone();
        answer.confidence = Some(finding.confidence);
        answer.independent_sources = Some(independent(finding, self.articles));
        answer.citations = citations;
        Ok(())
    }

    /// What agrees with the best finding less precisely, and further items.
    fn others(&mut self, best: &Finding, others: Vec<Finding>, answer: &mut Answer) -> Result<()> {
        let agrees = |finding: &Finding| match (&best.value, &finding.value) {
            (Some(best), Some(value)) => best.kind() == value.kind() && is_measured(best.kind()),
            _ => false,
        };
        let (agreeing, further): (Vec<_>, Vec<_>) = others.into_iter().partition(agrees);
        let groups = [("labels.agreeing", Relation::Coarser, agreeing), ("labels.further", Relation::Further, further)];
        for (label, relation, findings) in groups {
            if !findings.is_empty() {
                self.note(label)?;
            }
            for finding in findings {
                let citations = self.cite_all(&finding)?;
                let wording = self.writer(&citations[0]).wording(&finding)?;
                let mut item = vec![Piece::new(Look::Plain, &wording.shown)];
                item.extend(references(&citations));
                self.document.push(BlockKind::Item, item);
                answer.alternatives.push(alternative(relation, finding, wording, citations));
            }
        }
        Ok(())
    }

    /// What contradicts the best finding, each with its quote, under `label`.
    fn contradicting(
        &mut self,
        label: &str,
        relation: Relation,
        others: Vec<Finding>,
        answer: &mut Answer,
    ) -> Result<()> {
        self.note(label)?;
        for finding in others {
            let citations = self.cite_all(&finding)?;
            let wording = self.writer(&citations[0]).wording(&finding)?;
            let sentence = self.sentence(&finding, &wording, citations[0].language)?;
            self.document.push(BlockKind::Item, vec![Piece::new(Look::Strong, &sentence)]);
            self.quote(&finding.evidence, &citations, true)?;
            answer.alternatives.push(alternative(relation, finding, wording, citations));
        }
        Ok(())
    }

    fn not_found(&mut self, reason: Absence, nearest: Option<&Evidence>, answer: &mut Answer) -> Result<()> {
        let key = format!("not_found.{}", name_of(reason));
        let mut unknown: Vec<&str> =
            self.question.entities.iter().filter(|entity| !entity.known).map(|entity| entity.text.as_str()).collect();
        let designated = self.question.designated();
        if unknown.is_empty() {
            // The word is known, the one of that number is not.
            unknown = designated.iter().map(|one| one.span.of(&self.question.text)).collect();
        }
        let unknown: Vec<String> =
            unknown.into_iter().map(|name| self.say("labels.quote", &[("text", name)])).collect::<Result<_>>()?;
        let wanted = self.say(&format!("wanted.{}", name_of(self.question.expects)), &[])?;
        let line = match reason {
            Absence::UnknownEntity if unknown.is_empty() => self.say("not_found.no_passage", &[])?,
            Absence::UnknownEntity => {
                self.say(&key, &[("names", &listed(&unknown, self.language, self.templates)?)])?
            }
            Absence::NoCandidate => self.say(&key, &[("wanted", &wanted)])?,
            _ => self.say(&key, &[])?,
        };
        self.document.push(BlockKind::Lead, vec![Piece::new(Look::Strong, &line)]);
        if let Some(nearest) = nearest {
            self.note("labels.nearest")?;
            let citation = self.cite(nearest)?;
            self.quote(nearest, std::slice::from_ref(&citation), false)?;
            answer.nearest = Some(citation);
        }
        Ok(())
    }

    fn not_understood(&mut self, reason: Misunderstanding, suggestions: &[String]) -> Result<()> {
        let key = format!("not_understood.{}", name_of(reason));
        let line = self.say(&key, &[])?;
        self.document.push(BlockKind::Lead, vec![Piece::new(Look::Strong, &line)]);
        if !suggestions.is_empty() {
            self.note(&format!("{key}_suggestions"))?;
        }
        for suggestion in suggestions {
            self.document.push(BlockKind::Item, vec![Piece::new(Look::Plain, suggestion)]);
        }
        Ok(())
    }

    /// The sentence that states the finding as surely as its source does, and no surer.
    fn sentence(&self, finding: &Finding, wording: &Wording, source: Language) -> Result<String> {
        let table = match &finding.value {
            Some(Value::Truth { truth: true }) => "yes".to_string(),
            Some(Value::Truth { truth: false }) => "no".to_string(),
            _ => name_of(self.question.intent),
        };
        let modality = name_of(finding.evidence.modality);
        let attribution = match &finding.evidence.attribution {
            Some(name) if fold(&wording.shown).contains(&fold(name)) => None,
            Some(name) => Some(self.credited(&one_line(name), source)?),
            None => None,
        };
        let end = if attribution.is_some() { "_attributed" } else { "" };
        let key = [self.question.rule.as_str(), table.as_str(), "any"]
            .map(|table| format!("{table}.{modality}{end}"))
            .into_iter()
            .find(|key| self.templates.has(self.language, key))
            .unwrap_or_else(|| format!("any.{modality}{end}"));
        let attribution = attribution.unwrap_or_default();
        self.say(&key, &[("answer", &wording.shown), ("attribution", &attribution)])
    }

    /// Whom the source credits, so that it can stand in a sentence: a name or a noun with its article as it is, a bare
    /// noun or words of another language as what they are.
    fn credited(&self, name: &str, source: Language) -> Result<String> {
        let plain = straighten(name);
        let first = plain.split_inclusive([' ', '\'']).next().unwrap_or_default();
        let bare = !is_function_word(first.trim_end());
        match name.starts_with(char::is_lowercase) && (bare || source != self.language) {
            true => self.say("labels.credited", &[("name", name)]),
            false => Ok(name.to_string()),
        }
    }

    /// The sentences that say so, with the answer marked if it is one.
    fn quote(&mut self, evidence: &Evidence, citations: &[Citation], mark: bool) -> Result<()> {
        let frame = self.say("labels.quote", &[("text", HOLE)])?;
        let (open, close) = frame.split_once(HOLE).unwrap_or_default();
        let mut pieces = Vec::new();
        match marked(evidence).filter(|_| mark) {
            Some([before, words, after]) => {
                pieces.push(Piece::new(Look::Plain, &format!("{open}{}", within(open, &spaced(before)))));
                pieces.push(Piece::new(Look::Marked, &within(open, &unmarked(&one_line(words)))));
                pieces.push(Piece::new(Look::Plain, &format!("{}{close}", within(open, &spaced(after)))));
            }
            None => {
                let text = within(open, &unmarked(&one_line(&evidence.quote)));
                pieces.push(Piece::new(Look::Plain, &format!("{open}{text}{close}")));
            }
        }
        pieces.extend(references(citations));
        self.document.push(BlockKind::Quote, pieces);
        Ok(())
    }

    fn list_sources(&mut self) -> Result<()> {
        if !self.cited.is_empty() {
            self.note("labels.sources")?;
        }
        for (i, citation) in self.cited.iter().enumerate() {
            let mut line = source_line(citation, self.language, self.templates)?;
            let same =
                |other: &&Citation| other.article != citation.article && same_words(&other.quote, &citation.quote);
            if let Some(first) = self.cited[..i].iter().find(same) {
                let number = first.number.to_string();
                let note = self.say("labels.same_words", &[("number", &number)])?;
                line.pieces.push(Piece::new(Look::Faint, &format!(" {note}")));
            }
            self.document.blocks.push(line);
        }
        Ok(())
    }

    fn note(&mut self, key: &str) -> Result<()> {
        let line = self.say(key, &[])?;
        self.document.push(BlockKind::Note, vec![Piece::new(Look::Plain, &line)]);
        Ok(())
    }

    fn say(&self, key: &str, slots: &[(&str, &str)]) -> Result<String> {
        self.templates.say(self.language, key, slots)
    }

    fn writer(&self, citation: &Citation) -> Writer<'_> {
        Writer {
            question: self.question,
            language: self.language,
            source: citation.language,
            templates: self.templates,
        }
    }

    /// Cites the places of a finding, the best first; there is at least one.
    fn cite_all(&mut self, finding: &Finding) -> Result<Vec<Citation>> {
        std::iter::once(&finding.evidence).chain(&finding.also).map(|evidence| self.cite(evidence)).collect()
    }

    fn cite(&mut self, evidence: &Evidence) -> Result<Citation> {
        let info = (self.articles)(&evidence.article);
        let info = info.ok_or_else(|| Error::NoArticle { id: evidence.article.clone() })?;
        let same = |cited: &Citation| cited.article == evidence.article && cited.line == evidence.line;
        let number = 1 + self.cited.iter().position(same).unwrap_or(self.cited.len());
        let citation = Citation {
            number,
            article: info.id,
            path: info.path,
            digest: info.digest,
            title: info.title,
            source: info.source,
            author: info.author,
            url: info.url,
            published: info.published,
            language: info.language,
            line: evidence.line,
            start: evidence.span.start,
            end: evidence.span.end,
            span: evidence.words.clone(),
            quote: evidence.quote.clone(),
            words_at: evidence.span.start.saturating_sub(evidence.quote_span.start),
            modality: evidence.modality,
            attribution: evidence.attribution.clone(),
        };
        if number > self.cited.len() {
            self.cited.push(citation.clone());
        }
        Ok(citation)
    }
}

fn alternative(relation: Relation, finding: Finding, wording: Wording, citations: Vec<Citation>) -> Alternative {
    let Finding { value, confidence, .. } = finding;
    Alternative { answer: wording.short, relation: Some(relation), value, confidence, citations }
}

/// How a question was understood, as scripts see it.
pub fn analysis(question: &Question) -> Analysis {
    Analysis {
        language: question.language,
        intent: question.intent,
        expects: question.expects,
        trec: question.trec,
        focus: question.focus.as_ref().map(|focus| focus.text.clone()),
        entities: question.entities.iter().map(|entity| entity.text.clone()).collect(),
        rule: question.rule.clone(),
        repaired: question.repaired.clone(),
        rewritten: question.rewritten.clone(),
    }
}

/// The numbers of the places, each once.
fn references(citations: &[Citation]) -> Vec<Piece> {
    let mut numbers: Vec<usize> = Vec::new();
    for citation in citations {
        if !numbers.contains(&citation.number) {
            numbers.push(citation.number);
        }
    }
    let reference = |number| [Piece::new(Look::Plain, " "), Piece::new(Look::Reference, &format!("[{number}]"))];
    numbers.into_iter().flat_map(reference).collect()
}

/// The quote before, in and after the words that answer.
fn marked(evidence: &Evidence) -> Option<[&str; 3]> {
    let start = evidence.span.start.checked_sub(evidence.quote_span.start)?;
    let end = start.checked_add(evidence.span.len())?;
    let quote = evidence.quote.as_str();
    Some([quote.get(..start)?, quote.get(start..end)?, quote.get(end..)?])
}

/// Whether the words that answer are all but the whole quote.
fn covers(evidence: &Evidence) -> bool {
    evidence.words.len() as f64 >= WHOLE_QUOTE * evidence.quote.len() as f64
}

/// The text on one line, with a space at either end that has white space.
fn spaced(text: &str) -> String {
    let text = unmarked(text);
    let mut line = one_line(&text);
    if !line.is_empty() && text.starts_with(char::is_whitespace) {
        line.insert(0, ' ');
    }
    if text.ends_with(char::is_whitespace) {
        line.push(' ');
    }
    line
}

/// Whether values of this kind are the same or not by measure, so that one can be the coarser of two.
fn is_measured(kind: FactKind) -> bool {
    use FactKind::*;
    matches!(kind, Date | Duration | Money | Quantity | Percent | Number)
}

/// The name of an enum's value as the contract writes it.
pub(super) fn name_of(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|name| name.as_str().map(str::to_string)).unwrap_or_default()
}

impl From<Absence> for Reason {
    fn from(absence: Absence) -> Self {
        match absence {
            Absence::NoPassage => Reason::NoPassage,
            Absence::NoCandidate => Reason::NoCandidate,
            Absence::WeakEvidence => Reason::WeakEvidence,
            Absence::UnknownEntity => Reason::UnknownEntity,
            Absence::FalsePremise => Reason::FalsePremise,
        }
    }
}

impl From<Misunderstanding> for Reason {
    fn from(misunderstanding: Misunderstanding) -> Self {
        match misunderstanding {
            Misunderstanding::Ambiguous => Reason::Ambiguous,
            Misunderstanding::Unclear => Reason::Unclear,
        }
    }
}

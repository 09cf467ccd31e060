//! What passages mean, as vectors: made when a passage is indexed, kept with it, and all compared with the question's.

use std::ops::Range;

use chiedi_encoder::{Encoder, Vector, WIDTH};
use tantivy::Searcher;

use super::schema::VECTOR;
use crate::corpus::Passage;
use crate::language::{self, Language};
use crate::question::Question;
use crate::text::{Unescaped, sentences};

/// The bytes that are kept for each of `passages` in `language`: the vector of the whole, then, where there are several
/// sentences, those of each.
pub(super) fn bytes(passages: &[Passage], language: Language) -> Vec<Vec<u8>> {
    let parts = |read: &Unescaped<'_>| {
        let spans = sentences(&read.text, language::abbreviations(language));
        spans.iter().filter(|_| spans.len() > 1).map(|span| span.start..span.end).collect()
    };
    let read: Vec<_> = passages.iter().map(|passage| Unescaped::new(&passage.text)).collect();
    let texts: Vec<_> = read.iter().map(|read| (&*read.text, parts(read))).collect();
    let bytes = |vectors: &Vec<[f32; WIDTH]>| vectors.iter().flat_map(|vector| Vector::new(vector).bytes()).collect();
    Encoder::shipped().encode_all(&texts).iter().map(bytes).collect()
}

/// The vectors of all passages, all segments after each other; without direction where a passage has none or is no
/// longer in use.
pub(super) struct Vectors {
    /// Of each passage as a whole.
    wholes: Vec<Vector>,
    /// Of the sentences of all passages.
    sentences: Vec<Vector>,
    /// Which of these are each passage's.
    places: Vec<Range<u32>>,
    /// Whether any passage has one.
    any: bool,
}

/// How near passages are to a question.
pub(super) struct Meaning<'a> {
    vectors: &'a Vectors,
    /// The question's vector; `None` where no passage has any.
    asked: Option<Vector>,
}

impl Vectors {
    /// The vectors that `searcher` finds.
    pub(super) fn load(searcher: &Searcher) -> tantivy::Result<Self> {
        let mut vectors = Self { wholes: Vec::new(), sentences: Vec::new(), places: Vec::new(), any: false };
        for segment in searcher.segment_readers() {
            let base = vectors.wholes.len();
            vectors.wholes.resize(base + segment.max_doc() as usize, Vector::new(&[0.0; WIDTH]));
            vectors.places.resize(base + segment.max_doc() as usize, 0..0);
            let Some(column) = segment.fast_fields().bytes(VECTOR)? else { continue };
            // Equal vectors are kept once, in the order of their bytes.
            let mut passages: Vec<Vec<u32>> = vec![Vec::new(); column.num_terms()];
            for passage in segment.doc_ids_alive() {
                if let Some(place) = column.term_ords(passage).next() {
                    passages[place as usize].push(base as u32 + passage);
                }
            }
            let mut stream = column.dictionary().stream()?;
            for passages in passages {
                if !stream.advance() {
                    break;
                }
                let mut kept = stream.key().chunks(WIDTH).filter_map(Vector::from_bytes);
                let Some(whole) = kept.next() else { continue };
                let start = vectors.sentences.len() as u32;
                vectors.sentences.extend(kept);
                let end = vectors.sentences.len() as u32;
                for passage in passages {
                    vectors.any = true;
                    vectors.wholes[passage as usize] = whole.clone();
                    vectors.places[passage as usize] = start..end;
                }
            }
        }
        Ok(vectors)
    }

    /// How near the passages are to `question`.
    pub(super) fn meaning(&self, question: &Question) -> Meaning<'_> {
        let asked = self.any.then(|| Vector::new(&Encoder::shipped().encode(&question.text)));
        Meaning { vectors: self, asked }
    }
}

impl Meaning<'_> {
    /// Whether no passage has a vector.
    pub(super) fn is_unknown(&self) -> bool {
        self.asked.is_none()
    }

    /// The cosine of the passage's vector with the question's, at least 0.
    pub(super) fn of_passage(&self, passage: u32) -> f32 {
        self.nearest(std::slice::from_ref(&self.vectors.wholes[passage as usize]))
    }

    /// The greatest cosine of one of the passage's sentences, at least 0; that of the whole where it is one sentence.
    pub(super) fn of_sentences(&self, passage: u32) -> f32 {
        let place = &self.vectors.places[passage as usize];
        match &self.vectors.sentences[place.start as usize..place.end as usize] {
            [] => self.of_passage(passage),
            sentences => self.nearest(sentences),
        }
    }

    /// The greatest cosine of one of `vectors` with the question's, at least 0.
    fn nearest(&self, vectors: &[Vector]) -> f32 {
        let asked = self.asked.iter();
        asked.flat_map(|asked| vectors.iter().map(|vector| vector.cosine(asked))).fold(0.0, f32::max)
    }
}

//! What passages mean, as vectors: made when a passage is indexed, kept with it, and all compared with the question's.

use chiedi_encoder::{Encoder, Vector, WIDTH};
use tantivy::Searcher;

use super::schema::VECTOR;
use crate::corpus::Passage;
use crate::language::{self, Language};
use crate::question::Question;
use crate::text::sentences;

/// The bytes that are kept for each of `passages` in `language`: the vector of the whole, then, where there are several sentences,
/// those of each.
pub(super) fn bytes(passages: &[Passage], language: Language) -> Vec<Vec<u8>> {
    let with_parts = |passage: &'_ Passage| {
        let spans = sentences(&passage.text, language::abbreviations(language));
        spans.iter().filter(|_| spans.len() > 1).map(|span| span.start..span.end).collect()
    };
    let texts: Vec<_> = passages.iter().map(|passage| (passage.text.as_str(), with_parts(passage))).collect();
    let bytes = |vectors: &Vec<[f32; WIDTH]>| vectors.iter().flat_map(|vector| Vector::new(vector).bytes()).collect();
    Encoder::shipped().encode_all(&texts).iter().map(bytes).collect()
}

/// The vectors of all passages, all segments after each other; none where a passage has none or is no longer in use.
pub(super) struct Vectors(Vec<Vec<Vector>>);

/// How near passages are to a question.
pub(super) struct Meaning<'a> {
    vectors: &'a [Vec<Vector>],
    /// The question's vector; `None` where no passage has any.
    asked: Option<Vector>,
}

impl Vectors {
    /// The vectors that `searcher` finds.
    pub(super) fn load(searcher: &Searcher) -> tantivy::Result<Self> {
        let mut vectors = Vec::new();
        for segment in searcher.segment_readers() {
            let base = vectors.len();
            vectors.resize(base + segment.max_doc() as usize, Vec::new());
            let Some(column) = segment.fast_fields().bytes(VECTOR)? else { continue };
            // Equal vectors are kept once, in the order of their bytes.
            let mut kept: Vec<Vec<Vector>> = Vec::with_capacity(column.num_terms());
            let mut stream = column.dictionary().stream()?;
            while stream.advance() {
                kept.push(stream.key().chunks(WIDTH).filter_map(Vector::from_bytes).collect());
            }
            for passage in segment.doc_ids_alive() {
                let place = column.term_ords(passage).next();
                let found = place.and_then(|place| kept.get(place as usize));
                vectors[base + passage as usize] = found.cloned().unwrap_or_default();
            }
        }
        Ok(Self(vectors))
    }

    /// How near the passages are to `question`.
    pub(super) fn meaning(&self, question: &Question) -> Meaning<'_> {
        let any = self.0.iter().any(|vectors| !vectors.is_empty());
        let asked = any.then(|| Vector::new(&Encoder::shipped().encode(&question.text)));
        Meaning { vectors: &self.0, asked }
    }
}

impl Meaning<'_> {
    /// The cosine of the passage's vector with the question's, at least 0.
    pub(super) fn of_passage(&self, passage: u32) -> f32 {
        self.nearest(self.vectors[passage as usize].get(..1).unwrap_or_default())
    }

    /// The greatest cosine of one of the passage's sentences, at least 0.
    pub(super) fn of_sentences(&self, passage: u32) -> f32 {
        match self.vectors[passage as usize].as_slice() {
            [_, sentences @ ..] if !sentences.is_empty() => self.nearest(sentences),
            whole => self.nearest(whole),
        }
    }

    fn nearest(&self, vectors: &[Vector]) -> f32 {
        let asked = self.asked.iter();
        asked.flat_map(|asked| vectors.iter().map(|vector| vector.cosine(asked))).fold(0.0, f32::max)
    }
}

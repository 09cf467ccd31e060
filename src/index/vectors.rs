//! What passages mean, as vectors: made when a passage is indexed, kept with it, and all compared with the question's.

use chiedi_encoder::{Encoder, Vector};
use tantivy::Searcher;

use super::schema::VECTOR;
use crate::corpus::Passage;
use crate::question::Question;

/// The bytes that are kept for each of `passages`.
pub(super) fn bytes(passages: &[Passage]) -> Vec<Vec<u8>> {
    let texts: Vec<&str> = passages.iter().map(|passage| passage.text.as_str()).collect();
    let vectors = Encoder::shipped().encode_all(&texts);
    vectors.iter().map(|vector| Vector::new(vector).bytes().to_vec()).collect()
}

/// The vectors of all passages, all segments after each other; `None` where a passage has none or is no longer in use.
pub(super) struct Vectors(Vec<Option<Vector>>);

impl Vectors {
    /// The vectors that `searcher` finds.
    pub(super) fn load(searcher: &Searcher) -> tantivy::Result<Self> {
        let mut vectors = Vec::new();
        for segment in searcher.segment_readers() {
            let base = vectors.len();
            vectors.resize(base + segment.max_doc() as usize, None);
            let Some(column) = segment.fast_fields().bytes(VECTOR)? else { continue };
            // Equal vectors are kept once, in the order of their bytes.
            let mut kept = Vec::with_capacity(column.num_terms());
            let mut stream = column.dictionary().stream()?;
            while stream.advance() {
                kept.push(Vector::from_bytes(stream.key()));
            }
            for passage in segment.doc_ids_alive() {
                let place = column.term_ords(passage).next();
                vectors[base + passage as usize] = place.and_then(|place| kept.get(place as usize)?.clone());
            }
        }
        Ok(Self(vectors))
    }

    /// The cosine of each passage's vector with that of `question`, 0 for those that have none.
    pub(super) fn cosines(&self, question: &Question) -> Vec<f32> {
        if self.0.iter().all(Option::is_none) {
            return vec![0.0; self.0.len()];
        }
        let asked = Vector::new(&Encoder::shipped().encode(&question.text));
        self.0.iter().map(|vector| vector.as_ref().map_or(0.0, |vector| vector.cosine(&asked))).collect()
    }
}

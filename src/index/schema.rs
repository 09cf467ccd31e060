//! What is kept of each passage and in which form.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use crate::language::Language;

/// The name of the field of the vectors.
pub(super) const VECTOR: &str = "vector";

/// The fields of the index; one document is one passage.
///
/// Words come to tantivy already cut and stemmed, so no tokenizer has to be registered when an index is opened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The state of the file that the passage is from; what is replaced together bears the same key.
    pub(super) file: Field,
    /// [`super::document::article_key`] of the article's id.
    pub(super) article: Field,
    /// The passage's place in its article.
    pub(super) ordinal: Field,
    /// The passage itself with its facts, in borsh.
    pub(super) passage: Field,
    /// Its words, folded.
    pub(super) word: Field,
    /// Its stems with their positions, one field a language.
    stems: [Field; 2],
    /// The stems of its article's title, one field a language.
    titles: [Field; 2],
    /// The roots of its words.
    pub(super) root: Field,
    /// Its numbers, by value.
    pub(super) number: Field,
    /// Its names, folded, each followed by a zero byte and by the name as written.
    pub(super) name: Field,
    /// The kinds of its facts, and `heading`.
    pub(super) kind: Field,
    /// What it means, as [`super::vectors`] makes it; none in an index without vectors.
    pub(super) vector: Field,
}

impl Fields {
    /// The schema of an index and its fields.
    pub(super) fn schema() -> (Schema, Fields) {
        let mut schema = Schema::builder();
        let words = |record: IndexRecordOption, norms: bool| {
            let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(record);
            TextOptions::default().set_indexing_options(indexing.set_fieldnorms(norms))
        };
        let positions = words(IndexRecordOption::WithFreqsAndPositions, true);
        let frequencies = words(IndexRecordOption::WithFreqs, false);
        let presence = words(IndexRecordOption::Basic, false);
        let fields = Fields {
            file: schema.add_text_field("file", STRING),
            article: schema.add_u64_field("article", INDEXED | FAST),
            ordinal: schema.add_u64_field("ordinal", FAST),
            passage: schema.add_bytes_field("passage", STORED),
            word: schema.add_text_field("word", frequencies.clone()),
            stems: ["stem_it", "stem_en"].map(|name| schema.add_text_field(name, positions.clone())),
            titles: ["title_it", "title_en"].map(|name| schema.add_text_field(name, frequencies.clone())),
            root: schema.add_text_field("root", frequencies.clone()),
            number: schema.add_text_field("number", frequencies.clone()),
            name: schema.add_text_field("name", presence.clone()),
            kind: schema.add_text_field("kind", presence),
            vector: schema.add_bytes_field(VECTOR, FAST),
        };
        (schema.build(), fields)
    }

    /// The stems of passages in `language`.
    pub(super) fn stem(&self, language: Language) -> Field {
        self.stems[place(language)]
    }

    /// The stems of the titles of articles in `language`.
    pub(super) fn title(&self, language: Language) -> Field {
        self.titles[place(language)]
    }
}

/// The place of `language` in a pair that holds something for each.
pub(super) fn place(language: Language) -> usize {
    match language {
        Language::It => 0,
        Language::En => 1,
    }
}

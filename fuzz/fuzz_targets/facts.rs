//! Any bytes: no panic, and every span a stretch of whole characters. `cargo +nightly fuzz run facts` looks for bytes that
//! break this.

#![no_main]

use chiedi::facts;
use chiedi::language::Language;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for language in Language::ALL {
        for fact in facts::find(&text, language, Some(jiff::civil::date(2024, 2, 29))) {
            assert!(text.get(fact.span.start..fact.span.end).is_some_and(|words| !words.is_empty()));
        }
    }
});

//! chiedi answers questions, asked in Italian or English, from a folder of articles in either language.
//!
//! Each module uses only those before it in this list; `tests/architecture.rs` holds them to it.

pub mod error;

pub mod text;

pub mod language;

pub mod facts;

pub mod corpus;

pub mod question;

pub mod index;

pub mod answer;

pub mod render;

pub mod engine;

pub mod eval;

pub mod verify;

pub mod doctor;

pub mod cli;

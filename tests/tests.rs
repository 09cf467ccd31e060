//! The tests of the program as a whole. Those of single modules stand beside the code.

// The order of the modules, and what only some of them may do.
mod architecture;

// The questions with known answers on the project's own articles.
mod gold;

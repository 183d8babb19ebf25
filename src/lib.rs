#![doc = include_str!("ARCHITECTURE.md")]

extern crate alloc; // named by the parser that pest derives without its stack guard

pub mod change;
pub mod check;
pub mod cli;
pub mod compile;
pub mod diagnostic;
pub mod digest;
pub mod due;
pub mod emit;
pub mod error;
pub mod fmt;
pub mod impact;
pub mod lang;
pub mod model;
pub mod plan;
pub mod resolve;
#[cfg(feature = "serve")]
pub mod serve;
pub mod source;
pub mod syntax;
pub mod time;

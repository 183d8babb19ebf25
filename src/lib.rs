#![doc = include_str!("ARCHITECTURE.md")]

pub mod check;
pub mod cli;
pub mod compile;
pub mod diagnostic;
pub mod emit;
pub mod error;
pub mod fmt;
pub mod lang;
pub mod model;
pub mod plan;
pub mod resolve;
pub mod source;
pub mod syntax;

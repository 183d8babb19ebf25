#![doc = include_str!("ARCHITECTURE.md")]

pub mod diagnostic;
pub mod lang;
pub mod model;
pub mod source;
pub mod syntax;

//! Names looked up in registers and in the procedure, and layers laid over it: what a procedure says on a day, at a place.

pub mod act_mention;
pub mod act_number;
pub mod bundle;
pub mod layers;
pub mod names;
pub mod registers;

pub use layers::{Effective, Variant};
pub use registers::Registers;

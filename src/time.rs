//! Working time: which days and minutes state agencies work, and when a limit ends by the Civil Code.

pub mod calendar;
pub mod due;
pub mod holidays;
pub mod lunar;

pub use self::calendar::{Calendar, Day, DayKind, Instant, Known, Office, Shift};
pub use self::due::Clock;

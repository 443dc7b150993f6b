//! The start of a cycle, carried out on a real database.

mod billing;
mod books;
mod calendar;
mod issuing;
mod pausing;

//! Plots as SVG, drawn here: they take their colours from the page, light or dark, and say what
//! they show to those who cannot see them. Places on the paper are whole numbers of a 420 × n grid.

mod bars;
mod parts;

pub(crate) use bars::{Bar, Bars};
pub(crate) use parts::{Share, Shares};

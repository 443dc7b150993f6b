//! Parts of the append that can be left out, to see what they cost. Compiled only with the
//! feature `ablation`, which nobody but `benches` asks for: a log without them proves nothing.

/// A part of the append.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ablation {
    /// Command ids are looked up before deciding.
    Lookup,
    /// Accepted commands are remembered.
    Record,
    /// Events are hashed.
    Hash,
}

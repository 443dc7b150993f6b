//! policies.

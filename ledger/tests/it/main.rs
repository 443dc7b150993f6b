//! The crate against real parts: PostgreSQL, golden files, the framework.

mod store;

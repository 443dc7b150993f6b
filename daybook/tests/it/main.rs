//! The program as people run it: processes, files, signals, exit codes.
#![cfg(test)]

mod demonstration;
mod erasure;
mod external;
mod lifecycle;
mod outbox;
mod proving;
mod reconciling;
mod settings;
mod support;

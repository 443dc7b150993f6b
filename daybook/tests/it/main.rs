//! The program as people run it: processes, files, signals, exit codes.
#![cfg(test)]

mod bundling;
mod checkpoints;
mod demonstration;
mod deployment;
mod drill;
mod erasure;
mod exporting;
mod external;
mod interrupting;
mod lifecycle;
mod nodes;
mod outbox;
mod proving;
mod reconciling;
mod settings;
mod support;
mod torture;
mod traces;

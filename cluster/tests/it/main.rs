//! The private cluster, with real servers in folders of their own.
#![cfg(test)]

mod adoption;
mod lifecycle;
mod location;
mod support;
mod throwaway;

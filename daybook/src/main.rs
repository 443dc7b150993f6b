//! daybook
fn main() {}

//! The program `daybook`; everything is in the library beside it, so that tests can call it.

fn main() -> std::process::ExitCode {
    daybook::run()
}

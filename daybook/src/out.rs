//! Standard output: the answer of a command, and nothing else.

use std::io::{self, IsTerminal, Write};

use comfy_table::{Table, presets};

/// Writes a line. A reader that has gone away (`| head`) ends the program quietly.
///
/// # Errors
/// What the system says.
pub fn line(text: impl std::fmt::Display) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{text}")
}

/// Writes a table: with lines on a terminal, plain elsewhere.
///
/// # Errors
/// What the system says.
pub fn table<const N: usize>(
    header: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> io::Result<()> {
    let mut table = Table::new();
    let preset =
        if io::stdout().is_terminal() { presets::UTF8_FULL_CONDENSED } else { presets::NOTHING };
    table.load_style(preset).set_header(header);
    for row in rows {
        table.add_row(row);
    }
    line(table)
}

//! Who writes the invoices: whoever runs the service.

use ledger::documents::{Issuer, Party};

use super::reader::Reader;

/// Lines that an address may have.
const LINES: usize = 5;

/// Reads what stands at the head of papers.
pub(super) fn read(read: &mut Reader<'_>) -> Issuer {
    let name = read.value("ISSUER_NAME", "Daybook".to_owned(), "a name");
    let address: Option<String> = read.optional("ISSUER_ADDRESS", "lines, separated by |");
    let contact: Option<String> = read.optional("ISSUER_CONTACT", "one line");
    let address = address.unwrap_or_default();
    let lines = address.split('|').map(str::trim).filter(|line| !line.is_empty());
    let address: Vec<String> = lines.map(str::to_owned).collect();
    if address.len() > LINES {
        read.problem("ISSUER_ADDRESS", "five lines at most are expected");
    }
    Issuer { party: Party { name, address }, contact }
}

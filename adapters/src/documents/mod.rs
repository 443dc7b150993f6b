//! Papers as PDF files: tagged for readers who do not see them, the same bytes for the same
//! paper, and nothing in them that the paper does not say.
//!
//! - `fonts.rs`: the typeface. `text.rs`: lines that fit and figures as they are printed.
//! - `sheet.rs`: marks on pages. `table.rs`, `head.rs`: parts that papers share. `print.rs`: the
//!   file. `invoice.rs`, `statement.rs`: one paper each.

mod fonts;
mod head;
mod invoice;
mod print;
mod sheet;
mod statement;
mod table;
mod text;

use ledger::{
    documents::{InvoiceDocument, StatementDocument},
    ports::documents::{Press, Unprintable},
};

/// Prints PDF files. It holds nothing and may be used from any thread.
#[derive(Debug, Clone, Copy, Default)]
pub struct PdfPress;

impl Press for PdfPress {
    fn invoice(&self, document: &InvoiceDocument) -> Result<Vec<u8>, Unprintable> {
        invoice::pdf(document)
    }

    fn statement(&self, document: &StatementDocument) -> Result<Vec<u8>, Unprintable> {
        statement::pdf(document)
    }
}

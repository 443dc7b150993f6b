//! Columns by name.

use ledger::ports::statements::StatementError;

/// A column that we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Available,
    Category,
    Charge,
    Created,
    Currency,
    Fee,
    Gross,
    Id,
    Intent,
    Invoice,
    Net,
    OurInvoice,
    OurOrg,
    OurRefund,
    Payout,
    Source,
    Status,
    Tax,
    Type,
}

/// Names in the exports, in lower case, the better one first.
const NAMES: &[(Column, &[&str])] = &[
    (Column::Available, &["available_on_utc", "available on (utc)", "available_on"]),
    (Column::Category, &["reporting_category", "reporting category"]),
    (Column::Charge, &["charge_id"]),
    (Column::Created, &["created_utc", "created (utc)", "created"]),
    (Column::Currency, &["currency"]),
    (Column::Fee, &["fee", "fees"]),
    (Column::Gross, &["gross", "amount"]),
    (Column::Id, &["balance_transaction_id", "id"]),
    (Column::Intent, &["payment_intent_id"]),
    (Column::Invoice, &["invoice_id"]),
    (Column::Net, &["net"]),
    (
        Column::OurInvoice,
        &[
            "payment_metadata[daybook_invoice_id]",
            "invoice_metadata[daybook_invoice_id]",
            "daybook_invoice_id (metadata)",
        ],
    ),
    (
        Column::OurOrg,
        &[
            "payment_metadata[daybook_org_id]",
            "invoice_metadata[daybook_org_id]",
            "daybook_org_id (metadata)",
        ],
    ),
    (Column::OurRefund, &["refund_metadata[daybook_refund_id]", "daybook_refund_id (metadata)"]),
    (Column::Payout, &["automatic_payout_id", "payout_id", "transfer"]),
    (Column::Source, &["source_id", "source"]),
    (Column::Status, &["status"]),
    (Column::Tax, &["tax"]),
    (Column::Type, &["type"]),
];

/// Where each column stands, and what the header calls it.
pub(super) struct Columns {
    places: Vec<(Column, usize, String)>,
    pub(super) count: usize,
}

impl Columns {
    /// Reads a header.
    pub(super) fn of(header: &[String]) -> Result<Self, StatementError> {
        let spelt: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
        let mut places = Vec::new();
        for (column, names) in NAMES {
            let mut found = names.iter().filter_map(|name| {
                let place = spelt.iter().position(|spelt| spelt == name)?;
                Some((*column, place, header[place].trim().to_owned()))
            });
            places.extend(found.next());
        }
        let columns = Self { places, count: header.len() };
        let needed = [
            (Column::Id, "balance_transaction_id (or id)"),
            (Column::Created, "created_utc (or Created (UTC))"),
            (Column::Currency, "currency"),
            (Column::Gross, "gross (or Amount)"),
            (Column::Fee, "fee"),
            (Column::Net, "net"),
        ];
        let mut missing: Vec<&'static str> = needed
            .into_iter()
            .filter(|(column, _)| !columns.has(*column))
            .map(|(_, name)| name)
            .collect();
        if !columns.has(Column::Category) && !columns.has(Column::Type) {
            missing.push("reporting_category (or Type)");
        }
        if missing.is_empty() { Ok(columns) } else { Err(StatementError::Columns(missing)) }
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.place(column).is_some()
    }

    /// Place and spelling.
    pub(super) fn place(&self, column: Column) -> Option<(usize, &str)> {
        let found = self.places.iter().find(|(known, _, _)| *known == column)?;
        Some((found.1, &found.2))
    }
}

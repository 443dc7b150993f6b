//! `GET /console/books`: the trial balance.

use actix_web::HttpResponse;

use super::list::List;
use crate::{
    cell::{Cell, Item, Table},
    doc::Doc,
    filters::{Filters, Kind},
    refusal::Refusal,
    show,
    visit::Visit,
};

const HERE: &str = "/console/books";

/// The page.
pub(crate) async fn show(visit: Visit) -> Result<HttpResponse, Refusal> {
    let fields = vec![("effective_on", "At the end of business day", Kind::Day)];
    let filters = Filters::new(&visit, HERE, fields);
    let day = visit.param("effective_on").map(show::escaped);
    let day = day.map(|day| format!("?effective_on={day}")).unwrap_or_default();
    let of = format!("/v1/admin/journal/trial-balance{day}");
    let found: Doc = visit.get(&of).await?;
    let mut rows = Vec::new();
    let balances = Item::whole(&visit, found, &of);
    for balance in balances.each("balances")? {
        let currency = || balance.text("currency");
        let accounts = balance.rows("accounts", |account| {
            Ok(vec![
                account.text("account")?,
                account.text("account_name")?,
                account.figure("debit")?,
                account.figure("credit")?,
                account.figure("balance")?,
                currency()?,
            ])
        });
        rows.extend(accounts?);
        rows.push(vec![
            Cell::text(""),
            Cell::text("All accounts"),
            balance.figure("total_debit")?,
            balance.figure("total_credit")?,
            balance.figure("difference")?,
            currency()?,
        ]);
    }
    let heads = vec![
        ("Account", false),
        ("Name", false),
        ("Debit", true),
        ("Credit", true),
        ("Balance", true),
        ("", false),
    ];
    let table = Table::new("Trial balance", heads, rows, "Nothing is booked yet.");
    Ok(List::page_of(&visit, HERE, "Trial balance", filters, table, None))
}

//! `GET /console/books`: the trial balance.

use actix_web::HttpResponse;

use super::list::List;
use crate::{
    cell::{Cell, Table},
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
    for (place, balance) in found.list("balances")?.into_iter().enumerate() {
        let currency = balance.text("currency")?;
        for (index, account) in balance.list("accounts")?.into_iter().enumerate() {
            let at = format!("balances/{place}/accounts/{index}");
            let figure =
                |name: &str| Cell::figure(&visit, &account, name, (&of, &format!("{at}/{name}")));
            rows.push(vec![
                Cell::text(account.text("account")?),
                Cell::text(account.text("account_name")?),
                figure("debit")?,
                figure("credit")?,
                figure("balance")?,
                Cell::text(&currency),
            ]);
        }
        let figure = |name: &str| {
            Cell::figure(&visit, &balance, name, (&of, &format!("balances/{place}/{name}")))
        };
        rows.push(vec![
            Cell::text(""),
            Cell::text("All accounts"),
            figure("total_debit")?,
            figure("total_credit")?,
            figure("difference")?,
            Cell::text(&currency),
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

//! Three months of the provider's account, as its balance export would say it, with three faults: one
//! payment is missing there, one is missing here, and one has another amount. Reconciling it
//! raises what finance then finds in its list of exceptions.

use std::collections::BTreeMap;
use std::path::Path;

use adapters::stripe::StripeStatement;
use anyhow::Context as _;
use api::reconciliation::{Order, USUAL_DAYS, reconcile};
use ledger::ports::statements::StatementReader;
use ledger::reconciliation::{Facts, LineKind, Movement, MovementState};
use ledger::values::Money;
use time::{Date, Duration};
use uuid::Uuid;

use super::act::{Actress, actor};
use crate::installation::write_private;

/// Events that are read at a time.
const PORTION: i64 = 2_000;

const HEADER: &str = "balance_transaction_id,created_utc,available_on_utc,currency,gross,fee,net,\
    reporting_category,source_id,description,automatic_payout_id,payment_intent_id\n";

/// Writes the statement of the last three whole months into the data folder, and reconciles it.
///
/// # Errors
/// When the ledger fails, or the file cannot be written.
pub(super) async fn reconciled(
    actress: &Actress<'_>,
    data: &Path,
    until: Date,
) -> anyhow::Result<()> {
    actress.settle().await?;
    let last = until.replace_day(1)? - Duration::DAY;
    let first = (last.replace_day(1)? - Duration::days(45)).replace_day(1)?;
    let text = statement(actress, first, last).await?;
    write_private(&data.join("stripe.csv"), &text)?;
    let order = Order {
        org: actress.id,
        actor: actor(),
        run_id: Uuid::new_v5(&actress.id.0, b"demo reconciliation"),
        provider: StripeStatement.provider(),
        from: Some(first),
        through: Some(last),
        days: USUAL_DAYS,
        dry_run: false,
        book: false,
    };
    let read = StripeStatement.read(&mut text.as_bytes(), &mut |_| {});
    let read = read.context("the statement made for the demonstration cannot be read")?;
    reconcile(actress.ledger, &order, read, &|_| {}).await.context("cannot reconcile")?;
    Ok(())
}

/// What the log expects of these days, in the provider's words, and not quite right.
async fn statement(actress: &Actress<'_>, first: Date, last: Date) -> anyhow::Result<String> {
    let facts = facts(actress).await?;
    let names = references(actress, &facts).await?;
    let mut text = HEADER.to_owned();
    let mut charges = 0;
    for movement in facts.movements() {
        let Some(category) = category(movement.kind) else { continue };
        let settled = movement.state == MovementState::Settled;
        if !settled || movement.on < first || movement.on > last {
            continue;
        }
        let mut amount = movement.amount;
        if movement.kind == LineKind::Charge {
            charges += 1;
            match charges {
                2 => continue,
                3 => amount = Money::from_minor(amount.minor() + 100, amount.currency()),
                _ => {}
            }
        }
        text += &line(&movement, amount, category, &names);
    }
    let (currency, on) = (actress.org.currency()?, last - Duration::days(9));
    let unknown = Money::from_minor(4_200, currency);
    text += &format!(
        "txn_unknown,{on} 15:00:00,{on},{currency},{unknown},0,{unknown},charge,ch_unknown,,,\n"
    );
    Ok(text)
}

fn line(
    movement: &Movement,
    amount: Money,
    category: &str,
    names: &BTreeMap<Uuid, String>,
) -> String {
    let (id, on, currency) = (movement.id.simple(), movement.on, amount.currency());
    let source = names.get(&movement.id).cloned();
    let source = source.unwrap_or_else(|| format!("{category}_{id}"));
    let payment = movement.payment_id.and_then(|id| names.get(&id)).map_or("", String::as_str);
    let fee = movement.fee.unwrap_or(Money::zero(currency));
    let net = Money::from_minor(amount.minor() - fee.minor(), currency);
    format!(
        "txn_{category}_{id},{on} 15:00:00,{on},{currency},{amount},{fee},{net},{category},\
         {source},,,{payment}\n"
    )
}

const fn category(kind: LineKind) -> Option<&'static str> {
    match kind {
        LineKind::Charge => Some("charge"),
        LineKind::ChargeFailure => Some("charge_failure"),
        LineKind::Dispute => Some("dispute"),
        LineKind::DisputeReversal => Some("dispute_reversal"),
        LineKind::Refund => Some("refund"),
        LineKind::RefundFailure => Some("refund_failure"),
        LineKind::Payout => Some("payout"),
        LineKind::Adjustment | LineKind::Fee | LineKind::PayoutReversal => None,
    }
}

async fn facts(actress: &Actress<'_>) -> anyhow::Result<Facts> {
    let (mut facts, mut position) = (Facts::default(), 0);
    loop {
        let page = actress.ledger.read(actress.id, position, PORTION).await?;
        let Some(end) = page.last().map(|stored| stored.position) else { return Ok(facts) };
        for stored in page.into_iter().filter(|stored| Facts::hears(&stored.event_type)) {
            facts.hear(&stored.decode()?);
        }
        position = end;
    }
}

/// What the provider calls payments and payouts.
async fn references(
    actress: &Actress<'_>,
    facts: &Facts,
) -> anyhow::Result<BTreeMap<Uuid, String>> {
    let mut names = BTreeMap::new();
    for ((_, id, _), sealed) in facts.references() {
        if let Some(name) = actress.ledger.keyring().open(actress.id, sealed).await? {
            names.insert(id, name);
        }
    }
    Ok(names)
}

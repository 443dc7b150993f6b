//! Reports out of a snapshot say what the same fold in memory says, and say it twice.

use std::collections::BTreeMap;

use ledger::{invoice::InvoiceEvent, journal::Account, recorded::LedgerEvent, values::Currency};
use projections::{
    accounting, aging, credit_notes, disputes,
    engine::{EngineError, Snapshot, fold},
    held_payments, invoices,
    journal::{self, Entries, Period},
    periods, profit_and_loss, revenue, tax_ledger, tax_snapshot,
};
use time::{Date, macros::date};

use crate::{
    live::history,
    support::{reach, setup},
    world::World,
};

const USD: Currency = Currency::USD;

#[tokio::test]
async fn reports_agree_with_the_documents_and_with_each_other() {
    let setup = setup().await;
    let world = World::after(1, &history(600));
    setup.append(&world).await;
    let engine = setup.engine();
    reach(&engine, world.org, world.head()).await;
    let snapshot = Snapshot::open(setup.ledger.app_pool(), world.org).await.unwrap();
    lists(&snapshot, &world).await.unwrap();
    ledgers(&snapshot, &world).await.unwrap();
    receivables(&snapshot, &world).await.unwrap();
    taxes(&snapshot, &world).await.unwrap();
    earnings(&snapshot, &world).await.unwrap();
    ahead(&snapshot, &world).await.unwrap();
    exported(&snapshot, &world).await.unwrap();
    engine.stop().await;
}

async fn lists(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    let notes = credit_notes::list(snapshot, None, None, 1_000).await?;
    assert_eq!(notes.len(), fold::<credit_notes::CreditNotes>(&world.events).len());
    for note in &notes {
        assert_eq!(credit_notes::get(snapshot, note.credit_note_id).await?.as_ref(), Some(note));
        let of = credit_notes::list(snapshot, Some(note.invoice_id), None, 1_000).await?;
        assert!(of.contains(note));
    }
    let any = disputes::Filter::default();
    let all = disputes::list(snapshot, &any, None, 1_000).await?;
    assert_eq!(all.len(), fold::<disputes::Disputes>(&world.events).len());
    for one in &all {
        assert_eq!(disputes::get(snapshot, one.dispute_id).await?.as_ref(), Some(one));
        let only = disputes::Filter { status: Some(one.status), invoice: Some(one.invoice_id) };
        assert!(disputes::list(snapshot, &only, None, 1_000).await?.contains(one));
    }
    let today = world.today();
    let held = held_payments::list(snapshot, held_payments::Which::All, today, None, 1_000).await?;
    assert_eq!(held.len(), fold::<held_payments::HeldPayments>(&world.events).len());
    let open =
        held_payments::list(snapshot, held_payments::Which::Open, today, None, 1_000).await?;
    let still = held.iter().filter(|one| one.status == held_payments::HeldStatus::Open);
    assert_eq!(still.cloned().collect::<Vec<_>>(), open);
    let sealings = periods::history(snapshot, None, 1_000).await?;
    assert_eq!(sealings.len(), fold::<periods::Periods>(&world.events).len());
    let sealed = world.books.values().next().and_then(|(books, _)| books.closed_through());
    assert_eq!(periods::closed_through(snapshot).await?, sealed);
    Ok(())
}

async fn ledgers(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    let whole = Period::default();
    let chart = journal::chart_of_accounts(snapshot, whole).await?;
    assert_eq!(chart.len(), Account::ALL.len());
    let middle = world.today() - time::Duration::days(20);
    for one in &chart {
        let mut after = None;
        let mut last = 0;
        loop {
            let page = journal::general_ledger(snapshot, one.account, USD, whole, after, 3).await?;
            assert!(page.opening.is_zero());
            let Some(posted) = page.lines.last() else { break };
            last = posted.balance.minor();
            after = Some((posted.line.business_on, posted.line.position, posted.line.line));
        }
        assert_eq!(last, one.balances.first().map_or(0, |balance| balance.balance.minor()));
        // Opened in the middle it carries what came before and ends the same.
        let later = Period { from: Some(middle), ..whole };
        let page = journal::general_ledger(snapshot, one.account, USD, later, None, 10_000).await?;
        let end = page.lines.last().map_or(page.opening, |posted| posted.balance);
        assert_eq!(end.minor(), last, "{}", one.account);
    }
    for position in [world.head() / 3, world.head()] {
        let period = Period { until_position: Some(position), ..whole };
        for entries in [Entries::All, Entries::BeforeAdjusting] {
            let balances = journal::trial_balance(snapshot, period, entries).await?;
            assert!(balances.iter().all(journal::TrialBalance::is_balanced));
        }
    }
    let by_hand = |rows: &[journal::Line]| rows.iter().any(|line| line.entry_id.is_some());
    let lines = journal::lines(snapshot, None, whole, None, 100_000).await?;
    assert!(by_hand(&lines));
    let entry = lines.iter().find_map(|line| line.entry_id).unwrap();
    assert!(!journal::entry_by_hand(snapshot, entry).await?.is_empty());
    Ok(())
}

async fn receivables(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    let middle = world.today() - time::Duration::days(30);
    for day in [middle, world.today(), world.today() + time::Duration::days(200)] {
        let aged = aging::aging(snapshot, day, None).await?;
        assert_eq!(aged, aging::aging(snapshot, day, None).await?);
        for of in &aged {
            let buckets: i64 = of.buckets.iter().map(|(_, sum)| sum.minor()).sum();
            assert_eq!(buckets + of.by_hand.minor(), of.receivables.minor());
            let mut sums: BTreeMap<aging::Bucket, i64> = BTreeMap::new();
            let mut after = None;
            loop {
                let page = aging::invoices(snapshot, of.currency, day, None, after, 2).await?;
                let Some(last) = page.last() else { break };
                after = Some((last.due_on, last.invoice_id.uuid()));
                for one in page {
                    *sums.entry(one.bucket).or_default() += one.balance.minor();
                }
            }
            for (bucket, sum) in &of.buckets {
                assert_eq!(sums.get(bucket).copied().unwrap_or(0), sum.minor());
            }
        }
    }
    // Today's receivables are what invoices owe.
    let rows = fold::<invoices::Invoices>(&world.events);
    let owed: i64 = rows.values().map(|(row, _)| row.balance_minor).sum();
    let forever = world.today() + time::Duration::days(400);
    let aged = aging::aging(snapshot, forever, None).await?;
    assert_eq!(aged.iter().map(|of| of.receivables.minor()).sum::<i64>(), owed);
    Ok(())
}

async fn taxes(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    let whole = Period::default();
    let report = tax_ledger::gst(snapshot, whole).await?;
    assert_eq!(report, tax_ledger::gst(snapshot, whole).await?);
    let owed = journal::account_balances(snapshot, whole, Entries::All).await?;
    let owed = owed.iter().find(|one| one.account == Account::TaxPayable);
    let net: i64 = report.iter().map(|line| line.net.minor()).sum();
    assert_eq!(net, owed.map_or(0, |one| -one.balance.minor()));
    let snapshots = fold::<tax_snapshot::TaxSnapshot>(&world.events);
    let issued: i64 = snapshots.values().map(|(row, _)| row.tax_minor).sum();
    assert_eq!(report.iter().map(|line| line.collected.minor()).sum::<i64>(), issued);
    // What other systems collected may be taken back here.
    assert!(report.iter().all(|line| line.net.minor() >= 0 || line.component == "TAX"));
    // Two halves are the whole.
    let middle = world.today() - time::Duration::days(25);
    let halves = [Period { until: Some(middle), ..whole }, Period { from: Some(middle), ..whole }];
    let mut sum = 0;
    for half in halves {
        sum += tax_ledger::gst(snapshot, half).await?.iter().map(|it| it.net.minor()).sum::<i64>();
    }
    assert_eq!(sum, net);
    Ok(())
}

async fn earnings(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    let whole = Period::default();
    let [all] = profit_and_loss::profit_and_loss(snapshot, whole).await?.try_into().unwrap();
    assert_eq!(all.net.minor(), all.total_revenue.minor() - all.total_expenses.minor());
    let of = |amounts: &[profit_and_loss::AccountAmount]| -> i64 {
        amounts.iter().map(|one| one.amount.minor()).sum()
    };
    assert_eq!(
        (of(&all.revenue), of(&all.expenses)),
        (all.total_revenue.minor(), all.total_expenses.minor())
    );
    let notes = fold::<credit_notes::CreditNotes>(&world.events);
    let standing = notes.values().filter(|(note, _)| note.voided_on.is_none());
    assert_eq!(
        all.billed.credited_net.minor(),
        standing.map(|(note, _)| note.net_minor).sum::<i64>()
    );
    let half = Period { until: Some(world.today() - time::Duration::days(25)), ..whole };
    let once = profit_and_loss::profit_and_loss(snapshot, half).await?;
    assert_eq!(once, profit_and_loss::profit_and_loss(snapshot, half).await?);
    Ok(())
}

async fn exported(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    let (from, until): (Date, Date) = (date!(2020 - 01 - 01), date!(2030 - 01 - 01));
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let filter = accounting::Filter { from, until, statuses: Vec::new() };
        let page = accounting::list(snapshot, &filter, after, 2).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.key());
        all.extend(page);
    }
    let rows = fold::<invoices::Invoices>(&world.events);
    let issued = fold::<tax_snapshot::TaxSnapshot>(&world.events).len();
    let of_other_systems = world
        .events
        .iter()
        .filter(|event| matches!(&event.event, LedgerEvent::Invoice(InvoiceEvent::Imported(_))));
    assert_eq!(all.len(), issued + of_other_systems.count());
    for one in &all {
        let (row, _) = &rows[&one.invoice_id.uuid()];
        assert_eq!((one.balance.minor(), one.status), (row.balance_minor, row.status.0));
        let filter = accounting::Filter { from, until, statuses: vec![one.status] };
        let alike = accounting::list(snapshot, &filter, None, 1_000).await?;
        assert!(alike.contains(one));
    }
    Ok(())
}

async fn ahead(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    let rows = fold::<revenue::Revenue>(&world.events);
    let deferred: i64 = rows.values().map(|(row, _)| row.deferred_minor).sum();
    assert!(deferred > 0);
    let months = revenue::deferred_schedule(snapshot, world.today()).await?;
    assert_eq!(months.iter().map(|month| month.amount.minor()).sum::<i64>(), deferred);
    assert!(months.iter().all(|month| month.left.minor() >= 0));
    assert_eq!(months.last().map(|month| month.left.minor()), Some(0));
    let totals = revenue::totals(snapshot).await?;
    assert_eq!(totals.iter().map(|sum| sum.deferred.minor()).sum::<i64>(), deferred);
    let moved = journal::by_month(snapshot, Period::default()).await?;
    let of = moved.iter().filter(|month| month.account == Account::DeferredRevenue);
    let left: i64 = of.map(|month| month.credit.minor() - month.debit.minor()).sum();
    assert_eq!(left, deferred);
    for row in revenue::list(snapshot, None, 1_000).await? {
        assert!(revenue::of_invoice(snapshot, row.invoice_id).await?.contains(&row));
    }
    Ok(())
}

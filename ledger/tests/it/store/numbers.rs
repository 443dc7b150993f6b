//! Document numbers have no gap.

use ledger::{
    invoice::{Invoice, InvoiceEvent},
    recorded::LedgerEvent,
};
use time::macros::date;

use super::support::{Setup, config, invoice, issue, line, setup};

async fn numbers(setup: &Setup) -> Vec<String> {
    let events = setup.ledger.read(setup.org, 0, 10_000).await.unwrap();
    let issued = events.into_iter().filter_map(|stored| {
        let LedgerEvent::Invoice(InvoiceEvent::Issued(issued)) = stored.event().unwrap() else {
            return None;
        };
        Some(issued.number)
    });
    issued.collect()
}

#[tokio::test]
async fn refusals_dry_runs_and_no_ops_use_no_number() {
    let setup = setup().await;
    let ledger = &setup.ledger;
    let day = date!(2026 - 01 - 31);
    for number in 1..=3_u128 {
        // Refused: there is nothing to issue yet.
        assert!(ledger.execute(&setup.fresh(), invoice(number), issue(day)).await.is_err());
        ledger.execute(&setup.fresh(), invoice(number), line(number)).await.unwrap();
        let dry = ledger.batch(setup.fresh()).then(invoice(number), issue(day)).dry_run(true);
        assert!(dry.run().await.unwrap().dry_run);
        ledger.execute(&setup.fresh(), invoice(number), issue(day)).await.unwrap();
        let again = ledger.execute(&setup.fresh(), invoice(number), issue(day)).await.unwrap();
        assert!(again.events.is_empty());
    }
    assert_eq!(numbers(&setup).await, ["INV-202601-00001", "INV-202601-00002", "INV-202601-00003"]);
}

#[tokio::test]
async fn two_nodes_give_out_one_series() {
    let setup = setup().await;
    let other = ledger::store::Ledger::open(config(&setup.database)).await.unwrap();
    let nodes = [setup.ledger.clone(), other];
    let work = (0..40_u128).map(|number| {
        let ledger = nodes[usize::try_from(number % 2).unwrap()].clone();
        let (first, second) = (setup.fresh(), setup.fresh());
        async move {
            ledger.execute(&first, invoice(number), line(number)).await.unwrap();
            let day = if number % 3 == 0 { date!(2026 - 02 - 01) } else { date!(2026 - 01 - 31) };
            ledger.execute(&second, invoice(number), issue(day)).await.unwrap();
        }
    });
    futures_util::future::join_all(work).await;
    let numbers = numbers(&setup).await;
    for (month, count) in [("202601", 26), ("202602", 14)] {
        let of_month: Vec<_> =
            numbers.iter().filter(|number| number.contains(month)).cloned().collect();
        let expected: Vec<_> =
            (1..=count).map(|number| format!("INV-{month}-{number:05}")).collect();
        assert_eq!(of_month, expected, "in position order, without a gap");
    }
    let (state, _) = setup.ledger.load::<Invoice>(setup.org, invoice(1)).await.unwrap();
    assert!(state.number().is_some());
}

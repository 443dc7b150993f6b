//! What is looked up costs what is found, however long the log, whatever PostgreSQL believes of it.

use ledger::invoice::Invoice;

use super::support::{invoice, line, setup};

#[tokio::test]
async fn streams_and_commands_are_found_along_their_keys_though_the_plans_are_older_than_the_log() {
    let setup = setup().await;
    // Often enough that PostgreSQL keeps the plans it makes for tables with next to nothing.
    for number in 0..40 {
        let keyed = setup.keyed(&format!("early-{number}"), 1);
        setup.ledger.execute(&keyed, invoice(1), line(number)).await.unwrap();
        setup.ledger.load::<Invoice>(setup.org, invoice(2)).await.unwrap();
    }
    for hundred in 1..=10 {
        let lines = (0..100).map(|number| 100 * hundred + number);
        let batch = lines.fold(setup.ledger.batch(setup.fresh()), |batch, number| {
            batch.then(invoice(number), line(number))
        });
        batch.run().await.unwrap();
    }
    for number in [101, 555, 1_099] {
        let (_, version) = setup.ledger.load::<Invoice>(setup.org, invoice(number)).await.unwrap();
        assert_eq!(version, 2, "opened, and a line");
        let keyed = setup.keyed(&format!("late-{number}"), 1);
        setup.ledger.execute(&keyed, invoice(number), line(5_000 + number)).await.unwrap();
    }
    let events = setup.database.entries_read(&["events"]).await;
    let commands = setup.database.entries_read(&["commands"]).await;
    assert!(events < 500, "{events} entries were read for three drafts");
    assert!(commands < 100, "{commands} entries were read for new commands");
}

//! What is looked up costs what is found, however long the log, whatever PostgreSQL believes of it.

use ledger::invoice::Invoice;
use schema::testing::Role;
use tokio_postgres::Client;

use super::support::{invoice, line, setup};

/// Entries read in all indexes of a table by all connections, which it ends.
async fn read_of(owner: &Client, table: &str) -> i64 {
    // What a connection has counted is known once it has ended.
    let end = "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity \
        where datname = current_database() and usename in \
            ('daybook_app', 'daybook_writer', 'daybook_relay')";
    owner.query_one(end, &[]).await.unwrap();
    let read = "select coalesce(sum(idx_tup_read), 0)::bigint from pg_stat_user_indexes \
        where relname = $1";
    owner.query_one(read, &[&table]).await.unwrap().get(0)
}

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
    let owner = setup.database.connect(Role::Owner).await;
    let (events, commands) = (read_of(&owner, "events").await, read_of(&owner, "commands").await);
    assert!(events < 500, "{events} entries were read for three drafts");
    assert!(commands < 100, "{commands} entries were read for new commands");
}

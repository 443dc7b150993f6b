//! Nobody changes the log, and no org sees another's.

use schema::testing::Role;

use super::support::{invoice, line, org, setup};

#[tokio::test]
async fn no_role_may_change_or_remove_an_event() {
    let setup = setup().await;
    setup.ledger.execute(&setup.fresh(), invoice(1), line(1)).await.unwrap();
    let attempts = [
        "update events set payload = 'x'",
        "delete from events",
        "truncate events",
        "truncate events cascade",
    ];
    for role in [Role::Owner, Role::App, Role::Writer, Role::Relay] {
        let client = setup.database.connect(role).await;
        let set = format!("set app.current_org_id = '{}'", setup.org);
        client.batch_execute(&set).await.unwrap();
        for attempt in attempts {
            let refused = client.batch_execute(attempt).await.unwrap_err();
            assert_eq!(refused.code().map(|code| code.code()), Some("42501"), "{role:?} {attempt}");
        }
    }
    assert_eq!(setup.ledger.read(setup.org, 0, 10).await.unwrap().len(), 2);
}

#[tokio::test]
async fn only_the_writer_may_insert_events() {
    let setup = setup().await;
    setup.ledger.execute(&setup.fresh(), invoice(1), line(1)).await.unwrap();
    let copy = "insert into events select * from events";
    for role in [Role::App, Role::Relay] {
        let client = setup.database.connect(role).await;
        let refused = client.batch_execute(copy).await.unwrap_err();
        assert_eq!(refused.code().map(|code| code.code()), Some("42501"), "{role:?}");
    }
    let writer = setup.database.connect(Role::Writer).await;
    let refused = writer.query("select payload from events", &[]).await.unwrap_err();
    assert_eq!(refused.code().map(|code| code.code()), Some("42501"), "the writer cannot read");
}

/// Every table that has an org must force row-level security and say so by name.
#[tokio::test]
async fn every_table_with_an_org_forces_row_level_security() {
    let setup = setup().await;
    let owner = setup.database.connect(Role::Owner).await;
    let rows = owner
        .query(
            "select c.relname, c.relrowsecurity and c.relforcerowsecurity, \
                 exists (select from pg_policies p where p.tablename = c.relname \
                     and p.policyname like '%org_isolation%') \
             from pg_class c join pg_attribute a on a.attrelid = c.oid \
             where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace \
                 and a.attname = 'org_id' and not a.attisdropped",
            &[],
        )
        .await
        .unwrap();
    assert!(rows.len() >= 15, "the catalogue was read");
    for row in rows {
        let (table, forced, named): (String, bool, bool) = (row.get(0), row.get(1), row.get(2));
        assert!(forced && named, "{table} is open: forced {forced}, policy {named}");
    }
}

#[tokio::test]
async fn the_wrong_org_and_no_org_see_nothing() {
    let setup = setup().await;
    let other = org(2);
    setup.ledger.create_org(other, "Birch Dental").await.unwrap();
    setup.ledger.execute(&setup.fresh(), invoice(1), line(1)).await.unwrap();
    let app = setup.database.connect(Role::App).await;
    for setting in [format!("'{other}'"), "''".to_owned(), "default".to_owned()] {
        app.batch_execute(&format!("set app.current_org_id = {setting}")).await.unwrap();
        for table in ["events", "commands", "org_heads", "orgs"] {
            let text = format!("select count(*) from {table} where org_id = $1");
            let row = app.query_one(&text, &[&setup.org.0]).await.unwrap();
            assert_eq!(row.get::<_, i64>(0), 0, "{table} with org {setting}");
        }
    }
    assert!(setup.ledger.read(other, 0, 10).await.unwrap().is_empty());
}

//! An org never sees another org's row, whatever the code forgets.

use schema::testing::Role;

use crate::{live::history, support::setup, world::World};

/// Tables of read models, of both slots.
const TABLES: &str = "select c.relname from pg_class c join pg_attribute a \
    on a.attrelid = c.oid and a.attname = 'as_of_position' and not a.attisdropped \
    where c.relkind = 'r' and c.relname ~ '_[ab]$' order by 1";

#[tokio::test]
async fn every_table_with_an_org_has_forced_row_level_security() {
    let setup = setup().await;
    let open = "select c.relname from pg_class c \
        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public' \
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' \
        where c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity \
        and exists (select from pg_policy p where p.polrelid = c.oid \
        and p.polname = c.relname || '_org_isolation'))";
    let open: Vec<String> =
        setup.owner.query(open, &[]).await.unwrap().iter().map(|row| row.get(0)).collect();
    assert!(open.is_empty(), "without isolation: {open:?}");
    let views = "select count(*) from pg_class where relkind = 'v' \
        and relnamespace = 'public'::regnamespace \
        and not coalesce(reloptions @> array['security_invoker=true'], false)";
    assert_eq!(setup.number(views).await, 0);
}

#[tokio::test]
async fn every_model_has_its_two_tables_and_its_view() {
    let setup = setup().await;
    let rows = setup.owner.query(TABLES, &[]).await.unwrap();
    let tables: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let mut expected: Vec<String> = projections::engine::read_models()
        .iter()
        .flat_map(|model| [format!("{}_a", model.name()), format!("{}_b", model.name())])
        .collect();
    expected.sort();
    assert_eq!(tables, expected);
}

#[tokio::test]
async fn another_org_and_no_org_see_nothing() {
    let setup = setup().await;
    let world = World::after(1, &history(400));
    setup.append(&world).await;
    let engine = setup.engine();
    crate::support::reach(&engine, world.org, world.head()).await;
    let app = setup.database.connect(Role::App).await;
    let other = World::new(2).org;
    for model in projections::engine::read_models() {
        let name = model.name();
        let all = setup.number(&format!("select count(*) from {name}_a")).await;
        assert!(all > 0, "the history says nothing about {name}");
        for relation in [format!("{name}_a"), format!("{name}_b"), name.to_owned()] {
            let count = format!("select count(*) from {relation}");
            let seen: i64 = app.query_one(&count, &[]).await.unwrap().get(0);
            assert_eq!(seen, 0, "{relation} without an org");
            app.batch_execute(&format!("set app.current_org_id = '{other}'")).await.unwrap();
            let seen: i64 = app.query_one(&count, &[]).await.unwrap().get(0);
            assert_eq!(seen, 0, "{relation} as another org");
            let mine = world.org;
            app.batch_execute(&format!("set app.current_org_id = '{mine}'")).await.unwrap();
            let seen: i64 = app.query_one(&count, &[]).await.unwrap().get(0);
            let expected = if relation.ends_with("_b") { 0 } else { all };
            assert_eq!(seen, expected, "{relation} as itself");
            let take = format!("update {name}_a set org_id = '{other}'");
            assert!(app.execute(&take, &[]).await.is_err(), "{relation} gave rows away");
            app.batch_execute("reset app.current_org_id").await.unwrap();
        }
    }
    engine.stop().await;
}

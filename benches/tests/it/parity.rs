//! An existing postgres-es table: the same commands give the same streams there and here, and its
//! import gives the same states.

use std::collections::{BTreeMap, HashMap};

use cqrs_es::{AggregateError, CqrsFramework, persist::PersistedEventStore};
use ledger::{
    Refusal,
    import::{HISTORY, ImportEvent, ImportSource},
    invoice::{Invoice, InvoiceCommand, PaymentMethod, PaymentState, RecordPayment},
    proof::LogCheck,
    recorded::LedgerEvent,
    store::{
        ExecuteError,
        postgres_es::{ImportFailure, Mapping, Source, SourceTable, Survey, bring_in, survey},
    },
    values::OrgId,
};
use postgres_es::PostgresEventRepository;
use schema::testing::Role;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use time::{
    OffsetDateTime,
    format_description::well_known::Rfc3339,
    macros::{date, datetime},
};
use tokio_postgres::Client;
use uuid::Uuid;

use crate::support::{Setup, invoice, issue, line, org, setup, usd};

type Framework = CqrsFramework<Invoice, PersistedEventStore<PostgresEventRepository, Invoice>>;

/// The table of events that postgres-es's documentation gives (`db/init.sql`).
const TABLE: &str = "create schema old; create table old.events (
    aggregate_type text                         not null,
    aggregate_id   text                         not null,
    sequence       bigint check (sequence >= 0) not null,
    event_type     text                         not null,
    event_version  text                         not null,
    payload        json                         not null,
    metadata       json                         not null,
    primary key (aggregate_type, aggregate_id, sequence)
)";

fn pay(number: u128, minor: i64) -> InvoiceCommand {
    InvoiceCommand::RecordPayment(RecordPayment {
        amount: usd(minor),
        method: PaymentMethod::Check,
        payment_id: Uuid::from_u128(900 + number),
        reason_code: None,
        received_on: date!(2026 - 01 - 20),
        reference: None,
        state: PaymentState::Succeeded,
    })
}

/// Three invoices and what happens to them, refusals and repetitions included.
fn script() -> Vec<(u128, InvoiceCommand)> {
    let on = date!(2026 - 01 - 15);
    vec![
        (3, line(31)),
        (1, line(11)),
        (3, pay(3, 100)),
        (1, line(12)),
        (1, line(12)),
        (3, issue(on)),
        (2, line(21)),
        (1, issue(on)),
        (3, pay(3, 150)),
        (2, issue(on)),
        (1, pay(1, 900)),
        (3, line(32)),
    ]
}

/// In postgres-es nobody hands out numbers but the caller.
fn numbered(command: InvoiceCommand, next: &mut i64) -> InvoiceCommand {
    match command {
        InvoiceCommand::Issue(mut issue) => {
            issue.number = Some(*next);
            *next += 1;
            InvoiceCommand::Issue(issue)
        }
        other => other,
    }
}

fn instant(step: usize) -> OffsetDateTime {
    datetime!(2026-01-15 08:00 UTC) + time::Duration::minutes(step.try_into().unwrap())
}

/// Runs the script through postgres-es. Answers what each command was refused with.
async fn through_postgres_es(setup: &Setup, owner: &Client) -> Vec<Option<&'static str>> {
    owner.batch_execute(TABLE).await.unwrap();
    let config = setup.database.config(Role::Owner);
    let tokio_postgres::config::Host::Unix(folder) = &config.get_hosts()[0] else {
        panic!("the throwaway cluster listens on a socket")
    };
    let options = PgConnectOptions::new_without_pgpass()
        .socket(folder)
        .port(config.get_ports()[0])
        .username(config.get_user().unwrap())
        .password(std::str::from_utf8(config.get_password().unwrap_or_default()).unwrap())
        .database(config.get_dbname().unwrap());
    let pool = PgPoolOptions::new().max_connections(2).connect_with(options).await.unwrap();
    let repository =
        PostgresEventRepository::new(pool.clone()).with_tables("old.events", "old.snapshots");
    let store = PersistedEventStore::new_event_store(repository);
    let framework: Framework = CqrsFramework::new(store, vec![], ());
    let (mut refused, mut next) = (Vec::new(), 1);
    for (step, (number, command)) in script().into_iter().enumerate() {
        let time = instant(step).format(&Rfc3339).unwrap();
        let metadata = HashMap::from([("time".to_owned(), time)]);
        let command = numbered(command, &mut next);
        let id = invoice(number).to_string();
        let result = framework.execute_with_metadata(&id, command, metadata).await;
        refused.push(match result {
            Ok(()) => None,
            Err(AggregateError::UserError(refusal)) => Some(refusal.code()),
            Err(error) => panic!("{error:?}"),
        });
    }
    pool.close().await;
    refused
}

/// The same through our own executor.
async fn through_the_executor(setup: &Setup) -> Vec<Option<&'static str>> {
    let mut refused = Vec::new();
    for (number, command) in script() {
        let result = setup.ledger.execute(&setup.fresh(), invoice(number), command).await;
        refused.push(match result {
            Ok(_) => None,
            Err(ExecuteError::Refused(refusal)) => Some(refusal.code()),
            Err(error) => panic!("{error:?}"),
        });
    }
    refused
}

type Streams = BTreeMap<(String, i64), (String, String, serde_json::Value)>;

async fn theirs(owner: &Client) -> Streams {
    let sql = "select aggregate_id, sequence, event_type, event_version, payload from old.events";
    let rows = owner.query(sql, &[]).await.unwrap();
    let read = |row: &tokio_postgres::Row| {
        let payload: serde_json::Value = row.get(4);
        ((row.get(0), row.get(1)), (row.get(2), row.get(3), payload["data"].clone()))
    };
    rows.iter().map(read).collect()
}

async fn ours(setup: &Setup, org: OrgId) -> Streams {
    let events = setup.ledger.read(org, 0, 1_000).await.unwrap();
    let invoices = events.into_iter().filter(|event| event.aggregate_type == "invoice");
    invoices
        .map(|event| {
            let payload = serde_json::from_slice(&event.payload).unwrap();
            let version = event.event_version.to_string();
            ((event.aggregate_id.to_string(), event.sequence), (event.event_type, version, payload))
        })
        .collect()
}

async fn source(setup: &Setup) -> Source {
    let table: SourceTable = "old.events".parse().unwrap();
    Source::open(&setup.database.config(Role::Owner), &table, "time").await.unwrap()
}

async fn surveyed(setup: &Setup, org: OrgId) -> (Source, Survey) {
    let mut source = source(setup).await;
    let survey = survey(&mut source, org, &Mapping::default(), &mut |_| {}).await.unwrap();
    (source, survey)
}

async fn import(setup: &Setup, org: OrgId) -> Result<Survey, ImportFailure> {
    let (mut source, survey) = surveyed(setup, org).await;
    let mapping = Mapping::default();
    bring_in(&setup.ledger, org, &mut source, &mapping, &survey, &mut |_| {}).await?;
    Ok(survey)
}

#[tokio::test]
async fn the_same_commands_give_the_same_streams_and_the_import_the_same_states() {
    let setup = setup().await;
    let owner = setup.database.connect(Role::Owner).await;
    let refused = through_postgres_es(&setup, &owner).await;
    assert_eq!(through_the_executor(&setup).await, refused);
    assert_eq!(refused.iter().flatten().count(), 2, "{refused:?}");
    let streams = theirs(&owner).await;
    assert_eq!(ours(&setup, setup.org).await, streams);

    let new = org(2);
    setup.ledger.create_org(new, "Moved").await.unwrap();
    let survey = import(&setup, new).await.unwrap();
    assert_eq!(ours(&setup, new).await, streams);
    for number in 1..=3 {
        let id = invoice(number);
        let (here, version) = setup.ledger.load::<Invoice>(new, id).await.unwrap();
        let (there, same) = setup.ledger.load::<Invoice>(setup.org, id).await.unwrap();
        assert_eq!((here, version), (there, same));
    }
    let log = setup.ledger.read(new, 0, 1_000).await.unwrap();
    let mut check = LogCheck::new(new);
    log.iter().for_each(|event| check.follow(event).unwrap());
    let LedgerEvent::Import(ImportEvent::Begun(begun)) = log[0].event().unwrap() else {
        panic!("{:?}", log[0].event_type)
    };
    let rows = i64::try_from(streams.len()).unwrap();
    assert_eq!((begun.digest, begun.rows), (survey.digest, rows));
    assert_eq!(begun.source, ImportSource::PostgresEs);
    let LedgerEvent::Import(ImportEvent::Finished(finished)) = log.last().unwrap().event().unwrap()
    else {
        panic!("{:?}", log.last())
    };
    assert_eq!((finished.events, finished.streams), (rows, 3));
    let history = &log[1..log.len() - 1];
    assert!(history.iter().all(|event| event.actor == HISTORY));
    let times: Vec<_> = history.iter().map(|event| event.occurred_at).collect();
    assert!(times.is_sorted() && times[0] == instant(0), "{times:?}");
    // Numbers go on where the old log ended.
    let context = setup.fresh_in(new);
    setup.ledger.execute(&context, invoice(9), line(91)).await.unwrap();
    let context = setup.fresh_in(new);
    let issue = issue(date!(2026 - 01 - 30));
    setup.ledger.execute(&context, invoice(9), issue).await.unwrap();
    let (next, _) = setup.ledger.load::<Invoice>(new, invoice(9)).await.unwrap();
    assert_eq!(next.number(), Some("INV-202601-00004"));
}

#[tokio::test]
async fn an_import_is_done_once_and_only_into_an_empty_log() {
    let setup = setup().await;
    let owner = setup.database.connect(Role::Owner).await;
    through_postgres_es(&setup, &owner).await;
    let new = org(2);
    assert!(matches!(import(&setup, new).await, Err(ImportFailure::UnknownOrg(_))));
    setup.ledger.create_org(new, "Moved").await.unwrap();
    import(&setup, new).await.unwrap();
    let head = setup.ledger.head(new).await.unwrap();
    import(&setup, new).await.unwrap();
    assert_eq!(setup.ledger.head(new).await.unwrap(), head);

    setup.ledger.execute(&setup.fresh(), invoice(1), line(1)).await.unwrap();
    let used = import(&setup, setup.org).await;
    assert!(matches!(used, Err(ImportFailure::OrgHasEvents { events: 2, .. })), "{used:?}");
    owner.execute("update old.events set metadata = '{}' where sequence = 1", &[]).await.unwrap();
    let changed = import(&setup, new).await;
    assert!(matches!(changed, Err(ImportFailure::OrgHasEvents { .. })), "{changed:?}");
}

#[tokio::test]
async fn an_interrupted_import_goes_on_where_it_was() {
    let setup = setup().await;
    let owner = setup.database.connect(Role::Owner).await;
    through_postgres_es(&setup, &owner).await;
    // One long stream, so that there are several steps.
    let many = "insert into old.events
        select 'invoice', $1, n, event_type, event_version,
            replace(payload::text, '00000000-0000-0000-0000-00000000000b', lpad(to_hex(n), 32, '0')
                )::json, metadata
        from old.events, generate_series(3, 900) n
        where aggregate_id = $2 and sequence = 2";
    let begin = "insert into old.events select 'invoice', $1, sequence, event_type, event_version,
        payload, metadata from old.events where aggregate_id = $2 and sequence <= 2";
    let (long, first) = (invoice(77).to_string(), invoice(1).to_string());
    owner.execute(begin, &[&long, &first]).await.unwrap();
    owner.execute(many, &[&long, &first]).await.unwrap();

    let new = org(2);
    setup.ledger.create_org(new, "Moved").await.unwrap();
    let (mut source, survey) = surveyed(&setup, new).await;
    assert_eq!(survey.unreadable_rows, 0, "{:?}", survey.unreadable);
    let mapping = Mapping::default();
    let ledger = setup.ledger.clone();
    let stopped = tokio::spawn(async move {
        let mut stop = |done| assert!(done < 500, "interrupted on purpose");
        bring_in(&ledger, new, &mut source, &mapping, &survey, &mut stop).await
    });
    assert!(stopped.await.is_err());
    let half = setup.ledger.head(new).await.unwrap().unwrap();
    assert!((500..=600).contains(&half), "{half}");
    let survey = import(&setup, new).await.unwrap();
    let head = setup.ledger.head(new).await.unwrap().unwrap();
    assert_eq!(head, survey.rows + 2);
    let log = setup.ledger.read(new, 0, head).await.unwrap();
    let mut check = LogCheck::new(new);
    log.iter().for_each(|event| check.follow(event).unwrap());
}

#[tokio::test]
async fn a_row_that_is_nothing_here_is_named_and_nothing_is_brought_in() {
    let setup = setup().await;
    let owner = setup.database.connect(Role::Owner).await;
    through_postgres_es(&setup, &owner).await;
    let new = org(2);
    setup.ledger.create_org(new, "Moved").await.unwrap();
    let change = async |set: &str, id: u128| {
        let sql = format!("update old.events set {set} where aggregate_id = $1 and sequence = 2");
        owner.execute(&sql, &[&invoice(id).to_string()]).await.unwrap();
    };
    change("event_type = 'billing.invoice.invented'", 1).await;
    change("event_version = '99'", 2).await;
    owner
        .execute("update old.events set sequence = 9 where event_type like '%issued'", &[])
        .await
        .unwrap();
    let (mut source, survey) = surveyed(&setup, new).await;
    let said: Vec<String> = survey.unreadable.iter().map(ToString::to_string).collect();
    let all = said.join("\n");
    assert_eq!(survey.unreadable_rows, i64::try_from(said.len()).unwrap());
    let id = invoice(1);
    assert!(
        all.contains(&format!("(invoice/{id}, sequence 2, billing.invoice.invented)")),
        "{all}"
    );
    assert!(all.contains("v99") && all.contains("had to follow"), "{all}");
    let refused =
        bring_in(&setup.ledger, new, &mut source, &Mapping::default(), &survey, &mut |_| {}).await;
    assert!(matches!(refused, Err(ImportFailure::Unreadable(_))), "{refused:?}");
    assert_eq!(setup.ledger.head(new).await.unwrap(), Some(0));
}

#[tokio::test]
async fn kinds_of_streams_may_have_been_called_otherwise() {
    let setup = setup().await;
    let owner = setup.database.connect(Role::Owner).await;
    through_postgres_es(&setup, &owner).await;
    owner.execute("update old.events set aggregate_type = 'bill'", &[]).await.unwrap();
    let mut source = source(&setup).await;
    let strange = survey(&mut source, org(2), &Mapping::default(), &mut |_| {}).await.unwrap();
    assert_eq!(strange.unreadable_rows, strange.rows);
    let mapping = Mapping(HashMap::from([("bill".to_owned(), "invoice".to_owned())]));
    let known = survey(&mut source, org(2), &mapping, &mut |_| {}).await.unwrap();
    assert_eq!((known.unreadable_rows, known.digest), (0, strange.digest));
}

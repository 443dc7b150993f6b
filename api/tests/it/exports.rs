//! Files for bookkeepers.

use ledger::store::tenants::Role;
use projections::exports::{ExportMode, ExportStatus, NewExport, keep};
use serde_json::json;
use time::macros::{date, datetime};
use uuid::Uuid;

use crate::support::{Tenant, World, unknown};

const CSV: &str = "/v1/admin/exports/accounting.csv";

async fn csv(world: &World, tenant: &Tenant, query: &str) -> Vec<Vec<String>> {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap();
    let ask = world.get(tenant, &format!("{CSV}{query}"));
    let answer = ask.header("daybook-min-position", head.to_string()).send().await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert!(answer.position() >= head);
    let lines = answer.text.split_terminator("\r\n");
    lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[actix_web::test]
async fn issued_invoices_are_listed_with_their_payments_and_balances() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let tax = json!({"jurisdiction": "CA-ON", "rate": "0.13", "valid_from": "2025-01-01"});
    world.post(&tenant, "/v1/billing/account/tax-rates", tax).send().await;
    let paid = world.issued(&tenant, "10.00").await;
    world.paid(&tenant, &paid, "4.00").await;
    let open = world.issued(&tenant, "20.00").await;
    world.draft(&tenant, "30.00").await;
    let rows = csv(&world, &tenant, "").await;
    assert_eq!(rows[0][0], "invoice_number");
    assert_eq!(rows.len(), 3, "a draft is no document: {rows:?}");
    let place = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
    let row = |id: &str| rows.iter().find(|row| row[1] == id).unwrap();
    for (id, received) in [(&paid, 400), (&open, 0)] {
        let shown = world.invoice(&tenant, id).await;
        let row = row(id);
        let cents = |name: &str| row[place(name)].parse::<i64>().unwrap();
        assert_eq!(row[place("invoice_number")], shown["number"]);
        assert_eq!(row[place("currency")], "USD");
        assert_eq!(cents("succeeded_payment_cents"), received);
        assert_eq!(cents("paid_cents"), received);
        assert_eq!(cents("total_cents"), cents("subtotal_cents") + cents("tax_cents"));
        assert_eq!(cents("balance_due_cents"), cents("total_cents") - received);
    }
    assert_eq!(row(&paid)[place("status")], "partial");
}

#[actix_web::test]
async fn days_and_states_choose_and_what_is_unknown_is_refused() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let invoice = world.issued(&tenant, "10.00").await;
    world.paid(&tenant, &invoice, "10.00").await;
    world.issued(&tenant, "20.00").await;
    assert_eq!(csv(&world, &tenant, "?status=paid").await.len(), 2);
    assert_eq!(csv(&world, &tenant, "?status=paid&status=SENT").await.len(), 3);
    assert_eq!(csv(&world, &tenant, "?status=overdue").await.len(), 1);
    assert_eq!(csv(&world, &tenant, "?to=2020-01-01").await.len(), 1);
    assert_eq!(csv(&world, &tenant, "?from=2020-01-01").await.len(), 3);
    for query in ["?status=settled", "?from=yesterday", "?day=2026-01-01"] {
        let ask = world.get(&tenant, &format!("{CSV}{query}"));
        ask.send().await.problem(400, "invalid_query");
    }
    let ask = world.get(&tenant, &format!("{CSV}?from=2026-01-01&to=2026-01-31"));
    let named = ask.send().await;
    let name = "attachment; filename=\"accounting-from-2026-01-01-to-2026-01-31.csv\"";
    assert_eq!(named.header("content-disposition"), name);
}

#[actix_web::test]
async fn exports_are_for_finance_alone_and_for_their_own_org() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    world.issued(&theirs, "10.00").await;
    assert_eq!(csv(&world, &mine, "").await.len(), 1);
    let kept = kept(&world, &theirs).await;
    let download = format!("/v1/admin/exports/{kept}");
    for role in [Role::Dispatcher, Role::Viewer, Role::Auditor, Role::Integration] {
        for path in [CSV, "/v1/admin/exports", download.as_str()] {
            world.as_role(&theirs, role, "GET", path).send().await.problem(403, "forbidden");
        }
    }
    world.get(&mine, &download).send().await.problem(404, "not_found");
    let none = world.get(&mine, "/v1/admin/exports").send().await.ok(200);
    assert_eq!(none["exports"], json!([]));
}

async fn kept(world: &World, tenant: &Tenant) -> Uuid {
    let export_id: Uuid = unknown().parse().unwrap();
    let export = NewExport {
        export_id,
        mode: ExportMode::AccountingCsv,
        status: ExportStatus::Stored,
        starts_on: date!(2026 - 01 - 01),
        ends_on: date!(2026 - 02 - 01),
        position: 7,
        rows: 2,
        sha256: [0xab; 32],
        file_name: "accounting-2026-01.csv".to_owned(),
        artifact: "header\r\none\r\ntwo\r\n".repeat(100_000).into_bytes(),
        created_at: datetime!(2026-02-01 05:00 UTC),
    };
    assert!(keep(&world.ledger, tenant.org, &export).await.unwrap());
    let again = NewExport { export_id: unknown().parse().unwrap(), ..export };
    assert!(!keep(&world.ledger, tenant.org, &again).await.unwrap(), "a month is kept once");
    export_id
}

#[actix_web::test]
async fn a_kept_file_is_listed_and_downloaded_byte_for_byte() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = kept(&world, &tenant).await;
    let list = world.get(&tenant, "/v1/admin/exports").send().await.ok(200);
    let export = &list["exports"][0];
    assert_eq!(export["export_id"], json!(id));
    assert_eq!((&export["from"], &export["to"]), (&json!("2026-01-01"), &json!("2026-01-31")));
    assert_eq!(export["sha256"], "ab".repeat(32));
    assert_eq!(export["bytes"], 1_800_000);
    let file = world.get(&tenant, export["href"].as_str().unwrap()).send().await;
    assert_eq!(file.text, "header\r\none\r\ntwo\r\n".repeat(100_000));
    let name = "attachment; filename=\"accounting-2026-01.csv\"";
    assert_eq!(file.header("content-disposition"), name);
    assert!(file.header("repr-digest").starts_with("sha-256=:q6ur"));
    let unknown = format!("/v1/admin/exports/{}", unknown());
    world.get(&tenant, &unknown).send().await.problem(404, "not_found");
}

//! Which questions about the past are answered, and what they mean.

use std::time::Duration;

use api::{
    has_past, is_bitemporal,
    roles::{Access, RULES, Rule},
};
use ledger::store::tenants::Role;

use crate::{
    access_cases::path as path_of,
    past::{ask, head, with},
    support::{METRICS, OPERATOR, World, unknown},
};

#[actix_web::test]
async fn every_route_that_reads_tells_of_the_past_or_says_that_it_cannot() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    world.issued(&tenant, "5.00").await;
    let position = head(&world, &tenant).await - 1;
    // What explains an answer asks for it as of the same, and for a figure besides.
    let explains = |rule: &&Rule| rule.pattern.ends_with("/explain");
    for rule in RULES.iter().filter(|rule| rule.method == "GET" && !explains(rule)) {
        let key = match rule.access {
            Access::Operator => OPERATOR,
            Access::Public => METRICS,
            Access::Roles(_) => tenant.key(Role::Owner),
        };
        let key = format!("Bearer {key}");
        let mut path = path_of(rule, &tenant.org.to_string(), &unknown());
        if rule.pattern.ends_with("/journal/ledger") {
            path = with(&path, "account=1100");
        }
        for parameter in [format!("as_of_position={position}"), "as_of=2026-01-01T00:00:00Z".into()]
        {
            let asked = with(&path, &parameter);
            let answer = world.ask("GET", &asked).header("authorization", &key).send().await;
            match (has_past(rule), answer.status.as_u16()) {
                (false, _) => drop(answer.problem(422, "not_as_of")),
                (true, 200) => {
                    assert_ne!(answer.header("daybook-as-of"), "", "{asked}");
                    if parameter.contains("position") {
                        assert_eq!(answer.position(), position, "{asked}");
                    }
                }
                // Nothing of this id, or no account yet at that instant.
                (true, status) => assert_eq!(status, 404, "{asked}: {}", answer.text),
            }
        }
        let asked = with(&path, "effective_on=2026-01-31");
        let answer = world.ask("GET", &asked).header("authorization", &key).send().await;
        match is_bitemporal(rule) {
            true => assert_eq!(answer.status.as_u16(), 200, "{asked}: {}", answer.text),
            false => drop(answer.problem(422, "not_bitemporal")),
        }
    }
}

#[actix_web::test]
async fn an_instant_means_the_last_position_that_was_recorded_by_then() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let invoice = world.issued(&tenant, "10.00").await;
    let position = head(&world, &tenant).await;
    let at = world.ledger.recorded_at(tenant.org, position).await.unwrap().unwrap();
    world.paid(&tenant, &invoice, "10.00").await;
    let format = &time::format_description::well_known::Rfc3339;
    let path = format!("/v1/billing/invoices/{invoice}");
    let instant = |at: time::OffsetDateTime| format!("as_of={}", at.format(format).unwrap());
    let then = ask(&world, &tenant, &with(&path, &instant(at))).await;
    assert_eq!(then.header("daybook-as-of"), at.format(format).unwrap());
    assert_eq!(then.position(), position);
    assert_eq!(then.ok(200)["status"], "sent");
    let earlier = at - Duration::from_micros(1);
    let earlier = ask(&world, &tenant, &with("/v1/events", &instant(earlier))).await;
    assert!(earlier.position() < position);
    for at in 0..=head(&world, &tenant).await {
        let Some(recorded) = world.ledger.recorded_at(tenant.org, at).await.unwrap() else {
            continue;
        };
        // Several events of one append have one instant: it means the last of them.
        let found = world.ledger.recorded_by(tenant.org, recorded).await.unwrap();
        assert!(found >= at);
        let next = world.ledger.recorded_at(tenant.org, found + 1).await.unwrap();
        assert!(next.is_none_or(|next| next > recorded));
    }
    let before = time::macros::datetime!(2000-01-01 00:00 UTC);
    assert_eq!(world.ledger.recorded_by(tenant.org, before).await.unwrap(), 0);
    let nothing = ask(&world, &tenant, &with(&path, &instant(before))).await;
    nothing.problem(404, "invoice.unknown");
}

#[actix_web::test]
async fn a_question_that_cannot_be_answered_is_refused() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let head = head(&world, &tenant).await;
    let ask = async |parameter: &str| {
        ask(&world, &tenant, &format!("/v1/billing/patients?{parameter}")).await
    };
    ask(&format!("as_of_position={}", head + 1)).await.problem(400, "position_beyond_log");
    for wrong in ["as_of_position=-1", "as_of_position=soon", "as_of=2026-01-01", "as_of=now"] {
        ask(wrong).await.problem(400, "invalid_query");
    }
    ask("as_of_position=1&as_of=2026-01-01T00:00:00Z").await.problem(400, "invalid_query");
    ask("as_of=2999-01-01T00:00:00Z").await.problem(422, "as_of_in_future");
    let demanding = world.get(&tenant, "/v1/billing/patients?as_of_position=1");
    let demanding = demanding.header("daybook-min-position", "2").send().await;
    demanding.problem(400, "after_as_of");
    let both = "/v1/admin/journal/trial-balance?as_of_position=1&at_position=1";
    world.get(&tenant, both).send().await.problem(400, "invalid_query");
    let live = world.get(&tenant, "/v1/events?as_of_position=1");
    live.header("accept", "text/event-stream").send().await.problem(422, "not_as_of");
    // Another org's positions are its own.
    let other = world.tenant().await;
    world.get(&other, "/v1/billing/patients?as_of_position=1").send().await.ok(200);
}

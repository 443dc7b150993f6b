//! Jobs that somebody asks for, and how they stand.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use api::jobs::{Answering, JobFailed, JobStanding, Jobs, OrgJob};
use ledger::{store::tenants::Role, values::OrgId};
use serde_json::{Value, json};
use time::macros::datetime;

use crate::support::{METRICS, World};

/// Runs nothing, and notes what was asked of it. An org in `broken` cannot be worked on.
#[derive(Default)]
pub(crate) struct NotedJobs {
    asked: Mutex<Vec<(OrgJob, OrgId)>>,
    broken: Mutex<Vec<OrgId>>,
}

impl NotedJobs {
    fn asked(&self) -> Vec<(OrgJob, OrgId)> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Jobs for NotedJobs {
    fn heartbeat(&self) -> Option<Duration> {
        Some(Duration::from_secs(900))
    }

    fn standing(&self) -> Answering<'_, Vec<JobStanding>> {
        let began = datetime!(2026-03-01 00:00 UTC);
        let job = |job, started_at| JobStanding {
            job,
            every: Duration::from_secs(300),
            running: false,
            heartbeat_at: started_at,
            started_at,
            last_success_at: started_at,
            consecutive_failures: 2,
            errors: 7,
            due_at: started_at.map(|at| at + Duration::from_secs(300)),
        };
        let jobs = vec![job("monthly-invoices", Some(began)), job("cleanup", None)];
        Box::pin(async { Ok(jobs) })
    }

    fn run(&self, job: OrgJob, org: OrgId) -> Answering<'_, usize> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push((job, org));
        let broken = self.broken.lock().unwrap_or_else(PoisonError::into_inner).contains(&org);
        Box::pin(async move {
            if broken { Err(JobFailed("the ceiling fell on it".to_owned())) } else { Ok(3) }
        })
    }
}

const ROUTES: [(&str, &str, OrgJob); 3] = [
    ("/v1/admin/cleanup", "cleanup", OrgJob::Cleanup),
    ("/v1/admin/email-scan", "email-scan", OrgJob::EmailScan),
    ("/v1/admin/retention/cleanup", "retention-cleanup", OrgJob::RetentionCleanup),
];

#[actix_web::test]
async fn a_job_is_run_for_the_callers_org_and_for_no_other() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    for (path, name, job) in ROUTES {
        // Nobody can name another org: there is no place for one.
        let path_of_theirs = format!("{path}?org_id={}", theirs.org);
        for role in [Role::Owner, Role::Admin] {
            let done = world.as_role(&mine, role, "POST", path).send().await.ok(200);
            let org = mine.org.to_string();
            assert_eq!(done, json!({"job": name, "org_id": org, "changed": 3}));
        }
        world.as_role(&mine, Role::Owner, "POST", &path_of_theirs).send().await;
        assert!(world.jobs.asked().contains(&(job, mine.org)));
        world.as_role(&mine, Role::Finance, "POST", path).send().await.problem(403, "forbidden");
        world.ask("POST", path).send().await.problem(401, "unauthorized");
    }
    assert!(world.jobs.asked().iter().all(|(_, org)| *org == mine.org));
}

#[actix_web::test]
async fn a_job_that_failed_is_a_problem_that_tells_nothing_of_the_inside() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    world.jobs.broken.lock().unwrap().push(tenant.org);
    for (path, _, _) in ROUTES {
        let answer = world.as_role(&tenant, Role::Owner, "POST", path).send().await;
        assert_eq!(answer.status.as_u16(), 500);
        assert!(!answer.text.contains("ceiling"), "{}", answer.text);
    }
}

#[actix_web::test]
async fn the_status_tells_signs_of_life_successes_failures_and_when_a_job_is_due() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let path = "/v1/admin/jobs/status";
    let status = world.as_role(&tenant, Role::Admin, "GET", path).send().await.ok(200);
    assert_eq!(status["heartbeat_required"], true);
    assert_eq!(status["heartbeat_ttl_seconds"], 900);
    let job = &status["jobs"][0];
    assert_eq!(job["job"], "monthly-invoices");
    assert_eq!(job["heartbeat_at"], "2026-03-01T00:00:00Z");
    assert_eq!(job["alive"], false, "that was long ago");
    assert_eq!(job["next_due_at"], "2026-03-01T00:05:00Z");
    assert_eq!((&job["consecutive_failures"], &job["errors_total"]), (&json!(2), &json!(7)));
    assert_eq!(status["jobs"][1]["next_due_at"], Value::Null);
    world.as_role(&tenant, Role::Finance, "GET", path).send().await.problem(403, "forbidden");
}

#[actix_web::test]
async fn metrics_tell_of_every_job_and_of_dead_letters_before_there_are_any() {
    let world = World::new().await;
    let ask = world.ask("GET", "/v1/metrics").header("authorization", format!("Bearer {METRICS}"));
    let text = ask.send().await.text;
    for line in [
        "# TYPE job_errors_total counter",
        "job_errors_total{job=\"monthly-invoices\"} 7",
        "job_last_heartbeat_timestamp{job=\"cleanup\"} 0",
        "job_last_success_timestamp{job=\"monthly-invoices\"} 1772323200",
        "daybook_dead_letters{kind=\"email\"} 0",
        "daybook_dead_letters{kind=\"webhook\"} 0",
        "daybook_outbox_waiting 0",
        "daybook_statements_sent_last_week 0",
        "daybook_escalations_level_3_open 0",
        "daybook_mail_cost_last_day{currency=\"USD\"} 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in {text}");
    }
}

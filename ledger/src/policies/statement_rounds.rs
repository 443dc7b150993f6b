//! What the rounds over statements ask of one of them: letters whose time has come, levels of the
//! schedule, instalments, and what waited for the account. Pure; the jobs carry it out.

use time::{Date, OffsetDateTime};

use crate::{
    delegation::Terms,
    statement::{
        Authority, Dispatch, Escalate, History, Hold, HoldReason, MissInstalments, Pick, Purpose,
        Release, Statement, StatementCommand, plan_id,
    },
    subscription::{Entitlement, Subscription},
    values::StatementId,
};

/// Letters in place of e-mails and text messages that failed, by the delivery they replace (contract S4.5).
pub fn failovers(
    statement: &Statement,
    now: OffsetDateTime,
    today: Date,
) -> Vec<(u16, StatementCommand)> {
    let letter = |delivery: u16| {
        let command = Dispatch {
            by: Authority::agent(),
            history: History::default(),
            level: None,
            pick: Pick::Best,
            purpose: Purpose::Failover,
            replaces: Some(delivery),
            sent_at: now,
            sent_on: today,
        };
        (delivery, StatementCommand::Send(Box::new(command)))
    };
    statement.failovers_due(now).into_iter().map(letter).collect()
}

/// The level of the schedule that is reached, once each (contract S4.5).
pub fn escalations(
    id: StatementId,
    statement: &Statement,
    terms: &Terms,
    today: Date,
) -> Option<(u8, StatementCommand)> {
    if !terms.enabled || !terms.auto_escalate_overdue {
        return None;
    }
    let level = statement.level_due(&terms.escalation_schedule_days, today)?;
    let (by, plan_id) = (Authority::agent(), plan_id(id, level));
    let command = Escalate { by, escalated_on: today, level, plan_id };
    Some((level, StatementCommand::Escalate(command)))
}

/// What waited for the account alone goes on, once that is in order.
pub fn resumption(
    statement: &Statement,
    account: &Subscription,
    today: Date,
) -> Option<StatementCommand> {
    let waits = statement.held() == Some(HoldReason::NotEntitled);
    let goes_on = waits && account.is_entitled_to(Entitlement::AutonomousBilling);
    let release = Release { by: Authority::agent(), released_on: today };
    goes_on.then_some(StatementCommand::Release(release))
}

/// What is given instead of an order that was refused: what the account stands in the way of
/// waits for it, with the reason.
pub fn instead(refusal_code: &str, today: Date) -> Option<StatementCommand> {
    let reason = HoldReason::NotEntitled;
    let hold = Hold { by: Authority::agent(), held_on: today, reason };
    (refusal_code == "statement.not_entitled").then_some(StatementCommand::Hold(hold))
}

/// Instalments whose day has passed: a fact, whatever is delegated.
pub fn missed_instalments(statement: &Statement, today: Date) -> Option<StatementCommand> {
    let (_, plan) = statement.open_plan()?;
    plan.has_overdue(today).then_some(StatementCommand::MissInstalments(MissInstalments { today }))
}

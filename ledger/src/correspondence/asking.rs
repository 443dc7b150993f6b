//! Whether a message may leave now: the contact rules are asked before it is written.

use time::OffsetDateTime;

use super::Message;
use crate::{
    contact::{CallHistory, Contact, ContactRules, Verdict, Way, zones_of},
    statement::{Channel, Contacts, Statement},
    store::{ExecuteError, Ledger, account_id},
    subscription::Subscription,
    values::{OrgId, StatementId, TimeZone},
};

/// Asks the contact rules about a message to a patient; other messages go to whoever runs a
/// practice, and a letter comes when it comes.
///
/// A patient is where their postal address says, and where none says it, where the practice is.
///
/// # Errors
///
/// [`ExecuteError`]: the store's failure.
pub async fn may_leave(
    ledger: &Ledger,
    rules: ContactRules,
    org: OrgId,
    message: &Message,
    at: OffsetDateTime,
) -> Result<Verdict, ExecuteError> {
    let Message::Statement { channel, statement_id, .. } = message else {
        return Ok(Verdict::Now);
    };
    let way = match channel {
        Channel::Email => Way::Email,
        Channel::Sms => Way::Sms,
        Channel::PhysicalMail | Channel::PatientPortal => return Ok(Verdict::Now),
    };
    let (statement, _) = ledger.load::<Statement>(org, StatementId::new(*statement_id)).await?;
    // What is not known, or no longer wanted, is found out when it is written.
    let Some(contacts) = statement.contacts().filter(|known| known.reach(*channel)) else {
        return Ok(Verdict::Now);
    };
    let zones = zones(ledger, org, contacts).await?;
    let history = CallHistory::default();
    Ok(rules.ask(&Contact { at, history, today: at.date(), way, zones: &zones }))
}

async fn zones(
    ledger: &Ledger,
    org: OrgId,
    contacts: &Contacts,
) -> Result<Vec<TimeZone>, ExecuteError> {
    let address = match &contacts.physical_address {
        Some(address) => ledger.keyring().open(org, address).await?,
        None => None,
    };
    let there = address.as_deref().map(zones_of).unwrap_or_default();
    if !there.is_empty() {
        return Ok(there);
    }
    let (account, _) = ledger.load::<Subscription>(org, account_id(org)).await?;
    Ok(account.cycle_rule().map(|rule| rule.time_zone.clone()).into_iter().collect())
}

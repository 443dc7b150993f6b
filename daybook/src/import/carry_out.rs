//! The opening entry and the invoices, given as commands.

use std::collections::BTreeMap;

use anyhow::Context as _;
use ledger::books::{BooksCommand, EntryKind, EntryLine, PostEntry, Side, books_id};
use ledger::import::{Begun, Digest, Finished, Import, ImportCommand, ImportSource, import_id};
use ledger::invoice::{self, InvoiceCommand, imported_invoice_id};
use ledger::journal::Account;
use ledger::recorded::Actor;
use ledger::store::{Context, ExecuteError, Ledger, account_id};
use ledger::subscription::Subscription;
use ledger::values::{Currency, ImportId, Money, OrgId, Rounding};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{AccountLine, InvoiceLine};

/// Who acts.
const ACTOR: &str = "cli:import";
/// Invoices of one append. It is part of what a step is: never change it while imports are open.
const STEP: usize = 100;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// Whether all of it was there already.
    pub was_finished: bool,
    /// Entries in the books.
    pub entries: i64,
    /// Invoices.
    pub invoices: i64,
}

struct Job<'a> {
    ledger: &'a Ledger,
    org: OrgId,
    digest: Digest,
    import: ImportId,
}

/// Brings in what was proved, or goes on with doing so. `opened_on` is the day of the opening; the
/// day on which the import began, in the org's zone, unless it is given.
///
/// # Errors
/// What was refused; what is in by then stays, and the same call goes on.
pub async fn carry_out(
    ledger: &Ledger,
    org: OrgId,
    digest: Digest,
    (accounts, invoices): (&[AccountLine], &[InvoiceLine]),
    opened_on: Option<Date>,
    progress: &mut (dyn FnMut(i64) + Send),
) -> anyhow::Result<Carried> {
    let job = Job { ledger, org, digest, import: import_id(org, &digest) };
    let (known, _) = ledger.load::<Import>(org, job.import).await?;
    if let Some(finished) = known.finished() {
        let (entries, invoices) = (finished.entries, finished.invoices);
        return Ok(Carried { was_finished: true, entries, invoices });
    }
    let (account, _) = ledger.load::<Subscription>(org, account_id(org)).await?;
    let rule = account.cycle_rule().context("the org has no account yet")?;
    let rows = count(accounts.len() + invoices.len());
    let began_at = job.begin(rows).await?;
    let opened_on = match opened_on {
        Some(day) => day,
        None => rule.local_day(began_at)?,
    };
    let entries = job.open_books(accounts, opened_on).await?;
    for (index, lines) in invoices.chunks(STEP).enumerate() {
        job.take_over(index, lines, opened_on, account.rounding()).await?;
        progress(count(index * STEP + lines.len()));
    }
    let invoices = count(invoices.len());
    let finished = Finished { digest, entries, events: 0, invoices, streams: 0 };
    let finish = ImportCommand::Finish(finished);
    ledger.execute(&job.named("finish"), job.import, finish).await?;
    Ok(Carried { was_finished: false, entries, invoices })
}

impl Job<'_> {
    fn named(&self, what: &str) -> Context {
        let name = format!("import:{}:{what}", self.digest);
        Context::named(self.ledger, self.org, Actor(ACTOR.to_owned()), &name)
    }

    /// Answers when it began, this time or before.
    async fn begin(&self, rows: i64) -> Result<OffsetDateTime, ExecuteError> {
        let begun = Begun { digest: self.digest, rows, source: ImportSource::Csv };
        let begin = ImportCommand::Begin(begun);
        let outcome = self.ledger.execute(&self.named("begin"), self.import, begin).await?;
        Ok(outcome.recorded_at)
    }

    /// Posts the opening entry. Answers how many entries that makes: one, or none at all.
    async fn open_books(&self, accounts: &[AccountLine], day: Date) -> anyhow::Result<i64> {
        let lines = opening(accounts)?;
        if lines.is_empty() {
            return Ok(0);
        }
        let entry = format!("import:{}:opening", self.digest);
        let post = PostEntry {
            business_on: day,
            entry_id: Uuid::new_v5(&self.org.0, entry.as_bytes()),
            kind: EntryKind::Opening,
            lines,
            note: None,
            reason_code: "opening_balances".parse()?,
            reference: None,
        };
        let post = BooksCommand::PostEntry(post);
        let posted = self.ledger.execute(&self.named("opening"), books_id(self.org), post).await;
        posted.context("the opening entry was refused")?;
        Ok(1)
    }

    /// Some invoices, all or none.
    async fn take_over(
        &self,
        index: usize,
        lines: &[InvoiceLine],
        day: Date,
        rounding: Rounding,
    ) -> anyhow::Result<()> {
        let context = self.named(&format!("invoices-from-{}", index * STEP + 1));
        let mut batch = self.ledger.batch(context.clone());
        for line in lines {
            let id = imported_invoice_id(self.org, &line.number);
            let command = self.command(&context, line, day, rounding).await?;
            batch = batch.then(id, InvoiceCommand::Import(command));
        }
        let of = || {
            let (first, last) = (lines.first(), lines.last());
            let at = |line: Option<&InvoiceLine>| line.map_or(0, |line| line.line);
            format!("the invoices of lines {} to {} were refused", at(first), at(last))
        };
        batch.run().await.with_context(of)?;
        Ok(())
    }

    async fn command(
        &self,
        context: &Context,
        line: &InvoiceLine,
        day: Date,
        rounding: Rounding,
    ) -> anyhow::Result<invoice::Import> {
        let customer_id = match &line.customer_id {
            Some(text) => {
                let subject = self.ledger.names().subject(self.org, "customer", text);
                let keyring = self.ledger.keyring();
                Some(keyring.seal(context, subject, "customer_id", text).await?)
            }
            None => None,
        };
        let line_name = format!("import:{}:line:{}", self.digest, line.number);
        Ok(invoice::Import {
            balance: line.balance,
            customer_id,
            due_on: line.due_on,
            import: self.import.uuid(),
            imported_on: day,
            issued_on: line.issued_on,
            line_id: Uuid::new_v5(&self.org.0, line_name.as_bytes()),
            number: line.number.clone(),
            rounding,
            subtotal: line.subtotal,
            tax: line.tax,
        })
    }
}

/// Every account but 1100, which the invoices bring, against 3900, side by side.
fn opening(accounts: &[AccountLine]) -> anyhow::Result<Vec<EntryLine>> {
    let mut lines = Vec::new();
    let mut other: BTreeMap<(Currency, Side), Money> = BTreeMap::new();
    for AccountLine { account, side, amount } in accounts.iter().copied() {
        if account == Account::Receivables {
            continue;
        }
        lines.push(EntryLine { account, amount, side });
        let side = match side {
            Side::Debit => Side::Credit,
            Side::Credit => Side::Debit,
        };
        let currency = amount.currency();
        let sum = other.entry((currency, side)).or_insert_with(|| Money::zero(currency));
        *sum = sum.plus(amount)?;
    }
    let account = Account::OpeningBalances;
    lines.extend(other.into_iter().map(|((_, side), amount)| EntryLine { account, amount, side }));
    Ok(lines)
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

//! Entries and their mirrors.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{
    Books, BooksError, Decision, Entry, EntryKind, EntryLine, EntryPosted, PostEntry, ReverseEntry,
    Side,
};
use crate::{journal::Account, values::Currency};

/// A debit and a credit.
const LEAST_LINES: usize = 2;
/// An event stays far below the store's 1 MiB.
const MOST_LINES: usize = 500;

impl Books {
    /// Makes an entry.
    pub(super) fn post(&self, command: PostEntry) -> Decision {
        let PostEntry { business_on, entry_id, kind, lines, note, reason_code, reference } =
            command;
        if kind == EntryKind::Reversal {
            return Err(BooksError::ReversalByHand);
        }
        check_lines(&lines)?;
        check_accounts(kind, &lines)?;
        let posted = EntryPosted {
            business_on,
            entry_id,
            kind,
            lines,
            note,
            reason_code,
            reference,
            reverses: None,
        };
        match self.entries.get(&entry_id) {
            None => Ok(vec![posted.into()]),
            Some(entry) if entry.says_the_same(&posted) => Ok(vec![]),
            Some(_) => Err(BooksError::EntryExists { entry_id }),
        }
    }

    /// Undoes an entry.
    pub(super) fn reverse(&self, command: ReverseEntry) -> Decision {
        let ReverseEntry { business_on, entry_id, note, reason_code, reverses } = command;
        let entry = self.entry(reverses)?;
        if entry.reverses.is_some() {
            return Err(BooksError::EntryIsReversal { entry_id: reverses });
        }
        match entry.reversed_by {
            Some(known) if known == entry_id => return Ok(vec![]),
            Some(reversed_by) => {
                return Err(BooksError::EntryReversed { entry_id: reverses, reversed_by });
            }
            None => {}
        }
        if self.entries.contains_key(&entry_id) {
            return Err(BooksError::EntryExists { entry_id });
        }
        if business_on < entry.business_on {
            let entered_on = entry.business_on;
            return Err(BooksError::BeforeEntry { business_on, entered_on });
        }
        let mirrored = EntryPosted {
            business_on,
            entry_id,
            kind: EntryKind::Reversal,
            lines: entry.lines.iter().map(mirror).collect(),
            note,
            reason_code,
            reference: None,
            reverses: Some(reverses),
        };
        Ok(vec![mirrored.into()])
    }

    fn entry(&self, entry_id: Uuid) -> Result<&Entry, BooksError> {
        self.entries.get(&entry_id).ok_or(BooksError::UnknownEntry { entry_id })
    }
}

impl Entry {
    /// Sealed text is no content: a retry seals it anew.
    fn says_the_same(&self, posted: &EntryPosted) -> bool {
        self.business_on == posted.business_on
            && self.kind == posted.kind
            && self.lines == posted.lines
            && self.reason_code == posted.reason_code
    }
}

fn mirror(line: &EntryLine) -> EntryLine {
    let side = match line.side {
        Side::Debit => Side::Credit,
        Side::Credit => Side::Debit,
    };
    EntryLine { side, ..*line }
}

/// Above zero, and balanced in every currency.
fn check_lines(lines: &[EntryLine]) -> Result<(), BooksError> {
    if !(LEAST_LINES..=MOST_LINES).contains(&lines.len()) {
        let (least, most) = (LEAST_LINES, MOST_LINES);
        return Err(BooksError::LinesOutOfRange { least, lines: lines.len(), most });
    }
    let mut sums: BTreeMap<Currency, (i128, i128)> = BTreeMap::new();
    for EntryLine { amount, side, .. } in lines {
        if !amount.is_positive() {
            return Err(BooksError::AmountNotPositive { amount: *amount });
        }
        let (debit, credit) = sums.entry(amount.currency()).or_default();
        match side {
            Side::Debit => *debit += i128::from(amount.minor()),
            Side::Credit => *credit += i128::from(amount.minor()),
        }
    }
    match sums.into_iter().find(|(_, (debit, credit))| debit != credit) {
        Some((currency, (debit, credit))) => Err(BooksError::Unbalanced {
            credit: credit.to_string(),
            currency,
            debit: debit.to_string(),
        }),
        None => Ok(()),
    }
}

/// Which accounts a kind may touch, and which it must.
fn check_accounts(kind: EntryKind, lines: &[EntryLine]) -> Result<(), BooksError> {
    use Account::{
        Cash, CreditLossAllowance, CreditLossExpense, OpeningBalances, ProcessingFees,
        StripeClearing,
    };
    let (allowed, needed): (&[Account], &[Account]) = match kind {
        EntryKind::Adjusting | EntryKind::Reversal => (Account::ALL, &[]),
        EntryKind::Allowance => {
            (&[CreditLossAllowance, CreditLossExpense], &[CreditLossAllowance, CreditLossExpense])
        }
        EntryKind::Opening => (Account::ALL, &[OpeningBalances]),
        EntryKind::Payout => (&[Cash, ProcessingFees, StripeClearing], &[StripeClearing]),
        EntryKind::ProviderFee => {
            (&[ProcessingFees, StripeClearing], &[ProcessingFees, StripeClearing])
        }
    };
    if let Some(line) = lines.iter().find(|line| !allowed.contains(&line.account)) {
        return Err(BooksError::AccountNotAllowed { account: line.account, kind });
    }
    for currency in lines.iter().map(|line| line.amount.currency()) {
        let has = |account: Account| {
            lines.iter().any(|line| line.account == account && line.amount.currency() == currency)
        };
        if let Some(account) = needed.iter().copied().find(|account| !has(*account)) {
            return Err(BooksError::AccountMissing { account, currency, kind });
        }
    }
    Ok(())
}

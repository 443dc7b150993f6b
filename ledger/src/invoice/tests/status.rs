use super::*;

fn reconcile(today: Date) -> InvoiceCommand {
    InvoiceCommand::Reconcile(Reconcile { today })
}

fn overdue(today: Date) -> InvoiceCommand {
    InvoiceCommand::MarkOverdue(MarkOverdue { today })
}

fn reported() -> InvoiceCommand {
    InvoiceCommand::ReportPaid(ReportPaid { reported_on: january(35) })
}

/// Issued for 100 on 31 January, due on 14 February (the 45th).
const DUE: i64 = 45;

#[test]
fn overdue_is_marked_the_day_after_the_due_date_and_once() {
    given(issued(100)).when(overdue(january(DUE))).then_expect_events(vec![]);
    let marked = OverdueMarked { marked_on: january(DUE + 1) };
    given(issued(100)).when(overdue(january(DUE + 1))).then_expect_events(vec![marked.into()]);
    given(with(issued(100), [overdue(january(DUE + 1))]))
        .when(overdue(january(DUE + 2)))
        .then_expect_events(vec![]);
}

#[test]
fn a_draft_a_paid_a_void_and_a_written_off_invoice_never_get_overdue() {
    let draft = vec![open(), add(line(1, 1, 100, "0"))];
    let paid = with(issued(100), [pay(1, 100)]);
    let void = with(issued(100), [cancel()]);
    let given_up = with(issued(100), [write_off()]);
    for history in [draft, paid, void, given_up] {
        given(history).when(overdue(january(90))).then_expect_events(vec![]);
    }
}

#[test]
fn the_provider_calling_it_paid_changes_the_status_and_no_figure() {
    let (invoice, _) = after(with(issued(100), [reported()]));
    assert_eq!(invoice.standing(), Some(standing(100, 0, 0, Status::Paid)));
    given(with(issued(100), [reported()])).when(reported()).then_expect_events(vec![]);
    given(vec![open()])
        .when(reported())
        .then_expect_error(InvoiceError::NotOpen { status: Status::Draft });
}

#[test]
fn a_paid_invoice_without_settled_funds_reopens() {
    let history = with(issued(100), [reported()]);
    let figures = |status| ReconcileFigures {
        outstanding: usd(100),
        paid: usd(0),
        status,
        succeeded_payments: 0,
    };
    for (today, status) in [(DUE, Status::Sent), (DUE + 1, Status::Overdue)] {
        given(history.clone()).when(reconcile(january(today))).then_expect_events(vec![
            Reconciled {
                after: figures(status),
                before: figures(Status::Paid),
                reconciled_on: january(today),
            }
            .into(),
        ]);
    }
}

#[test]
fn a_reversal_shows_as_partial_after_reconciling() {
    let history = with(issued(100), [pay(1, 60), pay(2, 40), reverse(2)]);
    let (invoice, _) = after(with(history, [reconcile(january(90))]));
    assert_eq!(invoice.standing(), Some(standing(40, 60, 0, Status::Partial)));
}

/// The look is kept all the same: who, when, and the figures that agreed.
fn agrees(history: Vec<InvoiceCommand>, today: Date) {
    let (before, _) = after(history.clone());
    let standing = before.standing().unwrap();
    let figures = ReconcileFigures {
        outstanding: standing.balance,
        paid: standing.paid,
        status: standing.status,
        succeeded_payments: before.succeeded_payments(),
    };
    let looked = Reconciled { after: figures, before: figures, reconciled_on: today };
    given(history.clone()).when(reconcile(today)).then_expect_events(vec![looked.into()]);
    let (looked_at, _) = after(with(history, [reconcile(today)]));
    assert_eq!(looked_at, before, "looking changes nothing");
}

#[test]
fn reconciling_what_agrees_changes_nothing() {
    let sent = issued(100);
    let partial = with(issued(100), [pay(1, 40)]);
    let overdue_partial = with(partial.clone(), [overdue(january(DUE + 1))]);
    let paid = with(issued(100), [pay(1, 100)]);
    let overpaid_and_refunded = with(issued(100), [pay(1, 120), refund(5, 1, 120)]);
    for history in [sent, partial, paid, overpaid_and_refunded] {
        agrees(history, january(DUE));
    }
    agrees(overdue_partial, january(DUE + 2));
}

#[test]
fn reconciling_twice_is_reconciling_once() {
    let once = with(issued(100), [reported(), reconcile(january(DUE + 1))]);
    agrees(once, january(DUE + 1));
}

#[test]
fn what_is_void_or_given_up_or_a_draft_is_left_alone() {
    let void = with(issued(100), [cancel()]);
    let given_up = with(issued(100), [write_off()]);
    for history in [vec![open()], void, given_up] {
        given(history).when(reconcile(january(90))).then_expect_events(vec![]);
    }
    given(vec![]).when(reconcile(january(90))).then_expect_error(InvoiceError::Unknown);
}

#[test]
fn the_status_follows_funds_and_due_date() {
    let due_on = Some(january(DUE));
    let status = |now, balance, paid, today| {
        status_by_funds(now, usd(balance), usd(paid), due_on, january(today))
    };
    assert_eq!(status(Status::Sent, 0, 100, 1), Status::Paid);
    assert_eq!(status(Status::Paid, 10, 90, 90), Status::Partial);
    assert_eq!(status(Status::Overdue, 10, 90, 90), Status::Overdue);
    assert_eq!(status(Status::Overdue, 10, 90, 1), Status::Partial);
    assert_eq!(status(Status::Paid, 100, 0, 90), Status::Overdue);
    assert_eq!(status(Status::Failed, 100, 0, 1), Status::Sent);
}

//! Laws: whatever anyone orders, in whatever order and however often.

use proptest::prelude::*;

use super::*;
use crate::{StoredEvent, recorded::LedgerEvent, values::InvoiceId};

/// What the books say, added up from the events alone.
#[derive(Default)]
struct Books {
    credit_in: i64,
    credit_out: i64,
    cut: i64,
    received: i64,
    refunded: i64,
    reversed: i64,
    written_off: i64,
}

impl Books {
    fn hear(&mut self, event: &InvoiceEvent) {
        match event {
            InvoiceEvent::PaymentSucceeded(event) => {
                assert_eq!(event.applied.minor() + event.credited.minor(), event.amount.minor());
                self.received += event.amount.minor();
            }
            InvoiceEvent::PaymentReversed(event) => {
                let parts = event.from_applied.minor() + event.from_credit.minor();
                assert_eq!(parts, event.amount.minor());
                self.reversed += event.amount.minor();
            }
            InvoiceEvent::RefundCreated(event) => {
                let items: i64 = event.items.iter().map(|item| item.amount.minor()).sum();
                let cut = items + event.tax.minor();
                assert_eq!(cut + event.from_credit.minor(), event.amount.minor());
                assert!(event.items.iter().all(|item| item.amount.is_positive()));
                assert!(!event.tax.is_negative());
                self.cut += cut;
                self.refunded += event.amount.minor();
            }
            InvoiceEvent::CreditReleased(event) => self.credit_out += event.amount.minor(),
            InvoiceEvent::CreditApplied(event) => self.credit_in += event.amount.minor(),
            InvoiceEvent::WrittenOff(event) => self.written_off += event.amount.minor(),
            InvoiceEvent::Canceled(event) => self.cut += event.total.minor(),
            InvoiceEvent::Opened(_)
            | InvoiceEvent::LineAdded(_)
            | InvoiceEvent::LineRemoved(_)
            | InvoiceEvent::TotalsRecalculated(_)
            | InvoiceEvent::Issued(_)
            | InvoiceEvent::Sent(_)
            | InvoiceEvent::PaymentPending(_)
            | InvoiceEvent::PaymentFailed(_)
            | InvoiceEvent::PaidReported(_)
            | InvoiceEvent::Reconciled(_)
            | InvoiceEvent::OverdueMarked(_)
            | InvoiceEvent::RefundSettled(_)
            | InvoiceEvent::RefundFailed(_)
            | InvoiceEvent::CreditNoteIssued(_)
            | InvoiceEvent::CreditNoteVoided(_)
            | InvoiceEvent::CreditReturned(_)
            | InvoiceEvent::CreditRegained(_)
            | InvoiceEvent::DisputeOpened(_)
            | InvoiceEvent::DisputeWon(_)
            | InvoiceEvent::DisputeLost(_)
            | InvoiceEvent::PaymentTakenOver(_)
            | InvoiceEvent::PaymentHandedBack(_)
            | InvoiceEvent::RefundCanceled(_)
            | InvoiceEvent::RevenueRecognized(_)
            | InvoiceEvent::WriteOffReversed(_)
            | InvoiceEvent::ProviderLinked(_) => {}
        }
    }

    /// The conservation of money.
    fn check(&self, invoice: &Invoice) {
        let Some(standing) = invoice.standing() else { return };
        let came = self.received - self.reversed - self.refunded;
        let moved = self.credit_in - self.credit_out;
        assert_eq!(came + moved, standing.paid.minor() + standing.credit.minor());
        assert!(!standing.credit.is_negative() && !standing.balance.is_negative());
        if !matches!(standing.status, Status::Draft) {
            let total = invoice.issued.as_ref().map_or(0, |issued| issued.totals.total.minor());
            let owed = total - self.cut - standing.paid.minor() - self.written_off;
            assert_eq!(owed, standing.balance.minor());
        }
    }
}

fn any_state() -> impl Strategy<Value = PaymentState> {
    prop_oneof![
        1 => Just(PaymentState::Pending),
        3 => Just(PaymentState::Succeeded),
        1 => Just(PaymentState::Failed),
    ]
}

fn any_line() -> impl Strategy<Value = InvoiceCommand> {
    let rate = prop_oneof![Just("0"), Just("0.05"), Just("0.14975")];
    let item = prop_oneof![Just(ItemType::OneOff), Just(ItemType::PatientActivation)];
    (1..9_u128, 1..4_i64, 0..2000_i64, rate, any::<bool>(), item, 0..6_u8).prop_map(
        |(number, quantity, unit, rate, configured, item_type, patient)| {
            let charge = (patient > 2).then(|| charge(&format!("anon_{patient}")));
            let line = line(number, quantity, unit, rate);
            add(AddLine { charge, item_type, rate_configured: configured, ..line })
        },
    )
}

fn any_command() -> impl Strategy<Value = InvoiceCommand> {
    let to = InvoiceId::new(id(77));
    let small = 1..3000_i64;
    prop_oneof![
        4 => any_line(),
        1 => (1..9_u128).prop_map(|line| {
            InvoiceCommand::RemoveLine(RemoveLine { line_id: id(line) })
        }),
        2 => prop_oneof![Just("0.05"), Just("0.07")].prop_map(issue_at),
        6 => (1..6_u128, small.clone(), any_state())
            .prop_map(|(number, minor, state)| payment(number, usd(minor), state)),
        2 => (1..6_u128).prop_map(reverse),
        4 => (1..6_u128, 1..6_u128, small.clone())
            .prop_map(|(number, payment, minor)| refund(number, payment, minor)),
        1 => (1..6_u128).prop_map(|refund| InvoiceCommand::SettleRefund(SettleRefund {
            refund_id: id(refund),
            settled_on: january(50),
        })),
        1 => (1..6_u128).prop_map(|refund| InvoiceCommand::FailRefund(FailRefund {
            failed_on: january(51),
            refund_id: id(refund),
        })),
        2 => small.clone().prop_map(move |minor| {
            InvoiceCommand::ReleaseCredit(ReleaseCredit { amount: usd(minor), to })
        }),
        2 => small.prop_map(move |minor| InvoiceCommand::ApplyCredit(ApplyCredit {
            amount: usd(minor),
            applied_on: january(36),
            from: to,
        })),
        1 => (30..70_i64).prop_map(|day| {
            InvoiceCommand::Reconcile(Reconcile { today: january(day) })
        }),
        1 => (30..70_i64).prop_map(|day| {
            InvoiceCommand::MarkOverdue(MarkOverdue { today: january(day) })
        }),
        1 => Just(InvoiceCommand::ReportPaid(ReportPaid { reported_on: january(37) })),
        1 => Just(write_off()),
        1 => Just(cancel()),
    ]
}

/// Lines first, so that there is something to pay.
fn any_history() -> impl Strategy<Value = Vec<InvoiceCommand>> {
    let lines = prop::collection::vec(any_line(), 1..8);
    let then = prop::collection::vec(any_command(), 0..40);
    (lines, any::<bool>(), then).prop_map(|(lines, issue, then)| {
        let issue = issue.then(|| issue_at("0.05"));
        [open()].into_iter().chain(lines).chain(issue).chain(then).collect()
    })
}

/// Totals, worked out the slow way from the lines that are there.
fn slow_total(lines: &[Line], configured_rate: Rate) -> i64 {
    let mut by_rate = std::collections::BTreeMap::<Rate, i64>::new();
    for line in lines {
        let rate = if line.rate_configured { configured_rate } else { line.tax_rate };
        *by_rate.entry(rate).or_default() += line.quantity * line.unit_price.minor();
    }
    let tax = |(rate, base): (&Rate, &i64)| {
        base + rate.of(usd(*base), Rounding::HalfAwayFromZero).unwrap().minor()
    };
    by_rate.iter().map(tax).sum()
}

proptest! {
    #[test]
    fn money_is_conserved(commands in any_history()) {
        let (mut invoice, mut books) = (Invoice::default(), Books::default());
        for command in commands {
            for event in invoice.decide(command).unwrap_or_default() {
                books.hear(&event);
                invoice.apply(event);
            }
            books.check(&invoice);
        }
    }

    #[test]
    fn totals_are_the_sums_of_the_lines(commands in any_history()) {
        let mut invoice = Invoice::default();
        let (mut lines, mut configured) = (Vec::<Line>::new(), Rate::ZERO);
        for event in commands.into_iter().flat_map(|command| {
            let events = invoice.decide(command).unwrap_or_default();
            events.iter().for_each(|event| invoice.apply(event.clone()));
            events
        }).collect::<Vec<_>>() {
            let totals = match event {
                InvoiceEvent::LineAdded(event) => {
                    if event.line.rate_configured {
                        configured = event.line.tax_rate;
                    }
                    lines.push(event.line);
                    event.totals
                }
                InvoiceEvent::LineRemoved(event) => {
                    lines.retain(|line| line.line_id != event.line_id);
                    event.totals
                }
                InvoiceEvent::TotalsRecalculated(event) => {
                    configured = event.configured_rate;
                    event.totals
                }
                InvoiceEvent::Issued(event) => {
                    let items: i64 = event.items.iter().map(|item| item.amount.minor()).sum();
                    let tax: i64 = event.tax.taxes.iter().map(|tax| tax.tax.minor()).sum();
                    prop_assert_eq!(items, event.totals.subtotal.minor());
                    prop_assert_eq!(tax, event.totals.tax.minor());
                    event.totals
                }
                _ => continue,
            };
            prop_assert_eq!(totals.total.minor(), slow_total(&lines, configured));
            let parts = totals.subtotal.minor() + totals.tax.minor();
            prop_assert_eq!(totals.total.minor(), parts);
        }
    }

    #[test]
    fn an_event_heard_twice_changes_nothing_and_is_read_as_it_was_written(
        commands in any_history()
    ) {
        let mut invoice = Invoice::default();
        for command in commands {
            for event in invoice.decide(command).unwrap_or_default() {
                invoice.apply(event.clone());
                let once = invoice.clone();
                invoice.apply(event.clone());
                prop_assert_eq!(&invoice, &once);

                let bytes = event.encode().unwrap();
                let read = LedgerEvent::decode(event.name(), event.version(), &bytes).unwrap();
                prop_assert_eq!(read, event.into());
            }
            let kept = serde_json::to_string(&invoice).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Invoice>(&kept).unwrap(), &invoice);
        }
    }

    #[test]
    fn a_command_given_twice_has_no_second_effect(commands in any_history()) {
        let mut invoice = Invoice::default();
        for command in commands {
            // Moving credit carries no id of its own: the command's id stands for it.
            let bare = matches!(
                command, InvoiceCommand::ReleaseCredit(_) | InvoiceCommand::ApplyCredit(_)
            );
            let Ok(events) = invoice.decide(command.clone()) else { continue };
            events.into_iter().for_each(|event| invoice.apply(event));
            if bare {
                continue;
            }
            // A second look at the money is kept, and changes nothing either.
            let looks = matches!(command, InvoiceCommand::Reconcile(_));
            let again = invoice.decide(command).unwrap_or_default();
            prop_assert!(looks || again.is_empty(), "{:?}", again);
            let before = invoice.clone();
            again.into_iter().for_each(|event| invoice.apply(event));
            prop_assert_eq!(&invoice, &before);
        }
    }

    #[test]
    fn a_charge_is_on_one_line_at_most(commands in any_history()) {
        let mut invoice = Invoice::default();
        let mut charges = std::collections::BTreeSet::new();
        for command in commands {
            for event in invoice.decide(command).unwrap_or_default() {
                if let InvoiceEvent::LineAdded(LineAdded { line, .. }) = &event
                    && let Some(charge) = line.charge.clone()
                {
                    prop_assert!(charges.insert(charge));
                }
                invoice.apply(event);
            }
        }
    }
}

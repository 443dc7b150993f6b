//! Laws: whatever anyone orders, in whatever order and however often.

mod conserved;
mod corrections;

use proptest::prelude::*;

use super::*;
use crate::{StoredEvent, recorded::LedgerEvent, values::InvoiceId};

fn any_state() -> impl Strategy<Value = PaymentState> {
    prop_oneof![
        1 => Just(PaymentState::Pending),
        3 => Just(PaymentState::Succeeded),
        1 => Just(PaymentState::Failed),
    ]
}

fn any_line() -> impl Strategy<Value = InvoiceCommand> {
    let rate = prop_oneof![Just("0"), Just("0.05"), Just("0.14975")];
    let item = prop_oneof![
        Just(ItemType::OneOff),
        Just(ItemType::PatientActivation),
        Just(ItemType::SetupFee),
        Just(ItemType::Subscription),
    ];
    let covers = prop::option::of((1..40_i64, 1..60_i64));
    (1..9_u128, 1..4_i64, 0..2000_i64, rate, any::<bool>(), item, 0..6_u8, covers).prop_map(
        |(number, quantity, unit, rate, configured, item_type, patient, covers)| {
            let charge = (patient > 2).then(|| charge(&format!("anon_{patient}")));
            let line = line(number, quantity, unit, rate);
            let covers = covers.and_then(|(starts, days)| covering(starts, starts + days));
            add(AddLine { charge, covers, item_type, rate_configured: configured, ..line })
        },
    )
}

fn any_scope() -> impl Strategy<Value = CreditScope> {
    let line = (1..9_u128, prop::option::of(1..1500_i64));
    let line = line.prop_map(|(number, minor)| credit_line(number, minor));
    prop_oneof![
        3 => prop::collection::vec(line, 1..3).prop_map(CreditScope::Lines),
        3 => (1..3000_i64).prop_map(|minor| CreditScope::Amount(usd(minor))),
        1 => Just(CreditScope::Rest),
    ]
}

fn any_note() -> impl Strategy<Value = InvoiceCommand> {
    (50..54_u128, any_scope(), any::<bool>()).prop_map(|(number, scope, leave_as_credit)| {
        InvoiceCommand::IssueCreditNote(IssueCreditNote {
            leave_as_credit,
            ..note_of(number, scope)
        })
    })
}

fn any_look() -> impl Strategy<Value = InvoiceCommand> {
    let pause = (1..90_i64, 0..20_i64).prop_map(|(from, days)| Interruption {
        from: january(from),
        through: january(from + days),
    });
    let pauses = prop::collection::vec(pause, 0..3);
    (1..420_i64, pauses, prop::option::of(20..400_i64)).prop_map(|(through, pauses, ends)| {
        InvoiceCommand::RecognizeRevenue(RecognizeRevenue {
            ends_on: ends.map(january),
            pauses,
            through: january(through),
        })
    })
}

/// Corrections, disputes, held payments and earning.
fn any_correction() -> impl Strategy<Value = InvoiceCommand> {
    let other = InvoiceId::new(id(77));
    let small = 1..3000_i64;
    prop_oneof![
        5 => any_note(),
        2 => (50..54_u128).prop_map(void),
        4 => any_look(),
        3 => (60..63_u128, 1..6_u128, small.clone())
            .prop_map(|(number, payment, minor)| dispute(number, payment, minor)),
        2 => (60..63_u128).prop_map(win),
        2 => (60..63_u128).prop_map(lose),
        2 => (4..8_u128, small.clone()).prop_map(|(number, minor)| take_over(number, minor)),
        1 => (4..8_u128).prop_map(hand_back),
        2 => (1..6_u128).prop_map(cancel_refund),
        1 => Just(reverse_write_off()),
        1 => small.clone().prop_map(move |minor| {
            InvoiceCommand::RegainCredit(RegainCredit { amount: usd(minor), from: other })
        }),
        1 => small.prop_map(move |minor| InvoiceCommand::ReturnCredit(ReturnCredit {
            amount: usd(minor),
            reason_code: reason(),
            returned_on: january(37),
            to: other,
        })),
    ]
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
        20 => any_correction(),
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
                command,
                InvoiceCommand::ReleaseCredit(_)
                    | InvoiceCommand::ApplyCredit(_)
                    | InvoiceCommand::RegainCredit(_)
                    | InvoiceCommand::ReturnCredit(_)
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

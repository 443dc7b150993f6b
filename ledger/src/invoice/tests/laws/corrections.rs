//! Whatever is taken back comes back exactly.

use std::collections::BTreeMap;

use super::*;

fn run(invoice: &mut Invoice, command: InvoiceCommand) -> bool {
    let Ok(events) = invoice.decide(command) else { return false };
    let some = !events.is_empty();
    events.into_iter().for_each(|event| invoice.apply(event));
    some
}

/// The invoice after these commands; what is refused is left out.
fn as_far_as_it_goes(commands: Vec<InvoiceCommand>) -> Invoice {
    let mut invoice = Invoice::default();
    commands.into_iter().for_each(|command| {
        run(&mut invoice, command);
    });
    invoice
}

/// Whatever stands of an invoice's money, revenue and tax.
fn figures(invoice: &Invoice) -> impl PartialEq + std::fmt::Debug {
    (invoice.standing(), invoice.left.clone(), invoice.deferred(), invoice.written_off())
}

fn money(invoice: &Invoice) -> impl PartialEq + std::fmt::Debug {
    let standing = invoice.standing().map(|now| (now.balance, now.paid, now.credit));
    (standing, invoice.left.clone(), invoice.deferred(), invoice.written_off())
}

fn any_issued() -> impl Strategy<Value = Vec<InvoiceCommand>> {
    let lines = prop::collection::vec(any_line(), 1..8);
    lines.prop_map(|lines| [open()].into_iter().chain(lines).chain([issue_at("0.05")]).collect())
}

proptest! {
    #[test]
    fn crediting_everything_in_any_steps_takes_back_exactly_net_and_tax(
        history in any_issued(),
        scopes in prop::collection::vec(any_scope(), 0..12),
    ) {
        let mut invoice = as_far_as_it_goes(history);
        let issued = invoice.issued.clone().unwrap();
        let (mut taxes, mut names) = (BTreeMap::new(), BTreeMap::new());
        let (mut net, mut items) = (0, BTreeMap::new());
        let scopes = scopes.into_iter().chain([CreditScope::Rest]);
        for (number, scope) in (100..).zip(scopes) {
            for event in invoice.decide(note(number, scope)).unwrap_or_default() {
                let InvoiceEvent::CreditNoteIssued(note) = &event else { panic!("{event:?}") };
                for tax in &note.taxes {
                    let sums: &mut (i64, i64) = taxes.entry(tax.rate).or_default();
                    *sums = (sums.0 + tax.base.minor(), sums.1 + tax.tax.minor());
                }
                for part in &note.components {
                    *names.entry((part.name.clone(), part.rate)).or_insert(0) += part.tax.minor();
                }
                for item in &note.items {
                    net += item.amount.minor();
                    *items.entry(item.item_type).or_insert(0) += item.amount.minor();
                }
                invoice.apply(event);
            }
        }
        let mut expected = BTreeMap::new();
        for tax in &issued.tax.taxes {
            expected.insert(tax.rate, (tax.base.minor(), tax.tax.minor()));
        }
        prop_assert_eq!(taxes, expected);
        let mut expected = BTreeMap::new();
        for part in &issued.tax.components {
            *expected.entry((part.name.clone(), part.rate)).or_insert(0) += part.tax.minor();
        }
        prop_assert_eq!(names, expected);
        prop_assert_eq!(net, issued.totals.subtotal.minor());
        let all = issued.items.iter().map(|item| (item.item_type, item.amount.minor()));
        prop_assert_eq!(items, all.collect::<BTreeMap<_, _>>());
        prop_assert_eq!(invoice.creditable(), Some(usd(0)));
        prop_assert_eq!(invoice.deferred(), Some(usd(0)));
        let standing = invoice.standing().unwrap();
        prop_assert_eq!((standing.balance, standing.paid), (usd(0), usd(0)));
    }

    #[test]
    fn what_is_undone_at_once_leaves_no_trace(
        commands in any_history(), scope in any_scope(), minor in 1..3000_i64, which in 1..6_u128,
    ) {
        let (before, to) = (as_far_as_it_goes(commands), InvoiceId::new(id(88)));
        let release = InvoiceCommand::ReleaseCredit(ReleaseCredit { amount: usd(minor), to });
        let regain = InvoiceCommand::RegainCredit(RegainCredit { amount: usd(minor), from: to });
        let exactly = [
            (note(90, scope), void(90)),
            (refund(91, which, minor), cancel_refund(91)),
            (release, regain),
        ];
        for (forth, back) in exactly {
            let mut invoice = before.clone();
            if run(&mut invoice, forth) {
                prop_assert!(run(&mut invoice, back));
                prop_assert_eq!(figures(&invoice), figures(&before));
            }
        }
        let apply = InvoiceCommand::ApplyCredit(ApplyCredit {
            amount: usd(minor),
            applied_on: january(36),
            from: to,
        });
        let give_back = InvoiceCommand::ReturnCredit(ReturnCredit {
            amount: usd(minor),
            reason_code: reason(),
            returned_on: january(37),
            to,
        });
        let was_given_up = before.written_off().is_some_and(Money::is_positive);
        let owes_and_has_credit = before.standing().is_some_and(|now| {
            now.balance.is_positive() && now.credit.is_positive()
        });
        let in_money = [
            (take_over(92, minor), hand_back(92), true),
            (apply, give_back, before.paid().is_some_and(|paid| !paid.is_negative())),
            (write_off(), reverse_write_off(), !was_given_up),
            // What comes back settles what is owed first.
            (dispute(93, which, minor), win(93), !owes_and_has_credit),
        ];
        for (forth, back, _) in in_money.into_iter().filter(|(_, _, applies)| *applies) {
            let mut invoice = before.clone();
            if run(&mut invoice, forth.clone()) {
                prop_assert!(run(&mut invoice, back), "{:?}", forth);
                prop_assert_eq!(money(&invoice), money(&before));
            }
        }
    }

    #[test]
    fn looking_often_earns_what_looking_once_does(
        history in any_issued(), mut days in prop::collection::vec(31..420_i64, 1..12),
    ) {
        let before = as_far_as_it_goes(history);
        days.sort_unstable();
        let last = days.last().copied().map_or(january(31), january);
        let (mut often, mut once) = (before.clone(), before);
        days.into_iter().for_each(|day| {
            run(&mut often, recognize(january(day)));
        });
        run(&mut once, recognize(last));
        prop_assert_eq!(often.deferred(), once.deferred());
    }
}

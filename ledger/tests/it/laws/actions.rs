//! Everything that can be ordered, with figures that often fit.

use ledger::{
    books::{
        BooksCommand, ClosePeriod, EntryKind, EntryLine, PostEntry, ReopenPeriod, ReverseEntry,
        Side,
    },
    invoice::*,
    journal::Account,
    subscription::{
        HoldPayment, HoldReason, Limits, Open as OpenAccount, Prices, RegainHeldPayment,
        ReleaseHeldPayment, ReturnHeldPayment, SubscriptionCommand,
    },
    values::{Code, Currency, CycleRule, InvoiceId, Money, Rounding},
};
use proptest::prelude::*;
use time::{
    Date, Duration,
    macros::{date, datetime},
    util::days_in_month,
};
use uuid::Uuid;

use super::world::{Action, Step};
use crate::store::support::{line, opening as draft, usd};

/// Held payments have an amount of their own, so that orders about them fit.
const HELD: i64 = 700;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn code() -> Code {
    "test".parse().unwrap()
}

fn number_of(which: usize) -> InvoiceId {
    InvoiceId::new(id(0x100 + which as u128))
}

/// The account, two drafts with something to bill ahead, and an invoice of another system.
pub(crate) fn opening() -> Vec<Action> {
    let account = SubscriptionCommand::Open(OpenAccount {
        auto_issue: false,
        contact_email: None,
        currency: Currency::USD,
        cycle: CycleRule::new(1, "UTC".parse().unwrap()).unwrap(),
        limits: Limits::default(),
        opened_at: datetime!(2026-01-01 00:00 UTC),
        payment_terms_days: 14,
        plan: "standard".parse().unwrap(),
        prices: Prices { activation_fee: usd(200), setup_fee: usd(0) },
        rounding: Rounding::default(),
    });
    let mut actions = vec![vec![Step::Account(account)]];
    for which in 0..2 {
        let plan = billed(1, ItemType::Subscription, 3100);
        actions.push(vec![Step::Invoice(which, draft())]);
        actions.push(vec![Step::Invoice(which, plan), Step::Invoice(which, line(2))]);
    }
    actions.push(vec![Step::Invoice(2, taken_over())]);
    actions
}

/// An open invoice of another system.
fn taken_over() -> InvoiceCommand {
    InvoiceCommand::Import(Import {
        balance: usd(1500),
        customer_id: None,
        due_on: date!(2026 - 01 - 20),
        import: id(99),
        imported_on: date!(2026 - 01 - 02),
        issued_on: date!(2025 - 12 - 21),
        line_id: id(98),
        number: "OLD-1".to_owned(),
        rounding: Rounding::default(),
        subtotal: usd(3000),
        tax: usd(150),
    })
}

fn billed(number: u128, item_type: ItemType, minor: i64) -> InvoiceCommand {
    let InvoiceCommand::AddLine(two_dollars) = line(number) else { panic!("a line") };
    let (starts_on, ends_on) = (date!(2026 - 01 - 01), date!(2026 - 04 - 01));
    let ahead = item_type == ItemType::Subscription;
    InvoiceCommand::AddLine(AddLine {
        covers: ahead.then_some(BillingPeriod { ends_on, starts_on }),
        item_type,
        tax_rate: "0.05".parse().unwrap(),
        unit_price: usd(minor),
        ..two_dollars
    })
}

fn any_day() -> impl Strategy<Value = Date> + Clone {
    (0..150_i64).prop_map(|days| date!(2026 - 01 - 01) + Duration::days(days))
}

fn any_money() -> impl Strategy<Value = Money> {
    prop_oneof![2 => Just(HELD), 1 => 1..4000_i64].prop_map(usd)
}

fn any_entry() -> impl Strategy<Value = BooksCommand> {
    use Account::{
        Cash, CreditLossAllowance, CreditLossExpense, OpeningBalances, ProcessingFees,
        StripeClearing,
    };
    let kinds = prop_oneof![
        3 => Just((EntryKind::Adjusting, Cash, Account::DeferredRevenue)),
        1 => Just((EntryKind::Allowance, CreditLossExpense, CreditLossAllowance)),
        1 => Just((EntryKind::Opening, Cash, OpeningBalances)),
        1 => Just((EntryKind::Payout, Cash, StripeClearing)),
        1 => Just((EntryKind::ProviderFee, ProcessingFees, StripeClearing)),
    ];
    (1..6_u128, kinds, any_day(), any_money()).prop_map(|(number, kind, business_on, amount)| {
        let (kind, left, right) = kind;
        BooksCommand::PostEntry(PostEntry {
            business_on,
            entry_id: id(number),
            kind,
            lines: vec![
                EntryLine { account: left, amount, side: Side::Debit },
                EntryLine { account: right, amount, side: Side::Credit },
            ],
            note: None,
            reason_code: code(),
            reference: None,
        })
    })
}

fn any_books() -> impl Strategy<Value = BooksCommand> {
    let month =
        any_day().prop_map(|day| day.replace_day(days_in_month(day.month(), day.year())).unwrap());
    let today = date!(2026 - 12 - 31);
    prop_oneof![
        3 => any_entry(),
        1 => (1..6_u128, 6..12_u128, any_day()).prop_map(|(reverses, number, business_on)| {
            BooksCommand::ReverseEntry(ReverseEntry {
                business_on, entry_id: id(number), note: None, reason_code: code(),
                reverses: id(reverses),
            })
        }),
        2 => month.clone().prop_map(move |through| {
            BooksCommand::ClosePeriod(ClosePeriod { note: None, through, today })
        }),
        1 => month.prop_map(|through| {
            BooksCommand::ReopenPeriod(ReopenPeriod { reason_code: code(), through })
        }),
    ]
}

fn hold(number: u128, on: Date) -> SubscriptionCommand {
    SubscriptionCommand::HoldPayment(HoldPayment {
        amount: usd(HELD),
        invoice_id: None,
        method: PaymentMethod::Stripe,
        payment_id: id(number),
        reason: HoldReason::UnknownInvoice,
        received_on: on,
    })
}

/// What moves a held payment, with the invoice's side of it.
fn any_held() -> impl Strategy<Value = Action> {
    (0..5_u8, 1..3_u128, 0..2_usize, any_day()).prop_map(|(what, number, which, on)| {
        let (payment_id, amount, to) = (id(number), usd(HELD), number_of(which).uuid());
        let (method, reason_code) = (PaymentMethod::Stripe, code());
        match what {
            0 | 1 => vec![Step::Account(hold(number, on))],
            2 => vec![
                Step::Account(SubscriptionCommand::ReleaseHeldPayment(ReleaseHeldPayment {
                    payment_id,
                    released_on: on,
                    to,
                })),
                Step::Invoice(
                    which,
                    InvoiceCommand::TakeOverPayment(TakeOverPayment {
                        amount,
                        method,
                        payment_id,
                        received_on: on,
                        taken_over_on: on,
                    }),
                ),
            ],
            3 => vec![
                Step::Invoice(
                    which,
                    InvoiceCommand::HandBackPayment(HandBackPayment {
                        handed_back_on: on,
                        payment_id,
                        reason_code: reason_code.clone(),
                    }),
                ),
                Step::Account(SubscriptionCommand::RegainHeldPayment(RegainHeldPayment {
                    amount,
                    from: to,
                    payment_id,
                    reason_code,
                    regained_on: on,
                })),
            ],
            _ => vec![Step::Account(SubscriptionCommand::ReturnHeldPayment(ReturnHeldPayment {
                amount,
                method,
                payment_id,
                reason_code,
                returned_on: on,
            }))],
        }
    })
}

/// Credit from one invoice to the other, or back.
fn any_credit() -> impl Strategy<Value = Action> {
    (any::<bool>(), 0..2_usize, any_day(), any_money()).prop_map(|(back, from, on, amount)| {
        let (to, source) = (number_of(1 - from), number_of(from));
        if back {
            let returned =
                ReturnCredit { amount, reason_code: code(), returned_on: on, to: source };
            return vec![
                Step::Invoice(1 - from, InvoiceCommand::ReturnCredit(returned)),
                Step::Invoice(
                    from,
                    InvoiceCommand::RegainCredit(RegainCredit { amount, from: to }),
                ),
            ];
        }
        let apply = ApplyCredit { amount, applied_on: on, from: source };
        vec![
            Step::Invoice(1 - from, InvoiceCommand::ApplyCredit(apply)),
            Step::Invoice(from, InvoiceCommand::ReleaseCredit(ReleaseCredit { amount, to })),
        ]
    })
}

pub(crate) fn any_action() -> impl Strategy<Value = Action> {
    let invoice = (0..3_usize, super::orders::any_order(any_day().boxed(), any_money().boxed()))
        .prop_map(|(which, command)| vec![Step::Invoice(which, command)]);
    prop_oneof![
        3 => any_books().prop_map(|command| vec![Step::Books(command)]),
        3 => any_held(),
        2 => any_credit(),
        10 => invoice,
    ]
}

//! Claims from draft to the end, answered by payments that come early, late and out of order.

use ledger::{
    claim::{
        Acknowledge, AppealOutcome, ApplyPatientPayment, BillPatient, ClaimCommand, Close, Content,
        ControlNumbers, Coverage, DecideAppeal, Draft, FileAppeal, Frequency, Notice, PayerOrder,
        ReverseWriteOff, Revise, ServiceLine, Status, Submit, Validate, Void,
        WithdrawPatientPayment, WriteOff, WriteOffKind, claim_id,
    },
    values::{AnonymousRef, ClaimId, Code, Currency, PriorAuthId, Units},
};
use rust_decimal::Decimal;
use time::Date;

use super::{World, id, sealed, usd};

impl World {
    pub(crate) fn claim_of(&self, which: u8) -> ClaimId {
        claim_id(self.org, &account(which))
    }

    pub(super) fn claim_step(&mut self, what: u8, which: u8, amount: u16) {
        let today = self.today();
        let claim = self.claim_of(which);
        let number = u128::from(amount % 4);
        let held = self.claims.get(&claim.uuid());
        let status = held.map_or(Status::Unknown, |(held, _)| held.status());
        let what = match status {
            Status::Unknown => 0,
            Status::Draft if what.is_multiple_of(2) => 3,
            _ => what % 19 + 1,
        };
        let command = match what {
            0 => draft(content(which, amount, today)),
            1 => {
                let content = content(which, amount, today);
                ClaimCommand::Revise(Revise { content })
            }
            2 => ClaimCommand::Validate(Validate { today }),
            3..=5 if status == Status::Draft => submit(amount / 7 * 7, today),
            3..=5 => submit(amount, today),
            6..=8 => acknowledge(amount, today),
            9 => ClaimCommand::BillPatient(BillPatient { billed_on: today }),
            10 => write_off(number, amount, today),
            11 => {
                let reason_code = code("mistake");
                let write_off_id = id(21, number);
                ClaimCommand::ReverseWriteOff(ReverseWriteOff {
                    reason_code,
                    reversed_on: today,
                    write_off_id,
                })
            }
            12 => ClaimCommand::ApplyPatientPayment(ApplyPatientPayment {
                amount: usd(i64::from(amount % 90) + 1),
                applied_on: today,
                payment_id: id(22, number % 2),
            }),
            13 => ClaimCommand::WithdrawPatientPayment(WithdrawPatientPayment {
                amount: usd(1),
                payment_id: id(22, number % 2),
                withdrawal_id: id(23, u128::from(amount)),
                withdrawn_on: today,
            }),
            14 => ClaimCommand::FileAppeal(FileAppeal {
                appeal_id: id(24, number),
                due_on: None,
                filed_on: today,
                note: None,
                reason_code: code("timely"),
            }),
            15 => ClaimCommand::DecideAppeal(DecideAppeal {
                appeal_id: id(24, number),
                decided_on: today,
                outcome: AppealOutcome::Upheld,
            }),
            16 if amount.is_multiple_of(3) => {
                ClaimCommand::Void(Void { reason_code: code("mistake"), voided_on: today })
            }
            17 => return self.settle_claim(claim, amount),
            _ => ClaimCommand::Close(Close { closed_on: today }),
        };
        self.give(|world| &mut world.claims, claim, command);
    }

    /// Gives up all that is owed, so that the claim can be closed.
    fn settle_claim(&mut self, claim: ClaimId, amount: u16) {
        let Some((held, _)) = self.claims.get(&claim.uuid()) else { return };
        let Some(standing) = held.money().copied() else { return };
        let today = self.today();
        let owed = [
            (WriteOffKind::PayerReduction, standing.insurance_balance),
            (WriteOffKind::PriceConcession, standing.patient_balance),
        ];
        for (place, (kind, amount_owed)) in (0_u128..).zip(owed) {
            let command = ClaimCommand::WriteOff(WriteOff {
                amount: amount_owed,
                kind,
                note: None,
                reason_code: code("decided"),
                write_off_id: id(21, 100 + u128::from(amount) * 2 + place),
                written_off_on: today,
            });
            self.give(|world| &mut world.claims, claim, command);
        }
        let close = ClaimCommand::Close(Close { closed_on: today });
        self.give(|world| &mut world.claims, claim, close);
    }
}

pub(crate) fn code(text: &str) -> Code {
    text.parse().unwrap()
}

pub(crate) fn account(which: u8) -> Code {
    code(&format!("C{which}"))
}

pub(crate) fn units(count: u16) -> Units {
    Units::try_from(Decimal::from(count)).unwrap()
}

pub(crate) fn draft(content: Content) -> ClaimCommand {
    ClaimCommand::Draft(Draft { content })
}

/// One or two services, one or two payers; now and then nothing that a payer would take.
pub(crate) fn content(which: u8, amount: u16, today: Date) -> Content {
    let payers = if amount % 4 == 1 { vec!["P", "S"] } else { vec!["P"] };
    let lines = 1 + u128::from(amount % 2);
    let day = today.previous_day().unwrap();
    let line = |number| ServiceLine {
        charge: usd(i64::from(amount % 900) + 100),
        diagnosis_pointers: vec![1],
        line_id: id(20, u128::from(which) * 10 + number),
        modifiers: vec![],
        place_of_service: None,
        prior_auth_id: (amount.is_multiple_of(3))
            .then(|| PriorAuthId::new(id(25, u128::from(which)))),
        procedure: code(&format!("9921{number}")),
        service_ends_on: day,
        service_starts_on: day,
        units: units(1),
    };
    Content {
        account: account(which),
        billing_npi: (!amount.is_multiple_of(11)).then(|| "1234567893".parse().unwrap()),
        currency: Currency::USD,
        diagnoses: vec![sealed("diagnoses.0")],
        lines: (0..lines).map(line).collect(),
        patient: AnonymousRef(format!("anon_{which:016}")),
        patient_id: sealed("patient_id"),
        payers: payers.into_iter().map(coverage).collect(),
        place_of_service: Some(code("11")),
        rendering_npi: None,
    }
}

fn coverage(payer: &str) -> Coverage {
    Coverage {
        filing_code: code("CI"),
        member_id: Some(sealed("member_id")),
        payer_id: code(payer),
    }
}

pub(crate) fn submit(number: u16, today: Date) -> ClaimCommand {
    let frequency = match number % 7 {
        5 => Frequency::Replacement,
        6 => Frequency::Void,
        _ => Frequency::Original,
    };
    let payer_order = if number % 5 == 4 { PayerOrder::Secondary } else { PayerOrder::Primary };
    ClaimCommand::Submit(Submit {
        control: Some(ControlNumbers {
            group: code(&number.to_string()),
            interchange: code(&format!("{number:09}")),
            transaction: code("0001"),
        }),
        digest: Some(code(&format!("{number:064x}"))),
        frequency,
        number: None,
        payer_claim_number: None,
        payer_order,
        submitted_on: today,
    })
}

fn acknowledge(amount: u16, today: Date) -> ClaimCommand {
    let notice = match amount % 6 {
        0 => Notice::InterchangeAccepted,
        1 => Notice::SyntaxAccepted,
        2 => Notice::Received,
        3 => Notice::InvalidInformation,
        _ => Notice::Accepted,
    };
    ClaimCommand::Acknowledge(Acknowledge {
        clearinghouse_number: Some(code("CH1")),
        notice,
        payer_claim_number: Some(code("ICN1")),
        reason: None,
        received_on: today,
        submission: 1 + amount % 2,
    })
}

fn write_off(number: u128, amount: u16, today: Date) -> ClaimCommand {
    let kind = match amount % 4 {
        0 => WriteOffKind::CharityCare,
        1 => WriteOffKind::Contractual,
        2 => WriteOffKind::PayerReduction,
        _ => WriteOffKind::PriceConcession,
    };
    ClaimCommand::WriteOff(WriteOff {
        amount: usd(i64::from(amount % 120) + 1),
        kind,
        note: Some(sealed("note")),
        reason_code: code("decided"),
        write_off_id: id(21, number),
        written_off_on: today,
    })
}

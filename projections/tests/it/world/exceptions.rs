//! Commands about things that do not fit.

use ledger::{
    exception::{Clear, ExceptionCommand, Raised, Resolution, Resolve},
    reconciliation::{Between, Class, Item, Side},
    values::ExceptionId,
};

use super::{World, id, usd};

impl World {
    pub(super) fn exception_step(&mut self, which: u8, amount: u16) {
        let today = self.today();
        let run_id = id(12, u128::from(amount));
        let command = match amount % 5 {
            0 => ExceptionCommand::Clear(Clear { cleared_on: today, run_id }),
            1 => ExceptionCommand::Resolve(Resolve {
                note: None,
                reason_code: "explained".parse().unwrap(),
                resolution: Resolution::Accepted,
                resolved_on: today,
            }),
            _ => ExceptionCommand::Raise(Box::new(Raised {
                between: Between::LogAndProvider,
                class: Class::MissingHere,
                happened_on: today,
                invoice_id: None,
                item: Item::Payment,
                key: id(13, u128::from(amount)),
                movement_id: None,
                noticed_on: today,
                ours: Side::default(),
                owner: "finance".parse().unwrap(),
                provider: "stripe".parse().unwrap(),
                provider_id: None,
                run_id,
                theirs: Side::of(usd(i64::from(amount))),
            })),
        };
        let exception = ExceptionId::new(id(14, u128::from(which)));
        self.give(|world| &mut world.exceptions, exception, command);
    }
}

//! Money that fits no invoice: held once, then given to an invoice or sent back.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::{
    Decision, HeldPaymentRegained, HeldPaymentReleased, HeldPaymentReturned, HoldPayment,
    PaymentHeld, RegainHeldPayment, ReleaseHeldPayment, ReturnHeldPayment, Subscription,
    SubscriptionError,
};
use crate::{invoice::PaymentMethod, values::Money};

/// Where a held payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whereabouts {
    /// Held on the account.
    Held {
        /// The invoice that gave it back, if one did.
        regained_from: Option<Uuid>,
    },
    /// Given to an invoice.
    Released {
        /// Which.
        to: Uuid,
    },
    /// Sent back to whom it came from.
    Returned,
}

/// A payment that was held, wherever it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldPayment {
    /// How much.
    pub amount: Money,
    /// How it came.
    pub method: PaymentMethod,
    /// The day it was received.
    pub received_on: Date,
    /// The day of its last move.
    pub moved_on: Date,
    /// Where it is.
    pub whereabouts: Whereabouts,
}

impl Subscription {
    /// A payment that was held, wherever it is now.
    ///
    /// # Errors
    ///
    /// [`SubscriptionError::PaymentUnknown`].
    pub fn held_payment(&self, payment_id: Uuid) -> Result<&HeldPayment, SubscriptionError> {
        self.held.get(&payment_id).ok_or(SubscriptionError::PaymentUnknown { payment_id })
    }

    /// Keeps a payment that fits no invoice.
    pub(super) fn hold_payment(&self, command: HoldPayment) -> Decision {
        self.opened_account()?;
        let HoldPayment { amount, invoice_id, method, payment_id, reason, received_on } = command;
        if !amount.is_positive() {
            return Err(SubscriptionError::AmountNotPositive { amount });
        }
        match self.held.get(&payment_id) {
            None => {
                let held =
                    PaymentHeld { amount, invoice_id, method, payment_id, reason, received_on };
                Ok(vec![held.into()])
            }
            Some(held) if held.amount == amount => Ok(vec![]),
            Some(held) => Err(SubscriptionError::PaymentExists { amount: held.amount, payment_id }),
        }
    }

    /// Gives it to an invoice, whole.
    pub(super) fn release_held(&self, command: ReleaseHeldPayment) -> Decision {
        let ReleaseHeldPayment { payment_id, released_on, to } = command;
        let held = self.held_payment(payment_id)?;
        match held.whereabouts {
            Whereabouts::Released { to: known } if known == to => return Ok(vec![]),
            Whereabouts::Held { .. } => {}
            Whereabouts::Released { .. } | Whereabouts::Returned => {
                return Err(moved(payment_id, held));
            }
        }
        held.require_order(released_on)?;
        let amount = held.amount;
        Ok(vec![HeldPaymentReleased { amount, payment_id, released_on, to }.into()])
    }

    /// Sends it back, whole.
    pub(super) fn return_held(&self, command: ReturnHeldPayment) -> Decision {
        let ReturnHeldPayment { amount, method, payment_id, reason_code, returned_on } = command;
        let held = self.held_payment(payment_id)?;
        held.require_amount(amount, payment_id)?;
        match held.whereabouts {
            Whereabouts::Returned => return Ok(vec![]),
            Whereabouts::Held { .. } => {}
            Whereabouts::Released { .. } => return Err(moved(payment_id, held)),
        }
        held.require_order(returned_on)?;
        let returned = HeldPaymentReturned { amount, method, payment_id, reason_code, returned_on };
        Ok(vec![returned.into()])
    }

    /// Takes it back from the invoice it was given to, whole.
    pub(super) fn regain_held(&self, command: RegainHeldPayment) -> Decision {
        let RegainHeldPayment { amount, from, payment_id, reason_code, regained_on } = command;
        let held = self.held_payment(payment_id)?;
        held.require_amount(amount, payment_id)?;
        match held.whereabouts {
            Whereabouts::Held { regained_from } if regained_from == Some(from) => {
                return Ok(vec![]);
            }
            Whereabouts::Released { to } if to == from => {}
            Whereabouts::Held { .. } | Whereabouts::Released { .. } | Whereabouts::Returned => {
                return Err(moved(payment_id, held));
            }
        }
        held.require_order(regained_on)?;
        let regained = HeldPaymentRegained { amount, from, payment_id, reason_code, regained_on };
        Ok(vec![regained.into()])
    }

    pub(super) fn hear_held(&mut self, event: PaymentHeld) {
        let held = HeldPayment {
            amount: event.amount,
            method: event.method,
            received_on: event.received_on,
            moved_on: event.received_on,
            whereabouts: Whereabouts::Held { regained_from: None },
        };
        self.held.insert(event.payment_id, held);
    }

    pub(super) fn hear_moved(&mut self, payment_id: Uuid, on: Date, whereabouts: Whereabouts) {
        if let Some(held) = self.held.get_mut(&payment_id) {
            held.moved_on = on;
            held.whereabouts = whereabouts;
        }
    }
}

impl HeldPayment {
    fn require_amount(&self, given: Money, payment_id: Uuid) -> Result<(), SubscriptionError> {
        if given == self.amount {
            return Ok(());
        }
        Err(SubscriptionError::AmountDiffers { amount: self.amount, given, payment_id })
    }

    /// Otherwise the books would show it gone on a day on which it had not come.
    fn require_order(&self, on: Date) -> Result<(), SubscriptionError> {
        if on < self.moved_on {
            return Err(SubscriptionError::BeforePayment { moved_on: self.moved_on, on });
        }
        Ok(())
    }
}

fn moved(payment_id: Uuid, held: &HeldPayment) -> SubscriptionError {
    match held.whereabouts {
        Whereabouts::Held { .. } => SubscriptionError::PaymentNotReleased { payment_id },
        Whereabouts::Released { to } => SubscriptionError::PaymentReleased { payment_id, to },
        Whereabouts::Returned => {
            SubscriptionError::PaymentReturned { payment_id, returned_on: held.moved_on }
        }
    }
}

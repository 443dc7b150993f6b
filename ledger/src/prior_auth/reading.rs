//! What an authorization tells whoever asks.

use uuid::Uuid;

use super::{Approved, Draw, PriorAuth, Requested, Status, aggregate::Drawn};
use crate::values::Units;

impl PriorAuth {
    /// Where it stands.
    pub fn status(&self) -> Status {
        self.status
    }

    /// What was asked.
    pub fn requested(&self) -> Option<&Requested> {
        self.request.as_ref()
    }

    /// What the payer allows, as it said last.
    pub fn approval(&self) -> Option<&Approved> {
        self.approval.as_ref()
    }

    /// How many units are not drawn.
    pub fn units_left(&self) -> Units {
        self.units_left
    }

    /// Draws that wait for units, the first first.
    pub fn waiting(&self) -> &[Draw] {
        &self.waiting
    }

    /// What a claim line took.
    pub fn drawn_by(&self, claim_line_id: Uuid) -> Option<&Drawn> {
        self.drawn.get(&claim_line_id)
    }
}

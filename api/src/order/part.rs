//! One command out of many that came in one request.

use std::collections::BTreeMap;

use ledger::{
    store::Context,
    values::{ClaimId, InvoiceId},
};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::Order;
use crate::{
    body::{FieldError, ForeignId, FromBody, Wrong, foreign_id, parse, uuid},
    error::ApiError,
};

/// One command out of many: its envelope, the ids that stand in its path when it comes alone, and
/// its body.
pub(crate) struct Part {
    order: Order<()>,
    ids: BTreeMap<&'static str, Box<RawValue>>,
    body: Option<Box<RawValue>>,
}

impl Part {
    pub(crate) fn new(
        order: Order<()>,
        ids: BTreeMap<&'static str, Box<RawValue>>,
        body: Option<Box<RawValue>>,
    ) -> Self {
        Self { order, ids, body }
    }

    /// The order itself, for carrying a plan out.
    pub(crate) fn envelope(&self) -> &Order<()> {
        &self.order
    }

    /// The order with its body, read as it is when it comes alone.
    pub(crate) fn order<B: FromBody>(&self) -> Result<Order<B>, ApiError> {
        let bytes = self.body.as_ref().map_or("", |body| body.get()).as_bytes();
        let body = parse(bytes).map_err(|error| error.within("/body"))?;
        let context: Context = self.order.context.clone();
        Ok(self.order.part(body, context, self.order.caller))
    }

    /// The invoice it is about.
    pub(crate) fn invoice(&self) -> Result<InvoiceId, ApiError> {
        self.uuid("invoice_id").map(InvoiceId::new)
    }

    /// The claim it is about.
    pub(crate) fn claim(&self) -> Result<ClaimId, ApiError> {
        self.uuid("claim_id").map(ClaimId::new)
    }

    /// An id of ours.
    pub(crate) fn uuid(&self, name: &'static str) -> Result<Uuid, ApiError> {
        self.id(name, uuid)
    }

    /// An id of the caller's own.
    pub(crate) fn foreign(&self, name: &'static str) -> Result<ForeignId, ApiError> {
        self.id(name, foreign_id)
    }

    fn id<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&RawValue) -> Result<T, Wrong>,
    ) -> Result<T, ApiError> {
        let raw = self.ids.get(name);
        let read = raw.map_or(Err(Wrong::Borrowed("must be given")), |raw| read(raw));
        read.map_err(|detail| {
            let pointer = format!("/{name}");
            ApiError::InvalidBody(vec![FieldError { pointer, code: "invalid", detail }])
        })
    }
}

//! `POST /v1/webhooks/stripe` and `…/stripe/{org_id}`: what the payment provider tells us.
//!
//! The org is the one in the path, or the one in metadata that we set, or that of the invoice
//! named there. It is never guessed: a message about money of nobody we know is refused, so that
//! the provider keeps it and somebody notices.

mod stripe;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(stripe::anywhere, stripe::__path_anywhere),
        endpoint!(stripe::for_org, stripe::__path_for_org),
    ]
}

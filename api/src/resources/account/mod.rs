//! The org's account: status, pause and resume, plan, tax, trial, cancellation.
//!
//! Answered from the proved state of the account itself, so no position needs to be waited for.

mod cancel;
mod change;
mod load;
mod pause;
mod plan;
mod status;
mod tax;
mod unearned;
mod view;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) use load::{Account, account, account_when, day_of, day_or_today};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(change::activate, change::__path_activate),
        endpoint!(cancel::cancel, cancel::__path_cancel),
        endpoint!(change::trial, change::__path_trial),
        endpoint!(pause::pause, pause::__path_pause),
        endpoint!(pause::resume, pause::__path_resume),
        endpoint!(plan::change, plan::__path_change),
        endpoint!(plan::show, plan::__path_show),
        endpoint!(status::show, status::__path_show),
        endpoint!(tax::configure, tax::__path_configure),
    ]
}

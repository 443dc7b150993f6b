//! Who asks: API keys and the operator's token, checked once, at the gate.

mod cache;
mod caller;
mod gate;
mod limiter;
mod operator;

pub(crate) use cache::KeyCache;
pub(crate) use caller::Caller;
pub(crate) use gate::gate;
pub(crate) use limiter::KeyLimiter;
pub use operator::OperatorToken;

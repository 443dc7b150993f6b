//! Stripe's ids: validated by prefix and alphabet, kept as text, never decoded.

/// What an id names.
///
/// - **Source:** Stripe: an id may grow to 255 characters; a price or product of one's own may be
///   called anything, which is why only ids that Stripe draws are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdKind {
    /// `ch_…`, and `py_…` for bank payments.
    Charge,
    /// `cus_…`
    Customer,
    /// `dp_…`, `du_…`
    Dispute,
    /// `evt_…`
    Event,
    /// `in_…`
    Invoice,
    /// `pi_…`
    PaymentIntent,
    /// `price_…`
    Price,
    /// `prod_…`
    Product,
    /// `re_…`, and `pyr_…` for bank payments.
    Refund,
    /// `sub_…`
    Subscription,
}

/// Characters of an id, prefix included.
const LENGTH: usize = 255;

impl IdKind {
    const fn prefixes(self) -> &'static [&'static str] {
        match self {
            Self::Charge => &["ch_", "py_"],
            Self::Customer => &["cus_"],
            Self::Dispute => &["dp_", "du_"],
            Self::Event => &["evt_"],
            Self::Invoice => &["in_"],
            Self::PaymentIntent => &["pi_"],
            Self::Price => &["price_"],
            Self::Product => &["prod_"],
            Self::Refund => &["re_", "pyr_"],
            Self::Subscription => &["sub_"],
        }
    }
}

/// Whether a text is an id of this kind (contract S1.7).
pub fn is_valid_id(kind: IdKind, text: &str) -> bool {
    let rest = kind.prefixes().iter().find_map(|prefix| text.strip_prefix(prefix));
    text.len() <= LENGTH
        && rest.is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

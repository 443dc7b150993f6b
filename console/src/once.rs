//! The name of a command, drawn when its form is shown: however often the form is sent, the
//! command happens once.

use uuid::Uuid;

/// A new one.
#[expect(clippy::disallowed_methods, reason = "what a form asks for is named at the edge")]
pub(crate) fn draw() -> String {
    Uuid::now_v7().to_string()
}

//! Post: RFC 5322 messages into a folder, or over SMTP; papers and short texts into a folder.
//!
//! - `message.rs`: a letter as a message. `folder.rs`: written as `.eml` files that any mail
//!   program opens. `smtp.rs`: handed to a server, over TLS only (contract S4.12).
//! - `courier.rs`: papers to be put into envelopes, and texts, as files in folders.

mod courier;
mod folder;
mod message;
mod smtp;

pub use courier::FolderCourier;
pub use folder::MailFolder;
pub use message::{BadSender, Sender};
pub use smtp::{Smtp, SmtpConfig};

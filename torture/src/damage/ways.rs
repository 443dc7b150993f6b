//! The ways in which a history is damaged.

use std::path::Path;

use uuid::Uuid;

use crate::check::Kind;
use crate::notes::Noted;

/// A damage: what it is called, what it must be found as, and how it is made.
pub(super) struct Damage(pub(super) &'static str, pub(super) Kind, pub(super) Make);

pub(super) enum Make {
    /// In the database, and nothing of it stays.
    Rows(&'static str),
    /// In the database, for the program's own checks: in a copy of it.
    Copy(&'static str),
    /// In what clients believe.
    Notes(fn(&mut Noted)),
    /// In the folder of what left the house.
    Letters(fn(&Path) -> std::io::Result<()>),
}

/// A promised event that is not the first of its log; and what comes after it can go.
macro_rules! promised {
    ($rest:literal) => {
        concat!(
            "set local session_replication_role = replica; create temporary table it on commit \
             drop as select * from events where actor like 'key:%' and position > 3 \
             order by position desc limit 1;",
            $rest
        )
    };
}

/// Appends a copy of an event, as sound as somebody with all rights can make it.
macro_rules! again {
    ($which:literal, $change:literal) => {
        concat!(
            "set local session_replication_role = replica; create temporary table it on commit \
             drop as select * from events where ",
            $which,
            " order by position limit 1; update it set event_id = gen_random_uuid(), \
             position = (select h.position + 1 from org_heads h where h.org_id = it.org_id), \
             sequence = sequence + 1000000 ",
            $change,
            "; insert into events select * from it; update org_heads h set \
             position = h.position + 1 from it where it.org_id = h.org_id"
        )
    };
}

const CUT: &str = promised!(
    "delete from events e using it where e.org_id = it.org_id and e.position >= it.position;
     delete from commands c using it where c.org_id = it.org_id and c.last_position >= it.position;
     update org_heads h set position = it.position - 1 from it where it.org_id = h.org_id"
);

pub(super) const DAMAGES: &[Damage] = &[
    Damage(
        "an event in the middle is gone",
        Kind::Gap,
        Make::Rows(promised!(
            "delete from events e using it \
             where e.org_id = it.org_id and e.position = it.position - 2"
        )),
    ),
    Damage("the log is cut at its end", Kind::Lost, Make::Rows(CUT)),
    Damage("the same, for verify and a head that was kept", Kind::Proof, Make::Copy(CUT)),
    Damage(
        "promised payments are other ones",
        Kind::Lost,
        Make::Rows(
            "set local session_replication_role = replica; \
             update events set event_id = gen_random_uuid() \
             where event_type = 'billing.invoice.payment_succeeded'",
        ),
    ),
    Damage("a promise is forged", Kind::Lost, Make::Notes(forge)),
    Damage(
        "a command happened twice",
        Kind::Twice,
        Make::Rows(again!("actor like 'key:%' and event_type like '%payment%'", "")),
    ),
    Damage(
        "an event came from nowhere",
        Kind::Unasked,
        Make::Rows(again!("actor like 'key:%'", ", command_id = gen_random_uuid()")),
    ),
    Damage("a command was given by nobody we know", Kind::Unasked, Make::Notes(forget)),
    Damage(
        "a policy acted twice",
        Kind::Policy,
        Make::Rows(again!(
            "event_type = 'billing.invoice.line_added' and causation_id is not null",
            ", command_id = gen_random_uuid()"
        )),
    ),
    Damage(
        "a policy did not act",
        Kind::Policy,
        Make::Rows(
            "set local session_replication_role = replica; update events set causation_id = null \
             where event_id = (select event_id from events where causation_id is not null \
             and event_type = 'billing.statement.sent' limit 1)",
        ),
    ),
    Damage(
        "a message was never written down",
        Kind::Outbox,
        Make::Rows(
            "delete from outbox_events where id = (select id from outbox_events \
             where kind = 'email' limit 1)",
        ),
    ),
    Damage(
        "a message is there twice",
        Kind::Outbox,
        Make::Rows(
            "create temporary table it on commit drop as select * from outbox_events \
             where kind = 'email' limit 1; \
             update it set id = gen_random_uuid(), dedupe_key = dedupe_key || ':again'; \
             insert into outbox_events select * from it",
        ),
    ),
    Damage(
        "a message did not leave",
        Kind::Outbox,
        Make::Rows(
            "update outbox_events set status = 'dead' where id = (select id from outbox_events \
             where kind = 'email' limit 1)",
        ),
    ),
    Damage("a letter is missing", Kind::Letter, Make::Letters(lose_a_letter)),
    Damage("a letter is there twice", Kind::Letter, Make::Letters(double_a_letter)),
    Damage(
        "a read model is parked",
        Kind::Waiting,
        Make::Rows(
            "insert into parked select org_id, 'invoices', 1, 'a', 1, 'damaged', now() \
             from org_heads limit 1",
        ),
    ),
    Damage(
        "a byte of a payload is another one",
        Kind::Proof,
        Make::Copy(promised!(
            "update events e set payload = set_byte(e.payload, 9, (get_byte(e.payload, 9) + 1) % 256) \
             from it where e.org_id = it.org_id and e.position = it.position"
        )),
    ),
    Damage(
        "a command is forgotten",
        Kind::Proof,
        Make::Copy(promised!(
            "delete from commands c using it \
             where c.org_id = it.org_id and c.command_id = it.command_id"
        )),
    ),
    Damage(
        "a cent is added to a read model",
        Kind::Model,
        Make::Copy(
            "update invoices_a set total_minor = total_minor + 1 where (org_id, invoice_id) = \
             (select org_id, invoice_id from invoices_a limit 1); \
             update invoices_b set total_minor = total_minor + 1 where (org_id, invoice_id) = \
             (select org_id, invoice_id from invoices_b limit 1)",
        ),
    ),
    Damage(
        "a row of a read model is gone",
        Kind::Model,
        Make::Copy(
            "delete from patients_a where org_id = (select org_id from patients_a limit 1); \
             delete from patients_b where org_id = (select org_id from patients_b limit 1)",
        ),
    ),
];

fn forge(noted: &mut Noted) {
    let named = noted.acknowledged.iter().rev().find(|promise| !promise.events.is_empty());
    if let Some(mut promise) = named.cloned() {
        for (_, id) in &mut promise.events {
            *id = Uuid::from_u128(id.as_u128() ^ 1);
        }
        noted.acknowledged.push(promise);
    }
}

fn forget(noted: &mut Noted) {
    if let Some(id) = noted.acknowledged.last().map(|promise| promise.command.id()) {
        noted.acknowledged.retain(|promise| promise.command.id() != id);
    }
}

fn lose_a_letter(folder: &Path) -> std::io::Result<()> {
    std::fs::remove_file(a_letter(folder)?)
}

fn double_a_letter(folder: &Path) -> std::io::Result<()> {
    std::fs::copy(a_letter(folder)?, folder.join("again.eml")).map(|_| ())
}

fn a_letter(folder: &Path) -> std::io::Result<std::path::PathBuf> {
    let first = std::fs::read_dir(folder)?.next();
    first.ok_or(std::io::ErrorKind::NotFound)?.map(|entry| entry.path())
}

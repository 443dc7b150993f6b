//! Rows into the tables, as the owner.

use futures_util::pin_mut;
use ledger::store::Stored;
use tokio_postgres::{
    Client,
    binary_copy::BinaryCopyInWriter,
    types::{ToSql, Type},
};

use super::making::{Making, Remembered, Rows};

/// Of the columns in the order that the ledger reads them.
const EVENT: [Type; 17] = [
    Type::UUID,
    Type::INT8,
    Type::TEXT,
    Type::UUID,
    Type::INT8,
    Type::UUID,
    Type::TEXT,
    Type::INT4,
    Type::BYTEA,
    Type::BYTEA,
    Type::TEXT,
    Type::UUID,
    Type::UUID,
    Type::UUID,
    Type::TIMESTAMPTZ,
    Type::TIMESTAMPTZ,
    Type::BYTEA,
];
const COMMANDS: &str = "copy commands (org_id, command_id, fingerprint, verdict, first_position, \
     last_position, stream_version, recorded_at) from stdin (format binary)";
const COMMAND: [Type; 8] = [
    Type::UUID,
    Type::UUID,
    Type::BYTEA,
    Type::INT2,
    Type::INT8,
    Type::INT8,
    Type::INT8,
    Type::TIMESTAMPTZ,
];

/// Copies rows in.
///
/// # Errors
/// When the database refuses them.
pub(super) async fn copy(client: &Client, rows: &Rows) -> anyhow::Result<()> {
    let events =
        format!("copy events ({}) from stdin (format binary)", ledger::store::rows::COLUMNS);
    let writer = BinaryCopyInWriter::new(client.copy_in(&events).await?, &EVENT);
    pin_mut!(writer);
    for event in &rows.events {
        let leaf_hash = event.leaf_hash.as_slice();
        writer.as_mut().write(&columns(event, &leaf_hash)).await?;
    }
    writer.finish().await?;
    let writer = BinaryCopyInWriter::new(client.copy_in(COMMANDS).await?, &COMMAND);
    pin_mut!(writer);
    let fingerprint = [0_u8; 32].as_slice();
    for command in &rows.commands {
        let Remembered { org, id, first, last, version, recorded_at } = command;
        let values: [&(dyn ToSql + Sync); 8] =
            [org, id, &fingerprint, &1_i16, first, last, version, recorded_at];
        writer.as_mut().write(&values).await?;
    }
    writer.finish().await?;
    Ok(())
}

fn columns<'a>(event: &'a Stored, leaf_hash: &'a &[u8]) -> [&'a (dyn ToSql + Sync); 17] {
    [
        &event.org.0,
        &event.position,
        &event.aggregate_type,
        &event.aggregate_id,
        &event.sequence,
        &event.event_id,
        &event.event_type,
        &event.event_version,
        &event.payload,
        &event.metadata,
        &event.actor,
        &event.correlation_id,
        &event.causation_id,
        &event.command_id,
        &event.occurred_at,
        &event.recorded_at,
        leaf_hash,
    ]
}

/// Moves the head and the numbers to where the rows have got.
///
/// # Errors
/// When the database refuses.
pub(super) async fn finish(client: &Client, making: &Making) -> anyhow::Result<()> {
    let head = "update org_heads set position = $2, recorded_at = $3 where org_id = $1";
    client.execute(head, &[&making.org.0, &making.head, &making.recorded_at]).await?;
    for (series, last) in &making.series {
        let number = "insert into series (org_id, series, last) values ($1, $2, $3)";
        client.execute(number, &[&making.org.0, series, last]).await?;
    }
    Ok(())
}

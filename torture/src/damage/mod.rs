//! The checker proves itself: a good history is damaged in every way that it claims to find.

mod ways;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use tokio_postgres::Client;
use uuid::Uuid;

use crate::check::{Finding, History, Kind, examine_all, rebuilt, verified};
use crate::ground::{Books, Ground};
use crate::notes::Noted;
use ways::{DAMAGES, Damage, Make};

/// Damages a good history, whose heads these are, in every way, while no service runs on it;
/// answers how many ways.
///
/// # Errors
/// When a damage is not found, or something is found without one.
pub async fn prove(
    ground: &Ground,
    books: &Books,
    noted: &Noted,
    heads: &BTreeMap<Uuid, String>,
) -> anyhow::Result<usize> {
    let mut owner = ground.postgres.owner(&books.database).await?;
    let history = History::read(&owner).await?;
    if let Some(finding) = examine_all(&history, noted, books)?.first() {
        bail!("the history is not a good one to begin with: {finding}");
    }
    // What was appended after the heads were kept could be cut without their contradicting it.
    if verified(books, heads).await?.1 != *heads {
        bail!("the history went on after its heads were kept: {heads:?}");
    }
    for Damage(name, kind, make) in DAMAGES {
        if let Make::Copy(_) = make {
            continue;
        }
        let findings = match make {
            Make::Rows(text) => in_vain(&mut owner, text, noted, books).await,
            Make::Notes(change) => {
                let mut believed = noted.clone();
                change(&mut believed);
                examine_all(&history, &believed, books)
            }
            Make::Letters(change) => letters(ground, &history, noted, books, *change),
            Make::Copy(_) => Ok(vec![]),
        };
        found(name, *kind, &findings.with_context(|| format!("cannot damage: {name}"))?)?;
    }
    // Only what nobody uses can be copied.
    drop(owner);
    for (number, Damage(name, kind, make)) in DAMAGES.iter().enumerate() {
        let Make::Copy(text) = make else { continue };
        let copied = copied(ground, books, &format!("damaged_{number}"), text, *kind, heads).await;
        found(name, *kind, &copied.with_context(|| format!("cannot damage: {name}"))?)?;
    }
    Ok(DAMAGES.len())
}

fn found(name: &str, kind: Kind, findings: &[Finding]) -> anyhow::Result<()> {
    if findings.iter().any(|finding| finding.kind == kind) {
        return Ok(());
    }
    bail!("the checker proves nothing: {name} is not found as {kind:?}: {findings:?}")
}

/// Damages rows, looks, and takes the damage back.
async fn in_vain(
    owner: &mut Client,
    text: &str,
    noted: &Noted,
    books: &Books,
) -> anyhow::Result<Vec<Finding>> {
    let transaction = owner.transaction().await?;
    transaction.batch_execute(text).await?;
    let history = History::read(transaction.client()).await?;
    transaction.rollback().await?;
    examine_all(&history, noted, books)
}

/// Damages a copy, and asks the program.
async fn copied(
    ground: &Ground,
    books: &Books,
    name: &str,
    text: &str,
    kind: Kind,
    heads: &BTreeMap<Uuid, String>,
) -> anyhow::Result<Vec<Finding>> {
    let copy = ground.copy(books, name).await?;
    ground.postgres.execute(name, &format!("begin; {text}; commit")).await?;
    let findings = match kind {
        Kind::Model => rebuilt(&copy).await?,
        _ => verified(&copy, heads).await?.0,
    };
    ground.postgres.execute("postgres", &format!("drop database {name} with (force)")).await?;
    Ok(findings)
}

fn letters(
    ground: &Ground,
    history: &History,
    noted: &Noted,
    books: &Books,
    change: fn(&Path) -> std::io::Result<()>,
) -> anyhow::Result<Vec<Finding>> {
    let copy = ground.books_of("damaged_letters")?;
    crate::ground::copy_folder(&books.data.join("outgoing"), &copy.data.join("outgoing"))?;
    change(&copy.data.join("outgoing"))?;
    let findings = examine_all(history, noted, &copy)?;
    std::fs::remove_dir_all(&copy.data)?;
    Ok(findings)
}

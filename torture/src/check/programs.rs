//! What the program's own checks say.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{Finding, Kind};
use crate::ground::Books;

/// `daybook verify`, with the heads of an earlier check; answers the heads of now.
///
/// # Errors
/// When it cannot be run.
pub(crate) async fn verified(
    books: &Books,
    heads: &BTreeMap<Uuid, String>,
) -> anyhow::Result<(Vec<Finding>, BTreeMap<Uuid, String>)> {
    let mut arguments = vec!["verify".to_owned()];
    for (org, head) in heads {
        arguments.extend(["--expect-head".to_owned(), format!("{org}/{head}")]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let said = books.run(&arguments).await?;
    let mut now = BTreeMap::new();
    let mut findings = Vec::new();
    for line in said.text.lines().filter_map(|line| line.strip_prefix("org ")) {
        let Some((org, rest)) = line.split_once(": ") else { continue };
        match (org.parse(), rest.rsplit_once("; head ")) {
            (Ok(org), Some((_, head))) => {
                now.insert(org, head.trim().to_owned());
            }
            _ => findings.push(Finding::new(Kind::Proof, line)),
        }
    }
    let witnessed = !heads.is_empty() && now.len() == heads.len();
    let good: &[i32] = if witnessed { &[0] } else { &[0, 3] };
    if findings.is_empty() && !good.contains(&said.code) {
        let what = format!("daybook verify ends with {}: {}", said.code, said.text);
        findings.push(Finding::new(Kind::Proof, what));
    }
    Ok((findings, now))
}

/// `daybook rebuild`, compared with what answers.
///
/// # Errors
/// When it cannot be run.
pub(crate) async fn rebuilt(books: &Books) -> anyhow::Result<Vec<Finding>> {
    let said = books.run(&["rebuild", "--all", "--no-switch"]).await?;
    if said.code == 0 && said.text.contains("with the live ones, 0 differences") {
        return Ok(vec![]);
    }
    let what = format!("daybook rebuild ends with {}: {}", said.code, said.text);
    Ok(vec![Finding::new(Kind::Model, what)])
}

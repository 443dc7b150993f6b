//! The disk is full, and has room again later.

use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use tokio::time::{Instant, timeout};

use super::{Outcome, Settings, Stage};
use crate::dice::Dice;
use crate::ground::{Ground, folder};

/// Small enough to be filled, large enough for a cluster.
const SIZE: &str = "size=400m,mode=711";
/// PostgreSQL may be down by then, and takes its time to recover.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);

/// PostgreSQL on a small disk of its own; callers are put off while it is full.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let root = folder()?;
    let disk = match Disk::mount(&root.path().join("postgres")) {
        Ok(disk) => disk,
        Err(why) => return Ok(Outcome::Skipped(format!("no small disk can be had here: {why:#}"))),
    };
    let sizes = [("min_wal_size", "32MB"), ("max_wal_size", "48MB")];
    let ground = Ground::in_folder(&settings.program, root, &sizes).await?;
    let mut stage = Stage::on(settings, ground, 1, 3).await?;
    let load = stage.load(dice, 6, 5);
    load.hear(20).await?;
    let filler = disk.fill()?;
    let since = Instant::now();
    let before = stage.put_off();
    while stage.put_off() == before && since.elapsed() < PATIENCE {
        load.for_a_while(settings.lasts / 8).await;
    }
    let noticed = since.elapsed().as_millis();
    load.for_a_while(settings.lasts).await;
    let put_off = stage.put_off() - before;
    fs::remove_file(filler)?;
    // Either it stood that, or it went down and somebody starts it again.
    let came = timeout(PATIENCE / 12, stage.ground.postgres.answers()).await;
    let fell = !matches!(came, Ok(Ok(())));
    if fell {
        stage.ground.postgres.revive().await?;
    }
    load.hear(20).await.context("room again, and nobody is served")?;
    load.stop().await;
    ensure!(put_off > 0, "nobody was put off");
    let report = stage.check().await?;
    let stood = if fell { "PostgreSQL went down and was started" } else { "PostgreSQL stood it" };
    Ok(Outcome::Held(format!(
        "noticed after {noticed} ms, callers put off {put_off} times, {stood}; {}",
        stage.figures(&report)
    )))
}

/// A disk in memory, gone when this is dropped.
struct Disk(PathBuf);

impl Disk {
    fn mount(place: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(place)?;
        fs::set_permissions(place, Permissions::from_mode(0o711))?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]).arg(place);
        let output = mount.stdin(Stdio::null()).output().context("there is no mount")?;
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        ensure!(output.status.success(), "{said}");
        Ok(Self(place.to_owned()))
    }

    /// To the last byte.
    fn fill(&self) -> anyhow::Result<PathBuf> {
        let path = self.0.join("filler");
        let mut file = File::create(&path)?;
        let mut piece = vec![0; 1 << 20];
        while !piece.is_empty() {
            if file.write_all(&piece).is_err() {
                piece.truncate(piece.len() / 2);
            }
        }
        Ok(path)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("--lazy").arg(&self.0).status();
        if unmounted.is_ok_and(|status| status.success())
            && let Some(root) = self.0.parent()
        {
            // What the folder's owner could not remove while the disk was in it.
            let _removed = fs::remove_dir_all(root);
        }
    }
}

//! Embeds every file of `migrations/`, so that a new migration is one file and no other line.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// `V<number>__<verb>_<object>.sql`
fn number_of(name: &str) -> Option<u32> {
    let (number, rest) = name.strip_prefix('V')?.split_once("__")?;
    let words = rest.strip_suffix(".sql")?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (words.contains('_') && words.chars().all(plain)).then(|| number.parse().ok()).flatten()
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut migrations = BTreeMap::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if name.starts_with('.') {
            continue;
        }
        let number = number_of(&name)
            .ok_or_else(|| format!("{name} is not called V<number>__<verb>_<object>.sql"))?;
        println!("cargo::rerun-if-changed={}", path.display());
        if let Some((other, _)) = migrations.insert(number, (name.clone(), path)) {
            return Err(format!("{other} and {name} have the same number").into());
        }
    }
    let mut code = String::from("&[\n");
    for (name, path) in migrations.values() {
        let stem = name.trim_end_matches(".sql");
        code.push_str(&format!("    ({stem:?}, include_str!({path:?})),\n"));
    }
    code.push_str("]\n");
    #[expect(clippy::disallowed_methods, reason = "cargo tells a build script its folder so")]
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("migrations.rs"), code)?;
    Ok(())
}

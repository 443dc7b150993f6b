//! `CORS_ORIGINS`, `STRICT_CORS`, `ADMIN_IP_ALLOWLIST_CIDRS`: from where somebody may come in.

use std::str::FromStr;

use api::{Doors, Origin};

use super::reader::Reader;
use super::words::AppEnv;

/// Reads and checks them.
pub(super) fn read(read: &mut Reader<'_>, app_env: AppEnv) -> Doors {
    let origins = list(read, "CORS_ORIGINS", "origins such as https://desk.example.org, or *");
    let strict = read.switch("STRICT_CORS", false);
    if strict && app_env == AppEnv::Prod {
        if origins.is_empty() {
            read.problem("CORS_ORIGINS", "STRICT_CORS=true wants every origin named");
        } else if origins.contains(&Origin::Any) {
            read.problem("CORS_ORIGINS", "STRICT_CORS=true does not accept *");
        }
    }
    let expected = "networks such as 10.0.0.0/8,2001:db8::/32";
    Doors { origins, admin_networks: list(read, "ADMIN_IP_ALLOWLIST_CIDRS", expected) }
}

/// Values between commas. One that cannot be read must not leave a door open that should be shut.
fn list<T: FromStr>(read: &mut Reader<'_>, name: &'static str, expected: &str) -> Vec<T> {
    let text: Option<String> = read.optional(name, expected);
    let parts = text.as_deref().unwrap_or_default().split(',').map(str::trim);
    let read_part = |part: &str| part.parse().ok();
    let parts = parts.filter(|part| !part.is_empty()).map(read_part);
    match parts.collect::<Option<Vec<T>>>() {
        Some(values) => values,
        None => {
            read.problem(name, format!("{expected} are expected"));
            Vec::new()
        }
    }
}

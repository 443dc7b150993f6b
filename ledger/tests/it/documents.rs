//! What the documents name must be there.

use std::path::Path;

/// Words in backticks that look like a path of this repository.
fn named_paths(text: &str) -> Vec<&str> {
    let folders = [
        "adapters/",
        "api/",
        "benches/",
        "cluster/",
        "daybook/",
        "deploy/",
        "ledger/",
        "projections/",
        "schema/",
        ".deny.toml",
        ".clippy.toml",
    ];
    let inside = text.split('`').skip(1).step_by(2);
    inside.filter(|word| folders.iter().any(|folder| word.starts_with(folder))).collect()
}

#[test]
fn every_path_that_the_documents_name_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for document in ["ARCHITECTURE.md", "README.md"] {
        let text = std::fs::read_to_string(root.join(document)).unwrap();
        let paths = named_paths(&text);
        assert!(!paths.is_empty(), "{document} names something");
        for path in paths {
            assert!(root.join(path).exists(), "{document} names {path}, which is not there");
        }
    }
}

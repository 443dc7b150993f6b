//! A provider's statement beside the books, from the command line.

use std::fs;

use super::support::Home;

const HEADER: &str = "id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Available On (UTC)\n";

#[test]
fn a_statement_is_reconciled_and_its_exit_code_says_whether_all_agrees() {
    let home = Home::new();
    let org = home.create_org();
    let path = home.file("statement.csv");
    let reconcile = |text: &str, more: &[&str]| {
        fs::write(&path, format!("{HEADER}{text}")).unwrap();
        let file = path.to_str().unwrap();
        let mut arguments = vec!["reconcile", "--org", &org, "--provider", "stripe", file];
        arguments.extend(more);
        home.attempt(&arguments)
    };
    let (code, said) = reconcile("", &[]);
    assert_eq!(code, 0, "{said}");

    let stranger = "txn_1,charge,ch_1,10.00,0.59,9.41,usd,2026-09-01 14:03,2026-09-03 00:00\n";
    let (code, said) = reconcile(stranger, &["--dry-run"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("1 missing_here") && said.contains("0 raised"), "{said}");
    let (code, said) = reconcile(stranger, &[]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("1 raised") && said.contains("theirs 10.00 USD"), "{said}");
    let (_, said) = reconcile(stranger, &[]);
    assert!(said.contains("0 raised, 0 reopened, 1 known"), "{said}");
    // The fee is ours whoever paid; it is booked once, and the stranger is cleared by a
    // statement of these days that no longer has it.
    let (_, said) = reconcile(stranger, &["--book"]);
    assert!(said.contains("1 proposed, 1 booked"), "{said}");
    let (_, said) = reconcile(stranger, &["--book"]);
    assert!(said.contains("0 proposed, 0 booked"), "{said}");
    let (_, said) = reconcile("", &["--from", "2026-09-01", "--through", "2026-09-30"]);
    assert!(said.contains("1 cleared"), "{said}");

    let (code, said) = reconcile(&stranger.replace("10.00", "=1+1"), &[]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("line 2, column Amount: not an amount"), "{said}");
    let (code, said) = home.attempt(&["reconcile", "--org", &org, "--provider", "stripe", "none"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("cannot open none"), "{said}");
}

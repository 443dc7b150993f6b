//! What stands on a statement's paper.

use std::sync::{Arc, Mutex};

use daybook::jobs::{Ground, JobName, Post};
use ledger::documents::{InvoiceDocument, Issuer, Party, StatementDocument, Stationery};
use ledger::ports::documents::{Press, Unprintable};
use ledger::statement::Contacts;

use super::ground::{Shared, run};
use super::street::{Street, delegate, generate, seal, settle, two_ways};

/// Keeps what it is given to print.
#[derive(Default)]
struct Proofs(Mutex<Vec<StatementDocument>>);

impl Press for Proofs {
    fn invoice(&self, _: &InvoiceDocument) -> Result<Vec<u8>, Unprintable> {
        Ok(vec![])
    }

    fn statement(&self, document: &StatementDocument) -> Result<Vec<u8>, Unprintable> {
        self.0.lock().unwrap().push(document.clone());
        Ok(vec![])
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_bears_the_practice_with_its_address_and_the_patients_name() {
    let (shared, street) = (Shared::new().await, Arc::<Street>::default());
    let proofs = Arc::<Proofs>::default();
    let node = street.serves(shared.node().await);
    let address = vec!["1 Main St".to_owned(), "Portsmouth, NH 03801".to_owned()];
    let party = Party { name: "Billing House".to_owned(), address };
    let issuer = Issuer { party, contact: Some("603 555 0100".to_owned()) };
    let stationery = Stationery { issuer, press: proofs.clone() };
    let node = Ground { post: Post { stationery, ..node.post.clone() }, ..node };
    let org = shared.org(&node).await;
    delegate(&node, org).await;
    let known = two_ways(&node, org, 1).await;
    generate(&node, org, (1, 0), known).await;
    let name = Some(seal(&node, org, 2, ("contacts.name", "Jo")).await);
    let said = Contacts { name, ..two_ways(&node, org, 2).await };
    generate(&node, org, (2, 0), said).await;
    let stranger = two_ways(&node, org, 99).await;
    generate(&node, org, (99, 0), stranger).await;
    settle(&node, org).await;
    run(&node, JobName::OutboxDelivery).await.unwrap();
    let mut proofs = proofs.0.lock().unwrap().clone();
    proofs.sort_by(|one, other| one.number.cmp(&other.number));
    for proof in &proofs {
        let Issuer { party, contact } = &proof.practice;
        assert_eq!(party.name, "A Practice");
        assert_eq!(party.address, ["Billing House", "1 Main St", "Portsmouth, NH 03801"]);
        assert_eq!(contact.as_deref(), Some("603 555 0100"));
    }
    let patients: Vec<(&str, usize)> = proofs
        .iter()
        .map(|proof| (proof.patient.name.as_str(), proof.patient.address.len()))
        .collect();
    // The name stands in the window once, whoever wrote it.
    assert_eq!(patients, [("The one called patient-1", 2), ("Jo", 1), ("", 2)]);
}

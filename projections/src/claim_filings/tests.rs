//! A submission beside what the claim said.

use super::{ClaimFilings, Kind};
use crate::{
    engine::fold,
    testing::claims::{CLAIM, claim, drafted, submitted},
};

#[test]
fn each_content_and_each_submission_has_its_row() {
    let rows = fold::<ClaimFilings>(&claim(vec![drafted(), submitted()]));
    let (said, _) = &rows[&(CLAIM, 1)];
    assert_eq!((said.kind.0, said.charge_minor), (Kind::Content, 12_000));
    let text = String::from_utf8(said.content.clone().unwrap()).unwrap();
    assert!(text.contains("\"closed\""), "people stay sealed");
    let (sent, _) = &rows[&(CLAIM, 2)];
    assert_eq!((sent.kind.0, sent.submission), (Kind::Submission, Some(1)));
    assert_eq!(sent.control_interchange.as_deref(), Some("000000001"));
}

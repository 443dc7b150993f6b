//! In with a key, and what a key may see.

use super::chromium::Visitor;

pub(crate) async fn a_wrong_key_is_refused_and_a_right_one_lands_where_one_wanted_to_be(
    visitor: &Visitor<'_>,
) {
    visitor.open("/invoices?status=paid").await;
    assert!(visitor.path().await.starts_with("/console/sign-in?then="));
    visitor.picture("sign-in").await;
    visitor.fill("#key", "dbk_nobody_knows_this").await;
    visitor.click("main form button").await;
    visitor.wait("a refusal", async || visitor.text().await.contains("opens nothing here")).await;
    assert!(!visitor.source().await.contains("dbk_nobody"), "the key is not repeated");
    visitor.fill("#key", visitor.house.key("owner")).await;
    visitor.click("main form button").await;
    visitor
        .wait("the list", async || visitor.path().await == "/console/invoices?status=paid")
        .await;
    assert!(
        visitor
            .driver
            .get_all_cookies()
            .await
            .unwrap()
            .iter()
            .all(|cookie| { cookie.http_only == Some(true) && !cookie.value.contains("dbk_") })
    );
    let complaints = visitor.complaints().await;
    let expected = |line: &String| line.contains("/console/sign-in") && line.contains("401");
    assert!(complaints.iter().all(expected), "{complaints:?}");
}

pub(crate) async fn nothing_comes_from_elsewhere_and_nothing_fails_to_load(visitor: &Visitor<'_>) {
    for part in visitor.all("nav.parts a").await {
        let place = part.attr("href").await.unwrap().unwrap();
        assert!(place.starts_with("/console"), "{place}");
    }
    let parts = [
        "",
        "/reconcile",
        "/invoices",
        "/claims",
        "/statements",
        "/patients",
        "/books",
        "/queues",
        "/dead-letters",
        "/events",
        "/projections",
        "/proofs",
    ];
    for part in parts {
        visitor.open(part).await;
        assert_eq!(visitor.all("nav.parts a[aria-current]").await.len(), 1, "{part}");
        visitor.picture(&format!("part{}", part.replace('/', "-"))).await;
        let complaints = visitor.complaints().await;
        assert!(complaints.is_empty(), "{part}: {complaints:?}");
    }
}

pub(crate) async fn a_viewer_sees_no_names(visitor: &Visitor<'_>) {
    let patients = visitor.house.api("GET", "/v1/billing/patients?limit=200", "");
    let names: Vec<&str> = patients["patients"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|patient| patient["name"].as_str())
        .collect();
    assert!(names.len() > 3);
    visitor.sign_in("viewer").await;
    assert!(visitor.text().await.contains("names masked"));
    visitor.open("/patients").await;
    visitor.picture("patients-masked").await;
    let page = visitor.source().await;
    assert!(page.contains("anon_"));
    for name in names {
        assert!(!page.contains(name), "a viewer reads {name}");
    }
    visitor.open("/statements").await;
    assert!(visitor.text().await.contains("403"), "statements are the founder's");
}

//! The same without script: links and forms.

use super::chromium::Visitor;

pub(crate) async fn everything_works_without_script(visitor: &Visitor<'_>) {
    visitor.sign_in("finance").await;
    assert!(!visitor.find("[data-theme-toggle]").await.is_displayed().await.unwrap());
    visitor.open("/invoices").await;
    // The filter is a form, the list a table of links.
    visitor.click("select[name=status] option[value=paid]").await;
    visitor.click("form.filters button").await;
    visitor.wait("filtered", async || visitor.path().await.contains("status=paid")).await;
    visitor.click("tbody tr a").await;
    visitor
        .wait("an invoice", async || visitor.path().await.starts_with("/console/invoices/"))
        .await;
    // The moment is a form, too.
    let first = visitor.find(".timeline li a[href^='/console/events/']").await;
    let position = first.text().await.unwrap();
    visitor.fill("#moment-position", &position).await;
    visitor.click("[data-moment] button").await;
    let asked = format!("as_of_position={position}");
    visitor.wait("the past", async || visitor.path().await.contains(&asked)).await;
    assert!(visitor.text().await.contains("What was known at position"));
    // A figure is explained by a link.
    visitor.click("dd a.fig").await;
    visitor.wait("why", async || visitor.path().await.starts_with("/console/explain")).await;
    assert!(visitor.path().await.contains(&asked), "as of the same moment");
    // Out again.
    visitor.click("form[action='/console/sign-out'] button").await;
    visitor.wait("out", async || visitor.text().await.contains("You are signed out.")).await;
    visitor.open("/invoices").await;
    assert!(visitor.path().await.starts_with("/console/sign-in"));
}

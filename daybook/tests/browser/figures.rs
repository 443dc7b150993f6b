//! Figures: where they stand, what they are the sum of, and what they were.

use super::chromium::Visitor;

/// An amount as a page writes it, in minor units.
fn minor(text: &str) -> i64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let value: i64 = digits.parse().unwrap();
    if text.starts_with('\u{2212}') { -value } else { value }
}

pub(crate) async fn the_overview_plots_what_stands(visitor: &Visitor<'_>) {
    visitor.open("").await;
    for plot in
        ["Cash collected", "What is owed", "Invoices by status", "Events recorded", "read model"]
    {
        let found = visitor.all(&format!("svg.plot[aria-label*='{plot}']")).await;
        assert!(!found.is_empty(), "no plot of {plot}");
    }
    let ageing = visitor.house.api("GET", "/v1/admin/reports/ageing", "");
    let total = ageing["currencies"][0]["total_cents"].as_i64().unwrap();
    let owed = visitor.read("a.fig.big[href*='ageing']").await;
    assert_eq!(minor(&owed), total);
    visitor.picture("overview").await;
}

pub(crate) async fn a_figure_is_explained_by_the_events_it_is_the_sum_of(visitor: &Visitor<'_>) {
    visitor.open("").await;
    let figure = visitor.find("a.fig.big[href*='ageing']").await;
    let amount = minor(&figure.text().await.unwrap());
    figure.click().await.unwrap();
    visitor.wait("the tree", async || visitor.path().await.starts_with("/console/explain")).await;
    let rows = visitor.all(".tree > li > details > summary > .number").await;
    let rest = visitor.all(".tree > li.leaf > .number").await;
    let mut sum = 0;
    for row in rows.iter().chain(&rest) {
        sum += minor(&row.text().await.unwrap());
    }
    assert_eq!(sum, amount, "the rows are the figure");
    let first = visitor.find(".tree > li > details").await;
    let whole = minor(&visitor.read(".tree > li > details > summary > .number").await);
    let mut events = 0;
    let leaves = "ul ul > li > details > summary > .number, ul ul > li.leaf > .number";
    for leaf in first.find_all(thirtyfour::By::Css(leaves)).await.unwrap() {
        events += minor(&leaf.text().await.unwrap());
    }
    assert_eq!(events, whole, "the events are the row");
    visitor.picture("explain").await;
    visitor.click(".tree ul > li > details > summary").await;
    assert!(visitor.text().await.contains("Debit"), "the journal entry is shown");
    visitor.click(".tree ul a[href^='/console/events/']").await;
    visitor.wait("the event", async || visitor.path().await.starts_with("/console/events/")).await;
    visitor.picture("event").await;
}

/// An invoice that was paid: its page.
async fn paid_invoice(visitor: &Visitor<'_>) -> String {
    visitor.open("/invoices?status=paid&type=one_off").await;
    visitor.attribute("tbody tr a", "href").await
}

pub(crate) async fn an_invoice_is_seen_as_it_was(visitor: &Visitor<'_>) {
    let invoice = paid_invoice(visitor).await;
    let path = invoice.strip_prefix("/console").unwrap();
    visitor.open(path).await;
    visitor.picture("invoice").await;
    assert_eq!(visitor.read(".title .chip").await, "paid");
    // The arrow goes back event by event, until it was not yet paid.
    for _ in 0..20 {
        if visitor.read(".title .chip").await != "paid" {
            break;
        }
        visitor.click("a.step[rel=prev]").await;
    }
    assert_eq!(visitor.read(".title .chip").await, "sent");
    assert!(visitor.text().await.contains("What was known at position"));
    assert!(!visitor.all(".timeline li.later").await.is_empty(), "what came later is pale");
    visitor.picture("invoice-past").await;
    // The slider to the very beginning: it was not there.
    let slide = "const range = document.querySelector('[data-moment-range]'); range.value = 1;\
        range.dispatchEvent(new Event('input')); range.dispatchEvent(new Event('change'));";
    visitor.driver.execute(slide, vec![]).await.unwrap();
    visitor.wait("the past", async || visitor.text().await.contains("Not yet")).await;
    visitor.click("a.button").await;
    visitor.wait("now", async || visitor.path().await == invoice).await;
    visitor.complaints().await;
}

pub(crate) async fn every_kind_of_thing_has_its_page(visitor: &Visitor<'_>) {
    for part in ["claims", "statements", "patients"] {
        visitor.open(&format!("/{part}")).await;
        visitor.click(&format!("tbody tr a[href^='/console/{part}/']")).await;
        let below = format!("/console/{part}/");
        visitor.wait(part, async || visitor.path().await.starts_with(&below)).await;
        assert!(!visitor.all(".timeline li").await.is_empty(), "{part} has a timeline");
        visitor.picture(part).await;
        assert!(visitor.complaints().await.is_empty());
    }
}

pub(crate) async fn the_keyboard_is_enough(visitor: &Visitor<'_>) {
    visitor.open("").await;
    let page = visitor.find("body").await;
    page.send_keys("g").await.unwrap();
    page.send_keys("i").await.unwrap();
    visitor.wait("invoices", async || visitor.path().await == "/console/invoices").await;
    visitor.find("body").await.send_keys("j").await.unwrap();
    let focused = visitor.driver.active_element().await.unwrap();
    let number = focused.text().await.unwrap();
    assert!(focused.attr("href").await.unwrap().unwrap().starts_with("/console/invoices/"));
    focused.send_keys(thirtyfour::Key::Enter + "").await.unwrap();
    visitor
        .wait("the invoice", async || visitor.path().await.starts_with("/console/invoices/"))
        .await;
    // Numbers are found from everywhere.
    if number.starts_with("INV-") {
        visitor.open("").await;
        visitor.find("body").await.send_keys("/").await.unwrap();
        let field = visitor.driver.active_element().await.unwrap();
        field.send_keys(number.clone() + thirtyfour::Key::Enter).await.unwrap();
        visitor
            .wait("found", async || visitor.path().await.starts_with("/console/invoices/"))
            .await;
        assert!(visitor.text().await.contains(&number));
    }
}

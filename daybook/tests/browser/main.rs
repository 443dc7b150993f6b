//! The console, driven in headless Chromium as people drive it.
//!
//! Pictures of every stop are left in `target/tmp/console`, to be looked at.

#![cfg(test)]

mod chromium;
mod figures;
mod house;
mod signing_in;
#[path = "../it/support.rs"]
#[expect(dead_code, reason = "shared with the other tests, which use all of it")]
mod support;
mod without_script;
mod work;

use chromium::Chromium;
use house::House;

/// One house for all walks: its history takes longer to write than to look at.
#[tokio::test(flavor = "multi_thread")]
async fn people_find_explain_and_repair_figures_in_the_console() {
    let house = House::open();
    let chromium = Chromium::start();

    let owner = chromium.visitor(&house, true).await;
    signing_in::a_wrong_key_is_refused_and_a_right_one_lands_where_one_wanted_to_be(&owner).await;
    signing_in::nothing_comes_from_elsewhere_and_nothing_fails_to_load(&owner).await;
    figures::the_overview_plots_what_stands(&owner).await;
    figures::a_figure_is_explained_by_the_events_it_is_the_sum_of(&owner).await;
    figures::an_invoice_is_seen_as_it_was(&owner).await;
    figures::every_kind_of_thing_has_its_page(&owner).await;
    figures::the_keyboard_is_enough(&owner).await;
    work::a_mismatch_is_repaired_with_one_click_and_shows_before_and_after(&owner).await;
    work::events_appear_as_they_are_recorded(&owner).await;
    work::a_model_is_rebuilt_and_compared(&owner).await;
    work::a_proof_bundle_is_downloaded_and_verifies_without_us(&owner).await;
    owner.pictured_dark().await;
    owner.leave().await;

    let viewer = chromium.visitor(&house, true).await;
    signing_in::a_viewer_sees_no_names(&viewer).await;
    viewer.leave().await;

    let plain = chromium.visitor(&house, false).await;
    without_script::everything_works_without_script(&plain).await;
    plain.leave().await;
}

//! A little of `make torture`: a few kills of each kind, and the checker's proof of itself.

use std::path::Path;

use torture::damage::prove;
use torture::dice::Dice;
use torture::ground::Ground;
use torture::service::Service;
use torture::storm::{Plan, clients, storm};

const SEED: u64 = 20_261_121;

#[tokio::test(flavor = "multi_thread")]
async fn kills_lose_nothing_and_double_nothing_and_the_checker_would_have_seen_it() {
    let program = Path::new(env!("CARGO_BIN_EXE_daybook"));
    let mut ground = Ground::new(program, &[]).await.unwrap();
    let books = ground.books("killed").await.unwrap();
    let mut services = vec![
        Service::start(&books, "one", None).await.unwrap(),
        Service::start(&books, "two", None).await.unwrap(),
    ];
    let clients = clients(&services, 3).await.unwrap();
    let plan = Plan { kills: 6, check_every: 6, longest_pause: 400, workers: 3, pace: 40 };
    let mut dice = Dice::new(SEED);
    let stormed =
        storm(&mut ground, &books, &mut services, &clients, &mut dice, plan).await.unwrap();
    assert!(stormed.last.acknowledged > 50, "{stormed:?}");
    for service in &mut services {
        assert_eq!(service.stop().await.unwrap(), Some(0));
    }
    let noted = clients.notes.copy();
    let damages = prove(&ground, &books, &noted, &stormed.last.heads).await.unwrap();
    assert!(damages > 15);
}

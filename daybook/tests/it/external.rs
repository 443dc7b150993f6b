//! Somebody's PostgreSQL: the owner migrates, the service uses three roles.

use cluster::{Cluster, ClusterOptions};

use super::support::{Home, attempt};

#[test]
fn the_owner_migrates_and_the_service_does_without_the_owner() {
    let home = Home::new();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let options = ClusterOptions { durable: false, ..ClusterOptions::new(home.file("pg")) };
    let cluster = runtime.block_on(Cluster::start(options)).unwrap();
    let connection = cluster.connection();
    let owner = connection.url("postgres");
    let role = |name: &str| connection.as_role(format!("daybook_{name}"), name).url("postgres");

    let mut list = home.command(&["org", "list"]);
    let service = list
        .env("DAYBOOK_APP_DATABASE_URL", role("app"))
        .env("DAYBOOK_WRITER_DATABASE_URL", role("writer"))
        .env("DAYBOOK_RELAY_DATABASE_URL", role("relay"));
    let (code, said) = attempt(service);
    assert_eq!(code, 1);
    assert!(said.contains("cannot connect to database postgres as daybook_app"), "{said}");

    let mut migrate = home.command(&["migrate"]);
    let (code, said) = attempt(
        migrate
            .env("DATABASE_URL", &owner)
            .env("DAYBOOK_ROLE_PASSWORD_APP", "app")
            .env("DAYBOOK_ROLE_PASSWORD_WRITER", "writer")
            .env("DAYBOOK_ROLE_PASSWORD_RELAY", "relay"),
    );
    assert_eq!(code, 0, "{said}");
    let (code, said) = attempt(service);
    assert_eq!(code, 0, "{said}");

    let (code, said) = attempt(home.command(&["serve"]).env("DATABASE_URL", &owner));
    assert_eq!(code, 1);
    assert!(said.contains("DATABASE_URL is the owner's address"), "{said}");
    runtime.block_on(cluster.stop()).unwrap();
}

//! An export on its way to a webhook, from the job to the other side's answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use serde_json::Value;

use super::support::{Home, Server, wait_until, word_after};

/// What the other side heard: its headers in lower case, and the file.
type Heard = (Vec<String>, String);

/// A server that answers with these in turn, and for ever with the last: its port, what it heard.
fn books(answers: &'static [&'static str]) -> (u16, Receiver<Heard>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, heard) = channel();
    thread::spawn(move || {
        for (place, stream) in (0_usize..).zip(listener.incoming()) {
            let answer = answers[place.min(answers.len() - 1)];
            let Ok(listened) = hear(stream.unwrap(), answer) else { continue };
            if tell.send(listened).is_err() {
                return;
            }
        }
    });
    (port, heard)
}

fn hear(stream: TcpStream, answer: &str) -> std::io::Result<Heard> {
    let mut reader = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim_end().is_empty() {
            break;
        }
        head.push(line.trim_end().to_lowercase());
    }
    let length = head.iter().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body)?;
    write!(
        reader.get_mut(),
        "HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    )?;
    Ok((head, String::from_utf8(body).unwrap()))
}

fn settings(port: u16) -> [(&'static str, String); 4] {
    [
        ("EXPORT_MODE", "webhook".to_owned()),
        ("EXPORT_WEBHOOK_URL", format!("http://127.0.0.1:{port}/in")),
        ("EXPORT_BASE_BACKOFF_SECONDS", "1".to_owned()),
        ("EXPORT_MAX_ATTEMPTS", "2".to_owned()),
    ]
}

fn run_job(home: &Home, port: u16, job: &str) {
    let mut command = home.command(&["jobs", "run", "--job", job]);
    let output = command.envs(settings(port)).output().unwrap();
    assert!(output.status.success(), "{job}: {}", String::from_utf8_lossy(&output.stderr));
}

fn get(server: &Server, key: &str, path: &str) -> Value {
    serde_json::from_str(&server.answer("GET", path, key, "")).unwrap()
}

fn status(server: &Server, key: &str) -> String {
    let kept = get(server, key, "/v1/admin/exports");
    kept["exports"][0]["status"].as_str().unwrap_or_default().to_owned()
}

fn practice(home: &Home) -> String {
    let org = ["org", "create", "--name", "Books", "--time-zone", "UTC", "--currency", "USD"];
    word_after(&home.run(&org), "owner_key")
}

#[test]
fn last_months_accounts_reach_the_webhook_once_and_the_export_says_so() {
    let home = Home::new();
    let key = practice(&home);
    let (port, heard) = books(&["503 Busy", "204 Taken"]);
    let server = home.serve_with(&[("DAYBOOK_SCHEDULER", "false")]);
    for _ in 0..2 {
        run_job(&home, port, "accounting-export");
    }
    assert_eq!(status(&server, &key), "awaiting_delivery");
    run_job(&home, port, "outbox-delivery");
    assert_eq!(status(&server, &key), "awaiting_delivery", "it was refused for now");
    let (refused, file) = heard.recv().unwrap();
    wait_until("the webhook has taken it", || {
        run_job(&home, port, "outbox-delivery");
        status(&server, &key) == "delivered"
    });
    let (taken, again) = heard.recv().unwrap();
    let mark = |head: &[String]| {
        head.iter().find(|line| line.starts_with("idempotency-key: ")).cloned().unwrap()
    };
    assert_eq!((mark(&refused), &file), (mark(&taken), &again), "the same, under the same key");
    assert!(file.starts_with("invoice_number,"), "{file}");
    run_job(&home, port, "outbox-delivery");
    assert!(heard.try_recv().is_err(), "once is enough");
    assert_eq!(get(&server, &key, "/v1/admin/exports")["exports"].as_array().unwrap().len(), 1);
}

#[test]
fn an_export_that_nobody_takes_is_a_dead_letter_that_can_be_replayed() {
    let home = Home::new();
    let key = practice(&home);
    let (port, heard) = books(&["503 Busy", "503 Busy", "204 Taken"]);
    let server = home.serve_with(&[("DAYBOOK_SCHEDULER", "false")]);
    run_job(&home, port, "accounting-export");
    wait_until("its attempts are used up", || {
        run_job(&home, port, "outbox-delivery");
        status(&server, &key) == "dead"
    });
    assert_eq!(heard.try_iter().count(), 2);
    let dead = get(&server, &key, "/v1/admin/export-dead-letter");
    assert_eq!(dead["messages"][0]["last_error"], "http:503");
    let id = dead["messages"][0]["id"].as_str().unwrap();
    server.answer("POST", &format!("/v1/admin/export-dead-letter/{id}/replay"), &key, "{}");
    run_job(&home, port, "outbox-delivery");
    assert_eq!(status(&server, &key), "delivered");
}

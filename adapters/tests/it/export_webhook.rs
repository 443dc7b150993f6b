//! Exports handed over to a real server.

use adapters::exports::{ExportWebhook, Target, WebhookTrust};
use hmac::{Hmac, KeyInit, Mac};
use ledger::{
    ports::{
        exports::{ExportReceiver, Parcel},
        mail::Undelivered,
    },
    values::OrgId,
};
use sha2::Sha256;
use time::OffsetDateTime;
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
    task::JoinHandle,
};
use uuid::Uuid;

use crate::tls::acceptor;

const SECRET: &str = "a secret that both sides know, 32+";

/// What a server heard: the lines before the body, and the body.
type Heard = (Vec<String>, Vec<u8>);

fn parcel() -> Parcel {
    Parcel {
        id: Uuid::from_u128(7),
        org: OrgId(Uuid::from_u128(1)),
        file_name: "accounting-2026-10.csv".to_owned(),
        media_type: "text/csv; charset=utf-8; header=present",
        bytes: b"invoice_number\r\nINV-1\r\n".to_vec(),
        sha256: vec![1; 32],
    }
}

async fn answer<S: AsyncRead + AsyncWrite + Unpin>(stream: S, answer: String) -> Heard {
    let (mut stream, mut head) = (BufReader::new(stream), Vec::new());
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        if line.trim_end().is_empty() {
            break;
        }
        head.push(line.trim_end().to_owned());
    }
    let length = head
        .iter()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).await.unwrap();
    let answer = format!("HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    stream.write_all(answer.as_bytes()).await.unwrap();
    stream.flush().await.unwrap();
    let _ = stream.shutdown().await;
    (head, body)
}

async fn listening() -> (TcpListener, u16) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

async fn server(status: &'static str) -> (u16, JoinHandle<Heard>) {
    let (listener, port) = listening().await;
    let heard = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        answer(stream, status.to_owned()).await
    });
    (port, heard)
}

async fn hand_over(url: &str, trust: WebhookTrust) -> Result<(), Undelivered> {
    let target = Target::read(url, &[]).unwrap();
    let webhook = ExportWebhook::new(target, Some(SECRET.to_owned()), trust).unwrap();
    webhook.hand_over(&parcel(), OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(99)).await
}

#[tokio::test]
async fn a_file_arrives_whole_signed_and_under_the_same_key_each_time() {
    let (port, heard) = server("204 No Content").await;
    let url = format!("http://127.0.0.1:{port}/in?book=1");
    assert_eq!(hand_over(&url, WebhookTrust::Public).await, Ok(()));
    let (head, body) = heard.await.unwrap();
    assert_eq!(head[0], "POST /in?book=1 HTTP/1.1");
    assert_eq!(body, parcel().bytes);
    let header = |name: &str| {
        let line = head.iter().find(|line| line.starts_with(name));
        line.unwrap_or_else(|| panic!("{name} in {head:?}")).split_once(": ").unwrap().1.to_owned()
    };
    assert_eq!(header("idempotency-key"), parcel().id.to_string());
    assert_eq!(header("host"), format!("127.0.0.1:{port}"));
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(b"99.");
    mac.update(&body);
    let expected = data_encoding::HEXLOWER.encode(&mac.finalize().into_bytes());
    assert_eq!(header("daybook-signature"), format!("t=99,v1={expected}"));
}

#[tokio::test]
async fn what_a_server_says_decides_whether_it_is_tried_again() {
    for (status, expected) in [
        ("503 Busy", Err(Undelivered::NotNow("http:503".to_owned()))),
        ("429 Slow", Err(Undelivered::NotNow("http:429".to_owned()))),
        ("401 No", Err(Undelivered::Never("http:401".to_owned()))),
        ("200 OK", Ok(())),
    ] {
        let (port, _heard) = server(status).await;
        let url = format!("http://127.0.0.1:{port}/in");
        assert_eq!(hand_over(&url, WebhookTrust::Public).await, expected, "{status}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (elsewhere, there) = listening().await;
    let (listener, port) = listening().await;
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        answer(stream, format!("307 There\r\nlocation: http://127.0.0.1:{there}/secret")).await
    });
    let result = hand_over(&format!("http://127.0.0.1:{port}/in"), WebhookTrust::Public).await;
    assert_eq!(result, Err(Undelivered::Never("http:307".to_owned())));
    let nobody = std::time::Duration::ZERO;
    assert!(tokio::time::timeout(nobody, elsewhere.accept()).await.is_err());
}

#[tokio::test]
async fn a_server_is_believed_only_with_a_certificate_that_is_vouched_for() {
    let (tls, der) = acceptor();
    let target = |port| Target::read(&format!("https://localhost:{port}/in"), &[]).unwrap();
    for (trust, believed) in [(WebhookTrust::Only(der), true), (WebhookTrust::Public, false)] {
        let (listener, port) = listening().await;
        let tls = tls.clone();
        let served = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            match tls.accept(stream).await {
                Ok(stream) => Some(answer(stream, "200 OK".to_owned()).await),
                Err(_) => None,
            }
        });
        let webhook = ExportWebhook::new(target(port), None, trust).unwrap();
        let result = webhook.hand_over(&parcel(), OffsetDateTime::UNIX_EPOCH).await;
        assert_eq!(result.is_ok(), believed, "{result:?}");
        assert_eq!(served.await.unwrap().is_some(), believed);
    }
}

//! SMTP on the wire: a server of our own, with TLS, that says what the test wants.

use adapters::mail::{Sender, Smtp, SmtpConfig};
use ledger::{
    correspondence::Letter,
    documents::Attachment,
    ports::mail::{Mailer, Undelivered},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;
use uuid::Uuid;

use crate::tls::{acceptor, pem};

/// What the server says.
#[derive(Clone, Copy)]
struct Script {
    /// To EHLO in the clear.
    offers_tls: bool,
    /// To RCPT.
    recipient: &'static str,
}

const GOOD: Script = Script { offers_tls: true, recipient: "250 ok" };

/// Everything the server heard: in the clear, and behind TLS.
type Heard = (Vec<String>, Vec<String>);

fn letter() -> Letter {
    Letter {
        to: "desk@told.example".to_owned(),
        subject: "Payment for invoice INV-1 did not go through".to_owned(),
        text: "Hello,\n\nplease look.\n".to_owned(),
        attachments: vec![Attachment { name: "INV-1.pdf".to_owned(), bytes: b"%PDF-1.7".to_vec() }],
    }
}

/// One conversation; ends at STARTTLS or with the connection.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    script: Script,
    secure: bool,
) -> (Vec<String>, Option<S>) {
    let (mut stream, mut heard, mut data) = (BufReader::new(stream), Vec::new(), false);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return (heard, None);
        }
        let line = line.trim_end().to_owned();
        heard.push(line.clone());
        if data {
            data = line != ".";
            if !data {
                stream.write_all(b"250 taken\r\n").await.unwrap();
            }
            continue;
        }
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" if script.offers_tls && !secure => "250-here\r\n250 STARTTLS",
            "EHLO" => "250-here\r\n250 8BITMIME",
            "STARTTLS" => "220 go on",
            "RCPT" => script.recipient,
            "DATA" => {
                data = true;
                "354 go on"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        if line == "STARTTLS" {
            return (heard, Some(stream.into_inner()));
        }
    }
}

/// A server for one connection; its port and what it heard.
async fn serve(script: Script, tls: TlsAcceptor) -> (u16, JoinHandle<Heard>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"220 here\r\n").await.unwrap();
        let (clear, stream) = talk(stream, script, false).await;
        let Some(stream) = stream else { return (clear, Vec::new()) };
        match tls.accept(stream).await {
            Ok(stream) => (clear, talk(stream, script, true).await.0),
            Err(_) => (clear, Vec::new()),
        }
    });
    (port, heard)
}

async fn send(port: u16, authority: Option<Vec<u8>>) -> Result<(), Undelivered> {
    let config = SmtpConfig { host: "localhost".to_owned(), port, credentials: None, authority };
    let sender = Sender::new("billing@daybook.example", Some("Daybook")).unwrap();
    let smtp = Smtp::new(config, sender).unwrap();
    // The connection is closed with it, so that the server's conversation ends.
    smtp.carry(Uuid::from_u128(7), &letter()).await
}

async fn told(script: Script) -> (Result<(), Undelivered>, Heard) {
    let (tls, der) = acceptor();
    let (port, heard) = serve(script, tls).await;
    let result = send(port, Some(pem(&der))).await;
    (result, heard.await.unwrap())
}

#[tokio::test]
async fn a_letter_and_its_file_arrive_and_nothing_of_them_is_said_in_the_clear() {
    let (result, (clear, secret)) = told(GOOD).await;
    assert_eq!(result, Ok(()));
    assert!(clear.iter().all(|line| line.starts_with("EHLO") || line == "STARTTLS"), "{clear:?}");
    let has = |words: &str| secret.iter().any(|line| line.contains(words));
    for words in [
        "MAIL FROM:<billing@daybook.example>",
        "RCPT TO:<desk@told.example>",
        "Message-ID: <00000000-0000-0000-0000-000000000007@daybook.example>",
        "application/pdf",
        "INV-1.pdf",
    ] {
        assert!(has(words), "{words}: {secret:?}");
    }
}

#[tokio::test]
async fn a_server_without_tls_hears_no_letter() {
    let (result, (clear, _)) = told(Script { offers_tls: false, ..GOOD }).await;
    assert!(matches!(result, Err(Undelivered::NotNow(_))), "{result:?}");
    assert!(!clear.iter().any(|line| line.contains("MAIL") || line.contains("desk@")), "{clear:?}");
}

#[tokio::test]
async fn a_server_that_somebody_else_vouches_for_hears_no_letter() {
    let (tls, _) = acceptor();
    let (_, other) = acceptor();
    let (port, heard) = serve(GOOD, tls).await;
    let result = send(port, Some(pem(&other))).await;
    assert!(matches!(result, Err(Undelivered::NotNow(_))), "{result:?}");
    let (_, secret) = heard.await.unwrap();
    assert_eq!(secret, Vec::<String>::new());
}

#[tokio::test]
async fn what_may_work_later_is_tried_again_and_what_never_will_is_not() {
    let (later, _) = told(Script { recipient: "451 desk@told.example is busy", ..GOOD }).await;
    assert_eq!(later, Err(Undelivered::NotNow("smtp:451".to_owned())));
    let (never, _) = told(Script { recipient: "550 no desk@told.example here", ..GOOD }).await;
    assert_eq!(never, Err(Undelivered::Never("smtp:550".to_owned())));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    assert!(matches!(send(port, None).await, Err(Undelivered::NotNow(_))));
}

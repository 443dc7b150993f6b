//! Between the writer and the database: a relay that cuts the line at the worst moments.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{UnixListener, UnixStream},
};
use tokio_postgres::{Config, config::Host};

/// What the relay did to appends.
#[derive(Debug, Default)]
pub(crate) struct Cuts {
    /// The database carried it out; the answer was lost.
    pub(crate) answers_lost: AtomicU32,
    /// The statement never arrived.
    pub(crate) statements_lost: AtomicU32,
    seen: AtomicU32,
}

/// A folder with the relay's socket, and the settings that lead through it.
pub(crate) struct Relay {
    pub(crate) config: Config,
    pub(crate) cuts: Arc<Cuts>,
    _folder: tempfile::TempDir,
}

/// Puts a relay before the database. Of three appends it loses one answer and one statement.
pub(crate) fn relay(config: &Config) -> Relay {
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let socket = match config.get_hosts() {
        [Host::Unix(folder), ..] => folder.join(format!(".s.PGSQL.{port}")),
        hosts => panic!("the tests' cluster listens on a socket, not on {hosts:?}"),
    };
    let folder = tempfile::tempdir().unwrap();
    let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).unwrap();
    let cuts = Arc::new(Cuts::default());
    let counted = Arc::clone(&cuts);
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(pass(client, socket.clone(), Arc::clone(&counted)));
        }
    });
    let mut through = Config::new();
    through.host_path(folder.path()).port(5432);
    through.user(config.get_user().unwrap()).password(config.get_password().unwrap());
    through.dbname(config.get_dbname().unwrap());
    Relay { config: through, cuts, _folder: folder }
}

async fn pass(mut client: UnixStream, socket: PathBuf, cuts: Arc<Cuts>) {
    let Ok(mut server) = UnixStream::connect(socket).await else { return };
    let (mut up, mut down) = (vec![0; 1 << 20], vec![0; 1 << 20]);
    // The name that this connection gave the append when it prepared it.
    let mut append = None;
    let mut lose_answer = false;
    loop {
        tokio::select! {
            read = client.read(&mut up) => {
                let Ok(count @ 1..) = read else { return };
                if up[..count].windows(18).any(|text| text == b"insert into events") {
                    append = Some(text_at(&up[..count], 5));
                }
                // Bind names the portal (empty), then the statement.
                let binds = up[0] == b'B' && append.as_deref() == Some(&text_at(&up[..count], 6));
                if binds {
                    match cuts.seen.fetch_add(1, Ordering::Relaxed) % 3 {
                        0 => lose_answer = true,
                        1 => {
                            cuts.statements_lost.fetch_add(1, Ordering::Relaxed);
                            return;
                        }
                        _ => {}
                    }
                }
                if server.write_all(&up[..count]).await.is_err() {
                    return;
                }
            }
            read = server.read(&mut down) => {
                let Ok(count @ 1..) = read else { return };
                if lose_answer {
                    cuts.answers_lost.fetch_add(1, Ordering::Relaxed);
                    return;
                }
                if client.write_all(&down[..count]).await.is_err() {
                    return;
                }
            }
        }
    }
}

/// The zero-terminated text at an offset of a protocol message.
fn text_at(message: &[u8], offset: usize) -> Vec<u8> {
    let text = message.iter().skip(offset).take_while(|byte| **byte != 0);
    text.copied().collect()
}

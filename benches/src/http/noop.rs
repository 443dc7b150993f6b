//! The same server with a handler that reads the body and answers.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::{App, HttpResponse, HttpServer, web};

use super::client::{self, Load, Requests};
use crate::{figures::Sample, options::Plan};

pub(super) async fn measure(plan: &Plan, clients: usize) -> anyhow::Result<Sample> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let server = HttpServer::new(|| App::new().route("/", web::post().to(nothing)))
        .workers(api::ApiLimits::default().workers)
        .disable_signals()
        .listen(listener)?
        .run();
    let handle = server.handle();
    let serving = tokio::spawn(server);
    let load = Load { address, clients, a_second: None, told: None };
    let measured = client::run(load, Arc::new(Same), plan).await;
    handle.stop(false).await;
    serving.await??;
    Ok(measured?.into())
}

async fn nothing(body: web::Bytes) -> HttpResponse {
    HttpResponse::Created().content_type("application/json").body(body)
}

/// The same request again and again.
struct Same;

impl Requests for Same {
    fn write(&self, _caller: u64, _asked: u64, into: &mut Vec<u8>) {
        into.extend_from_slice(
            b"POST / HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n\
              content-length: 17\r\n\r\n{\"amount\":\"2.00\"}",
        );
    }
}

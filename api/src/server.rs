//! The HTTP server.

use std::{future::Future, net::TcpListener, time::Duration};

use actix_web::{
    App, Error, HttpServer, ResponseError,
    body::BoxBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::from_fn,
    web::{self, Data, ServiceConfig},
};

use crate::{
    edge::edge,
    endpoint::register,
    error::{ApiError, Plain},
    state::AppState,
};

/// Every route, without the outermost layer.
pub fn configure(state: Data<AppState>, config: &mut ServiceConfig) {
    config
        .app_data(state)
        .app_data(
            web::PathConfig::default().error_handler(|_, _| ApiError::from(Plain::NotFound).into()),
        )
        .configure(register)
        .default_service(web::to(|| async { ApiError::from(Plain::NotFound).error_response() }));
}

/// The whole application, with the path rule outermost, and what else is served beside it.
pub fn app(
    state: Data<AppState>,
    beside: impl FnOnce(&mut ServiceConfig),
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(state.clone())
        .configure(beside)
        .configure(|config| configure(state, config))
        .wrap(from_fn(edge))
}

/// Serves, with what `beside` adds in every worker, until `shutdown` is ready; then lets what is
/// under way finish.
///
/// # Errors
///
/// [`std::io::Error`] if the listener cannot be used or a worker breaks down.
pub async fn serve(
    state: Data<AppState>,
    listener: TcpListener,
    beside: impl Fn(&mut ServiceConfig) + Clone + Send + 'static,
    shutdown: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let limits = state.limits.clone();
    let stopping = state.clone();
    let server = HttpServer::new(move || app(state.clone(), beside.clone()))
        .workers(limits.workers)
        .max_connections(limits.connections)
        .client_request_timeout(Duration::from_secs(10))
        .keep_alive(Duration::from_secs(75))
        .shutdown_timeout(10)
        .disable_signals()
        .listen(listener)?
        .run();
    let handle = server.handle();
    let mut running = std::pin::pin!(server);
    let mut shutdown = std::pin::pin!(shutdown);
    tokio::select! {
        ended = &mut running => return ended,
        () = &mut shutdown => {}
    }
    // Streams end by themselves once they hear of it; everything else is answered first.
    stopping.stopping.send_replace(true);
    let (ended, ()) = tokio::join!(running, handle.stop(true));
    ended
}

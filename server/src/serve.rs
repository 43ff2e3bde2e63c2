//! Opens the store, listens, and stops without losing anything.

mod vanished;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::ctx::now;
use axum::Router;
use axum::extract::{ConnectInfo, Request};
use domain::auth::{Actor, Role};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use store::{Ctx, Store};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinHandle;
use tower::ServiceExt;

use crate::config::Config;
use crate::deliver::Workers;
use crate::failure::Failure;
use crate::guard::outward::{Outward, provide_tls};
use crate::import::{runner, upload};
use crate::router::router;
use crate::seed;
use crate::shops::backfill;
use crate::state::AppState;

/// Connections at once, upgraded sockets left out.
const CONNECTIONS_MAX: usize = 10_000;
/// For a request's head; an idle connection ends as well.
const HEAD_TIME_MAX: Duration = Duration::from_secs(60);
/// For requests that are under way when the server stops.
const LAST_REQUESTS_TIME_MAX: Duration = Duration::from_secs(10);
/// For sockets to be told that the server stops.
const LAST_WORDS_TIME_MAX: Duration = Duration::from_secs(2);

/// A server at work.
pub struct Running {
    pub address: SocketAddr,
    pub state: AppState,
    stop: watch::Sender<bool>,
    accepting: JoinHandle<GracefulShutdown>,
    customer: JoinHandle<()>,
    /// Drives imports on.
    pub importer: JoinHandle<()>,
    workers: Workers,
    backfills: JoinHandle<()>,
}

pub async fn start(config: Config) -> Result<Running, Failure> {
    provide_tls();
    let store = Store::open(&config.store_options()).await?;
    if config.demo && store.is_empty().await? {
        tracing::info!("filling the demo shop; this takes some seconds");
        seed::seed(&store, seed::Size::default(), now()).await?;
    }
    let prepared = store.prepare_statuses(now()).await?;
    if prepared > 0 {
        tracing::info!(storefronts = prepared, "orders have statuses now");
    }
    let listener = TcpListener::bind(&config.listen_addr)
        .await
        .map_err(Failure::while_doing(&format!("listening on {}", config.listen_addr)))?;
    let address = listener.local_addr().map_err(Failure::while_doing("listening"))?;
    let public_url = config.public_url(Some(address));
    let customer = tokio::spawn(seed::customer::keep_ordering(store.clone()));
    upload::clear(&config.data_dir);
    let outward = Outward::new(config.webhooks_insecure);
    let backfills = tokio::spawn(backfill::runner::drive(store.clone(), outward));
    let state = AppState::start(config, store, &public_url);
    let workers = Workers::start(&state);
    let (stop, stopped) = watch::channel(false);
    let wake = state.server.imports.clone();
    let importer = tokio::spawn(runner::drive(state.store().clone(), wake, stopped.clone()));
    let accepting = tokio::spawn(accept(listener, router(state.clone()), stopped));
    Ok(Running { address, state, stop, accepting, customer, importer, backfills, workers })
}

impl Running {
    /// A one-time link for an owner who has no password yet, or for the owner of a demo shop, who needs none.
    pub async fn sign_in_link(&self) -> Result<Option<String>, Failure> {
        let store = self.state.store();
        let ctx = Ctx { actor: Actor::system(), now: now() };
        let users = store.users(&ctx).await?;
        let Some(owner) = users.iter().find(|user| user.role == Role::Owner) else { return Ok(None) };
        if !owner.invited && store.demo().await?.is_none() {
            return Ok(None);
        }
        let token = store.make_entrance(&ctx, owner.id).await?;
        Ok(Some(format!("{}/enter/{token}", self.state.server.public_url)))
    }

    /// No new connections; sockets are told to come again; requests under way end; queued commands are committed.
    pub async fn stop(self) {
        self.customer.abort();
        self.workers.stop();
        self.backfills.abort();
        let _ = self.stop.send(true);
        // It ends with the batch that it is at.
        let _ = tokio::time::timeout(LAST_REQUESTS_TIME_MAX, self.importer).await;
        let connections = self.accepting.await;
        self.state.hub.close();
        if let Ok(connections) = connections
            && tokio::time::timeout(LAST_REQUESTS_TIME_MAX, connections.shutdown()).await.is_err()
        {
            tracing::warn!("some requests were not finished in time");
        }
        // Until the sockets have got their last word.
        let _ = tokio::time::timeout(LAST_WORDS_TIME_MAX, self.state.hub.drained()).await;
        let _ = tokio::time::timeout(LAST_WORDS_TIME_MAX, self.state.hub.part()).await;
        self.state.store().close().await;
    }
}

/// Resolves when the operating system asks the process to stop.
pub async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(mut terminate), Ok(mut interrupt)) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        }
        (Err(error), _) | (_, Err(error)) => {
            tracing::error!(%error, "signals can't be heard; the server stops only by force");
            std::future::pending::<()>().await;
        }
    }
}

async fn accept(listener: TcpListener, router: Router, mut stopped: watch::Receiver<bool>) -> GracefulShutdown {
    let connections = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let next = async {
            // The semaphore is never closed.
            let place = places.clone().acquire_owned().await.ok();
            (place, listener.accept().await)
        };
        tokio::select! {
            (place, accepted) = next => match accepted {
                Ok((stream, address)) => connect(&connections, &router, (stream, address), place),
                Err(error) => {
                    // Out of file descriptors, mostly: some connection will end soon.
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            _ = stopped.changed() => return connections,
        }
    }
}

fn connect(
    connections: &GracefulShutdown,
    router: &Router,
    (stream, address): (TcpStream, SocketAddr),
    place: Option<OwnedSemaphorePermit>,
) {
    // Small live messages must not wait for company.
    let _ = stream.set_nodelay(true);
    vanished::notice(&stream);
    let service = router.clone().map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(address));
        request
    });
    let mut server = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new()).http1_only();
    server.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIME_MAX);
    let connection = server.serve_connection_with_upgrades(TokioIo::new(stream), TowerToHyperService::new(service));
    let watched = connections.watch(connection.into_owned());
    tokio::spawn(async move {
        // A client that goes away is no news.
        let _ = watched.await;
        drop(place);
    });
}

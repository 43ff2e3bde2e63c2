//! What every handler may ask for.

use std::sync::Arc;
use std::time::Duration;

use app::ctx::Server;
use axum::extract::FromRef;
use leptos::prelude::LeptosOptions;
use metrics_exporter_prometheus::PrometheusHandle;
use store::Store;

use crate::config::Config;
use crate::deliver::webhook::Sender;
use crate::guard::places::Places;
use crate::guard::rate::Rates;
use crate::guard::seats::Seats;
use crate::guard::setup::SetUp;
use crate::http::kept::KeptPages;
use crate::hub::Hub;
use crate::site::Site;
use crate::{figures, http};

/// One person's at once, going out and coming in.
const FILES_EACH_MAX: usize = 2;
const EXPORTS_MAX: usize = 16;
/// Each holds its place until its rows are in.
const UPLOADS_MAX: usize = 4;

#[derive(Clone)]
pub struct AppState {
    pub server: Server,
    pub hub: Arc<Hub>,
    pub leptos: LeptosOptions,
    pub config: Arc<Config>,
    pub metrics: PrometheusHandle,
    pub rates: Arc<Rates>,
    pub seats: Arc<Seats>,
    /// Lists that are handed out as files, and files that are taken in.
    pub exports: Arc<Places>,
    pub uploads: Arc<Places>,
    pub site: Site,
    pub set_up: SetUp,
    pub kept_pages: Option<Arc<KeptPages>>,
    pub webhooks: Sender,
}

impl AppState {
    /// Starts the hub; `public_url` is without a trailing slash.
    pub fn start(config: Config, store: Store, public_url: &str) -> Self {
        let config = Arc::new(config);
        let site = Site::new(&config.site_dir());
        let rates = Arc::new(Rates::new(config.trusted_proxies));
        let webhooks = Sender::new(store.clone(), &config);
        let server = Server {
            store: store.clone(),
            build: site.build_id(),
            public_url: public_url.into(),
            replay: http::hooks::replay(store.clone()),
            limiter: rates.limiter(),
            imports: Arc::default(),
            webhooks: webhooks.doors(),
        };
        let leptos = LeptosOptions::builder()
            .output_name("voronka")
            .site_root(config.site_dir().display().to_string())
            .site_pkg_dir("pkg")
            .build();
        let set_up = SetUp::new(store.clone());
        let one_node = !store.is_postgres();
        let hub = Hub::start(store, Duration::from_millis(config.presence_timeout_ms));
        Self {
            server,
            kept_pages: KeptPages::start(&hub, one_node),
            hub,
            leptos,
            metrics: figures::recorder(),
            rates,
            seats: Arc::default(),
            exports: Places::new(FILES_EACH_MAX, EXPORTS_MAX),
            uploads: Places::new(FILES_EACH_MAX, UPLOADS_MAX),
            site,
            set_up,
            webhooks,
            config,
        }
    }

    pub fn store(&self) -> &Store {
        &self.server.store
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

impl FromRef<AppState> for Server {
    fn from_ref(state: &AppState) -> Self {
        state.server.clone()
    }
}

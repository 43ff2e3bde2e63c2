//! What every handler may ask for.

use std::sync::Arc;

use app::ctx::Server;
use axum::extract::FromRef;
use leptos::prelude::LeptosOptions;
use metrics_exporter_prometheus::PrometheusHandle;
use store::Store;

use crate::config::Config;
use crate::deliver::webhook::Sender;
use crate::guard::rate::Rates;
use crate::guard::seats::Seats;
use crate::guard::setup::SetUp;
use crate::hub::Hub;
use crate::site::Site;
use crate::{figures, http};

#[derive(Clone)]
pub struct AppState {
    pub server: Server,
    pub hub: Arc<Hub>,
    pub leptos: LeptosOptions,
    pub config: Arc<Config>,
    pub metrics: PrometheusHandle,
    pub rates: Arc<Rates>,
    pub seats: Arc<Seats>,
    pub site: Site,
    pub set_up: SetUp,
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
            webhooks: webhooks.doors(),
        };
        let leptos = LeptosOptions::builder()
            .output_name("voronka")
            .site_root(config.site_dir().display().to_string())
            .site_pkg_dir("pkg")
            .build();
        let set_up = SetUp::new(store.clone());
        Self {
            server,
            hub: Hub::start(store),
            leptos,
            metrics: figures::recorder(),
            rates,
            seats: Arc::default(),
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

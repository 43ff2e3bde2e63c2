//! What can be set from outside: every setting is a flag and an environment variable of the same name.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

const PRESENCE_TIMEOUT_MS: u64 = 30_000;
const CARRIERS_WAIT_MS: u64 = 20_000;

#[derive(Clone, Args)]
pub struct Config {
    /// sqlite:path/to/file or postgres://user:password@host/name [default: sqlite:{DATA_DIR}/voronka.db]
    #[arg(long, env, global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// Where the database and whatever else must last is kept
    #[arg(long, env, global = true, default_value = "./data")]
    pub data_dir: PathBuf,
    #[arg(long, env, global = true, default_value = "127.0.0.1:3000")]
    pub listen_addr: String,
    /// Where people reach this server [default: http://{LISTEN_ADDR}]
    #[arg(long, env, global = true)]
    pub public_url: Option<String>,
    /// The shop's time zone: it says when a day begins
    #[arg(long, env, global = true, default_value = "Europe/Kyiv")]
    pub time_zone: String,
    /// How many proxies of yours stand in front; the client's address is so many places from the right of
    /// X-Forwarded-For
    #[arg(long, env, global = true, default_value_t = 0)]
    pub trusted_proxies: usize,
    /// What is logged, in the words of tracing's filters
    #[arg(long, env, global = true, default_value = "info,sqlx=warn")]
    pub log: String,
    #[arg(long, env, global = true, value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    /// Fill an empty database with the demo shop before serving
    #[arg(long, env, global = true, value_parser = clap::builder::FalseyValueParser::new(), action = clap::ArgAction::SetTrue)]
    pub demo: bool,
    /// The built site [default: `site` beside the executable, else target/site]
    #[arg(long, env, global = true)]
    pub site_dir: Option<PathBuf>,
    /// Who may read /metrics from afar, as a bearer token; without one only this machine may
    #[arg(long, env, global = true, hide_env_values = true)]
    pub metrics_token: Option<String>,
    /// PostgreSQL: a node that tells nothing for so long is forgotten, and who was on its boards with it. The same on
    /// every node
    #[arg(long, env, global = true, hide = true, default_value_t = PRESENCE_TIMEOUT_MS)]
    pub presence_timeout_ms: u64,
    /// For tests only: webhooks may go to http, to this machine and into its network
    #[arg(long, env, global = true, value_parser = clap::builder::FalseyValueParser::new(), action = clap::ArgAction::SetTrue)]
    pub webhooks_insecure: bool,
    /// For tests only: after how many ms a webhook's message that did not arrive is sent again, each time
    #[arg(long, env, global = true, hide = true, value_delimiter = ',')]
    pub webhooks_retry_ms: Vec<i64>,
    /// For tests only: how long a webhook's receiver may take
    #[arg(long, env, global = true, hide = true, default_value_t = 15_000)]
    pub webhooks_wait_ms: u64,
    /// For tests only: where every carrier answers, each under its own key, instead of at its own address
    #[arg(long, env, global = true, hide = true)]
    pub carriers_url: Option<String>,
    /// For tests only: how long a carrier may take
    #[arg(long, env, global = true, hide = true, default_value_t = CARRIERS_WAIT_MS)]
    pub carriers_wait_ms: u64,
    /// For tests only: after how many ms a carrier is asked again, whatever the reason
    #[arg(long, env, global = true, hide = true)]
    pub carriers_again_ms: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

impl Default for Config {
    /// As if nothing were set.
    fn default() -> Self {
        Self {
            database_url: None,
            data_dir: "./data".into(),
            listen_addr: "127.0.0.1:3000".into(),
            public_url: None,
            time_zone: "Europe/Kyiv".into(),
            trusted_proxies: 0,
            log: "info,sqlx=warn".into(),
            log_format: LogFormat::Text,
            demo: false,
            site_dir: None,
            metrics_token: None,
            presence_timeout_ms: PRESENCE_TIMEOUT_MS,
            webhooks_insecure: false,
            webhooks_retry_ms: Vec::new(),
            webhooks_wait_ms: 15_000,
            carriers_url: None,
            carriers_wait_ms: CARRIERS_WAIT_MS,
            carriers_again_ms: None,
        }
    }
}

impl Config {
    pub fn store_options(&self) -> store::Options {
        let url = filled(&self.database_url)
            .map_or_else(|| format!("sqlite:{}", self.data_dir.join("voronka.db").display()), str::to_owned);
        store::Options { time_zone: self.time_zone.clone(), ..store::Options::new(url) }
    }

    /// Without a trailing slash. `listening` is where the server really listens, once that is known.
    pub fn public_url(&self, listening: Option<std::net::SocketAddr>) -> String {
        match (filled(&self.public_url), listening) {
            (Some(url), _) => url.trim_end_matches('/').to_owned(),
            (None, Some(address)) if address.ip().is_unspecified() => format!("http://127.0.0.1:{}", address.port()),
            (None, Some(address)) => format!("http://{address}"),
            (None, None) => format!("http://{}", self.listen_addr),
        }
    }

    pub fn site_dir(&self) -> PathBuf {
        if let Some(site) = &self.site_dir {
            return site.clone();
        }
        let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("site")));
        match beside.filter(|site| site.is_dir()) {
            Some(site) => site,
            // cargo-leptos says where it has just built.
            None => std::env::var_os("LEPTOS_SITE_ROOT").map_or_else(|| Path::new("target/site").into(), PathBuf::from),
        }
    }
}

/// A variable that is set to nothing is not set.
fn filled(setting: &Option<String>) -> Option<&str> {
    setting.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

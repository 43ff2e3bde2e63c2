//! What /metrics tells. Whoever counts uses these names.

use std::sync::OnceLock;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Answered requests, by `class` of route and `status`.
pub const REQUESTS: &str = "voronka_requests_total";
/// Seconds until a response began, by `class` of route.
pub const REQUEST_SECONDS: &str = "voronka_request_seconds";
/// Commands that came through a door: posts of the site, the API and the hooks, by `class` and `outcome`.
pub const COMMANDS: &str = "voronka_commands_total";
/// Open sockets.
pub const SOCKETS: &str = "voronka_sockets";
/// The last event in the log.
pub const LOG_SEQ: &str = "voronka_log_seq";
/// The last event that the hub has handed out.
pub const HUB_SEQ: &str = "voronka_hub_seq";
/// From an event to its sending over the sockets.
pub const LIVE_LAG_SECONDS: &str = "voronka_live_lag_seconds";
/// Requests refused for coming too often, by `class`.
pub const LIMITED: &str = "voronka_limited_total";

/// The recorder of this process; a process has one, however many servers its tests start.
pub fn recorder() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(install).clone()
}

fn install() -> PrometheusHandle {
    let seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
    let builder = PrometheusBuilder::new();
    let bucketed = builder
        .set_buckets_for_metric(Matcher::Full(REQUEST_SECONDS.into()), &seconds)
        .and_then(|builder| builder.set_buckets_for_metric(Matcher::Full(LIVE_LAG_SECONDS.into()), &seconds));
    let recorder = bucketed.unwrap_or_else(|_| PrometheusBuilder::new()).build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_err() {
        tracing::warn!("another metrics recorder was installed first; /metrics will stay empty");
    }
    metrics::describe_counter!(REQUESTS, "Answered requests by class of route and status");
    metrics::describe_histogram!(REQUEST_SECONDS, metrics::Unit::Seconds, "Time until a response began");
    metrics::describe_counter!(COMMANDS, "Commands that came through a door");
    metrics::describe_gauge!(SOCKETS, "Open sockets");
    metrics::describe_gauge!(LOG_SEQ, "The last event in the log");
    metrics::describe_gauge!(HUB_SEQ, "The last event that the hub has handed out");
    metrics::describe_histogram!(LIVE_LAG_SECONDS, metrics::Unit::Seconds, "From an event to its sending");
    metrics::describe_counter!(LIMITED, "Requests refused for coming too often");
    handle
}

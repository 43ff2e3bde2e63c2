//! What this server may be made to call. People of the shop say where webhooks go; without this guard they, or whoever
//! has their password, would see through the server into the network that it stands in.
//!
//! Names are looked up inside the connector and judged there, so that what was judged is what is connected to: a name
//! that answers differently the second time gains nothing. A name with one address that is not on the open internet is
//! refused whole.

use std::error::Error;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use domain::webhooks::{Schemes, UrlFault, checked_url};
use futures::future::BoxFuture;
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;

use super::public::is_public;

/// For a look-up while somebody waits for the answer.
const LOOK_UP_TIME_MAX: Duration = Duration::from_secs(5);

/// Who knows the addresses of names.
pub trait Names: Send + Sync {
    fn addresses(&self, host: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>>;
}

/// The operating system.
struct System;

impl Names for System {
    fn addresses(&self, host: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

#[derive(Clone)]
pub struct Outward {
    names: Arc<dyn Names>,
    /// For tests alone: http, and addresses of this machine and its network.
    insecure: bool,
}

/// The name leads to an address that is not on the open internet.
#[derive(Debug, thiserror::Error)]
#[error("the name leads into a private network")]
pub struct Forbidden;

impl Outward {
    pub fn new(insecure: bool) -> Self {
        Self::with_names(Arc::new(System), insecure)
    }

    pub fn with_names(names: Arc<dyn Names>, insecure: bool) -> Self {
        Self { names, insecure }
    }

    /// What the address says by itself. A connector does not look up an address in numbers, so it is judged here, in
    /// whatever notation it comes: parsing makes them one.
    pub fn parse(&self, url: &str) -> Result<Url, UrlFault> {
        let schemes = if self.insecure { Schemes::HttpToo } else { Schemes::Https };
        let url = Url::parse(&checked_url(url, schemes)?).map_err(|_| UrlFault::Malformed)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlFault::HasPassword);
        }
        let host = url.host_str().unwrap_or_default();
        let numbers = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        match numbers {
            Ok(address) if !self.admits(address) => Err(UrlFault::Private),
            Ok(_) | Err(_) => Ok(url),
        }
    }

    /// For whoever enters an address: what is wrong is told before anything is kept. It is asked again at every connect.
    pub async fn check(&self, url: &str) -> Result<(), UrlFault> {
        let url = self.parse(url)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        if host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok() {
            return Ok(());
        }
        let found = tokio::time::timeout(LOOK_UP_TIME_MAX, self.names.addresses(host)).await;
        match found {
            Ok(Ok(addresses)) if addresses.is_empty() => Err(UrlFault::UnknownHost),
            Ok(Ok(addresses)) if addresses.iter().all(|address| self.admits(*address)) => Ok(()),
            Ok(Ok(_)) => Err(UrlFault::Private),
            Ok(Err(_)) | Err(_) => Err(UrlFault::UnknownHost),
        }
    }

    /// Connects to what is admitted and nowhere else: no proxy, no redirect, and every connection is judged anew.
    pub fn client(&self, time_max: Duration) -> Result<reqwest::Client, reqwest::Error> {
        provide_tls();
        let builder = || {
            reqwest::Client::builder()
                .dns_resolver(Arc::new(self.clone()))
                .redirect(Policy::none())
                .no_proxy()
                .referer(false)
                .pool_max_idle_per_host(0)
                .timeout(time_max)
        };
        builder().build().or_else(|error| {
            // Without the system's certificates no secure connection can be trusted. The server serves all the same.
            tracing::error!(%error, "no certificates were found: nothing can be sent over https");
            builder().tls_certs_only([]).build()
        })
    }

    fn admits(&self, address: IpAddr) -> bool {
        self.insecure || is_public(address)
    }
}

impl Resolve for Outward {
    fn resolve(&self, name: Name) -> Resolving {
        let outward = self.clone();
        Box::pin(async move {
            let found = outward.names.addresses(name.as_str().to_owned()).await?;
            if !found.iter().all(|address| outward.admits(*address)) {
                return Err(Forbidden.into());
            }
            let addresses: Addrs = Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(addresses)
        })
    }
}

/// The process's one implementation of TLS. Whoever comes second finds it there.
pub fn provide_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Whether some error of this kind is among the causes.
pub fn caused_by<T: Error + 'static>(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(one) = next {
        if one.is::<T>() {
            return true;
        }
        // What it wraps is no cause of it, by its own account.
        if let Some(inner) = one.downcast_ref::<io::Error>().and_then(io::Error::get_ref)
            && caused_by::<T>(inner)
        {
            return true;
        }
        next = one.source();
    }
    false
}

#[cfg(test)]
mod tests;

//! How many streams somebody who needs no sign-in may hold open: customers' pages and screens.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{Extensions, HeaderMap};

use super::address;

/// Many customers of one mobile network share an address.
const PER_ADDRESS_MAX: usize = 200;
/// Under half of all connections: staff and hooks always find one.
const ALL_MAX: usize = 4_000;

#[derive(Default)]
pub struct Seats {
    taken: Mutex<HashMap<Option<IpAddr>, usize>>,
}

/// A place among the open streams; given back when dropped.
pub struct Seat {
    seats: Arc<Seats>,
    address: Option<IpAddr>,
}

impl Seats {
    /// None: there is no place left for this address, or for anybody.
    pub fn take(
        self: &Arc<Self>,
        headers: &HeaderMap,
        extensions: &Extensions,
        trusted_proxies: usize,
    ) -> Option<Seat> {
        let address = address::client(headers, extensions, trusted_proxies).map(address::neighbourhood);
        let mut taken = self.taken();
        if taken.values().sum::<usize>() >= ALL_MAX {
            return None;
        }
        let mine = taken.entry(address).or_default();
        if *mine >= PER_ADDRESS_MAX {
            return None;
        }
        *mine += 1;
        Some(Seat { seats: Arc::clone(self), address })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<Option<IpAddr>, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken();
        if let Some(mine) = taken.get_mut(&self.address) {
            *mine -= 1;
            if *mine == 0 {
                taken.remove(&self.address);
            }
        }
    }
}

//! Where a request really comes from. X-Forwarded-For is written by anybody; only its last places, as many as there are
//! proxies of ours, were written by them.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

pub fn client(headers: &HeaderMap, extensions: &Extensions, trusted_proxies: usize) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    if trusted_proxies == 0 {
        return peer;
    }
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    // Fewer places than proxies: the request came around them, so its peer is all that is known.
    forwarded.len().checked_sub(trusted_proxies).and_then(|place| address(forwarded[place])).or(peer)
}

/// An address with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// One household has a whole /64 of IPv6: it counts as one address.
pub fn neighbourhood(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => IpAddr::V4(four),
            None => {
                let [a, b, c, d, ..] = six.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(forwarded: &str, trusted_proxies: usize) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().expect("a header"));
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 80))));
        client(&headers, &extensions, trusted_proxies).expect("an address").to_string()
    }

    #[test]
    fn only_what_our_proxies_wrote_counts() {
        assert_eq!(seen("1.1.1.1", 0), "10.0.0.1");
        assert_eq!(seen("6.6.6.6, 1.1.1.1", 1), "1.1.1.1");
        assert_eq!(seen("6.6.6.6, 1.1.1.1, 2.2.2.2", 2), "1.1.1.1");
        assert_eq!(seen("1.1.1.1", 2), "10.0.0.1");
        assert_eq!(seen("6.6.6.6, [2001:db8::1]:443", 1), "2001:db8::1");
        assert_eq!(seen("nonsense", 1), "10.0.0.1");
    }

    #[test]
    fn a_household_is_one_address() {
        let same = |a: &str, b: &str| {
            neighbourhood(a.parse().expect("an address")) == neighbourhood(b.parse().expect("an address"))
        };
        assert!(same("2001:db8::1", "2001:db8::ffff:1") && !same("2001:db8::1", "2001:db8:0:1::1"));
        assert!(same("::ffff:1.2.3.4", "1.2.3.4") && !same("1.2.3.4", "1.2.3.5"));
    }
}

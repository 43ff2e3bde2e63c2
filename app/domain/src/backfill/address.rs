//! A shop's address as people type it. It becomes the beginning of every request, with the shop's keys in it: so nothing
//! stands in it that could lead the keys elsewhere.

use super::ShopKind;

pub const ADDRESS_CHARS_MAX: usize = 200;
const MYSHOPIFY: &str = ".myshopify.com";

/// Without a trailing slash; None where it is no address of such a shop. Encrypted, unless the shop is on this very
/// machine.
pub fn checked_address(shop: ShopKind, typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.chars().count() > ADDRESS_CHARS_MAX {
        return None;
    }
    let (scheme, rest) = typed.split_once("://").unwrap_or(("https", typed));
    let (place, path) = rest.split_once('/').unwrap_or((rest, ""));
    let place = place.to_lowercase();
    let (name, port) = match place.split_once(':') {
        Some((name, port)) => (name, Some(port.parse::<u16>().ok().filter(|port| *port != 0)?)),
        None => (place.as_str(), None),
    };
    if !is_name(name) {
        return None;
    }
    let here = matches!(name, "localhost" | "127.0.0.1");
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        "https" => "https",
        "http" if here => "http",
        _ => return None,
    };
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    match shop {
        ShopKind::WooCommerce if !here && !name.contains('.') => None,
        ShopKind::WooCommerce => site(path).map(|path| format!("{scheme}://{name}{port}{path}")),
        ShopKind::Shopify if here => Some(format!("{scheme}://{name}{port}")),
        ShopKind::Shopify => myshopify(name, path).map(|name| format!("{scheme}://{name}{port}")),
    }
}

/// Letters of any language: a domain may be Ukrainian.
fn is_name(name: &str) -> bool {
    let is_label = |label: &str| {
        let clean = label.chars().all(|c| c.is_alphanumeric() || c == '-');
        clean && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
    };
    name.split('.').all(is_label)
}

/// Where WordPress stands on its site. Its own pages are cut off: people copy the address of one.
fn site(path: &str) -> Option<String> {
    let mut kept = String::new();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if matches!(part, "wp-admin" | "wp-json" | "wp-login.php" | "index.php") {
            break;
        }
        let clean = part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~'));
        if !clean || part.starts_with('.') {
            return None;
        }
        kept.push('/');
        kept.push_str(part);
    }
    Some(kept)
}

/// Shopify answers by the shop's first name only, however its owner calls it: "shop", "shop.myshopify.com", or the
/// address that the browser shows in the admin.
fn myshopify(name: &str, path: &str) -> Option<String> {
    let handle = match name {
        "admin.shopify.com" => path.strip_prefix("store/")?.split(['/', '?']).next()?.to_lowercase(),
        name if !name.contains('.') => name.to_owned(),
        name => name.strip_suffix(MYSHOPIFY)?.to_owned(),
    };
    let fits = handle.is_ascii() && !handle.contains('.') && is_name(&handle);
    fits.then(|| format!("{handle}{MYSHOPIFY}"))
}

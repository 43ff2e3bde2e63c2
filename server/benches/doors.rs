//! The doors over HTTP: orders taken in by each of them, and a customer's page against an axum that sends the same
//! bytes. Server and load are processes of their own, each on a core of its own where there are two; pages are compared
//! by the processor time that a request costs the server.

mod common;
#[path = "doors/load.rs"]
mod load;

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::ctx::now;
use axum::Router;
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::{PART, SECRET, Shop, cpu_seconds, folder, fsync_ms, order, part, shop, spread, system};
use domain::auth::{NewToken, Role};
use domain::ids::*;
use hmac::{Hmac, KeyInit as _, Mac as _};
use load::{Asked, Load};
use server::config::Config;
use server::serve::{self, Running};
use sha2::Sha256;
use store::orders::Arrival;

const ROUNDS: usize = 5;
/// More than are kept drawn.
const PAGES: usize = 2_500;
/// Of them looked at again and again.
const OFTEN: usize = 200;
/// More than the quickest door takes in a round.
const ORDERS: usize = 40_000;
/// Scripts that move deals: each has a quota of its own.
const SCRIPTS: usize = 16;
const WOOCOMMERCE: &str = include_str!("../formats/src/shops/fixtures/woocommerce_order.json");

fn main() {
    server::guard::outward::provide_tls();
    let many = || tokio::runtime::Runtime::new().expect("a runtime");
    match std::env::var(PART).unwrap_or_default().as_str() {
        "load" => many().block_on(load::send()),
        "voronka" => many().block_on(voronka()),
        _ if std::env::args().any(|argument| argument == "--bench") => compare(),
        _ => {}
    }
}

fn compare() {
    let mut figures: HashMap<(String, String), Vec<f64>> = HashMap::new();
    for _ in 0..ROUNDS {
        let said = part("voronka", 0).output().expect("a part");
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        for line in String::from_utf8_lossy(&said.stdout).lines() {
            let words: Vec<&str> = line.split(' ').collect();
            let [door, name, value] = words[..] else { continue };
            if let Ok(value) = value.parse() {
                figures.entry((door.to_owned(), name.to_owned())).or_default().push(value);
            }
        }
    }
    let figure = |door: &str, name: &str| spread(&figures[&(door.to_owned(), name.to_owned())]);
    println!("\n### Doors (P8, P11): SQLite WAL, synchronous=FULL, {ROUNDS} rounds, {} connections", load::CONNECTIONS);
    println!("\nServer on one core, load on another; median (least–most).\n");
    println!("| orders in by | per second | p50 / p99, ms | server's CPU an order, µs |\n|---|---|---|---|");
    for (door, name) in [("woocommerce", "WooCommerce hook"), ("landing", "LP-CRM form"), ("rest", "REST, moves")] {
        let (rate, cpu) = (figure(door, "rate"), figure(door, "cpu_us"));
        let (p50, p99) = (figure(door, "p50"), figure(door, "p99"));
        println!(
            "| {name} | **{:.0}** ({:.0}–{:.0}) | {:.1} / {:.1} | {:.0} |",
            rate.median, rate.least, rate.most, p50.median, p99.median, cpu.median
        );
    }
    println!("\n| customer's page | per second | server's CPU a page, µs | of the bare axum |\n|---|---|---|---|");
    let bare = figure("bare", "cpu_us").median;
    for (door, name) in
        [("page", "**looked at again**"), ("fresh", "**rendered each time**"), ("bare", "bare axum, the same bytes")]
    {
        let (rate, cpu) = (figure(door, "rate"), figure(door, "cpu_us"));
        println!(
            "| {name} | {:.0} ({:.0}–{:.0}) | {:.1} ({:.1}–{:.1}) | {:.0} % |",
            rate.median,
            rate.least,
            rate.most,
            cpu.median,
            cpu.least,
            cpu.most,
            100.0 * bare / cpu.median
        );
    }
    println!(
        "\nThe load generator shares nothing with the server but the machine; its core may be what limits a page's rate."
    );
}

async fn voronka() {
    let folder = folder();
    eprintln!("fsync p50 {:.2} ms", fsync_ms(folder.path()).median);
    let running = start(folder.path()).await;
    let store = running.state.store().clone();
    let shop = shop(&store).await;
    let key = store.storefronts(&system()).await.expect("storefronts")[0].hook_key.clone().expect("a key");
    let mut deals = Vec::new();
    for number in 0..PAGES {
        let taken = store.receive_order(shop.storefront, now(), order(number), Arrival::Sent).await.expect("an order");
        deals.push(taken.deal.expect("a deal"));
    }
    let address = format!("http://{}", running.address);
    measure("woocommerce", &address, (0..ORDERS).map(|number| woocommerce(&key, number))).await;
    measure("landing", &address, (0..ORDERS).map(|number| landing(&key, number))).await;
    measure("rest", &address, moves(&running, &shop, &deals).await.into_iter()).await;
    pages(&running, &address, &deals).await;
    running.stop().await;
}

async fn start(folder: &Path) -> Running {
    let config = Config {
        database_url: Some(format!("sqlite:{}", folder.join("doors.db").display())),
        data_dir: folder.to_owned(),
        listen_addr: "127.0.0.1:0".into(),
        // Every request comes from an address of its own, as customers do.
        trusted_proxies: 1,
        ..Config::default()
    };
    serve::start(config).await.expect("a server")
}

/// Sends for some seconds and tells what it was like.
async fn measure(door: &str, address: &str, asked: impl Iterator<Item = Asked>) {
    let load = Load::prepare(address, asked);
    let before = cpu_seconds();
    let told = load.run().await;
    let cpu = cpu_seconds() - before;
    println!("{door} rate {}", told.rate);
    println!("{door} p50 {}", told.p50);
    println!("{door} p99 {}", told.p99);
    println!("{door} cpu_us {}", cpu * 1e6 / told.count);
}

fn woocommerce(key: &str, number: usize) -> Asked {
    let mut body: serde_json::Value = serde_json::from_str(WOOCOMMERCE).expect("the fixture");
    body["id"] = serde_json::json!(1_000_000 + number);
    body["number"] = serde_json::json!(format!("W{number}"));
    body["billing"]["phone"] = serde_json::json!(format!("+38067{number:07}"));
    body["billing"]["email"] = serde_json::json!(format!("w{number}@example.ua"));
    let body = body.to_string();
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("a key");
    mac.update(body.as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    Asked {
        path: format!("/hooks/woocommerce/{key}"),
        headers: vec![
            ("content-type".into(), "application/json".into()),
            ("x-wc-webhook-topic".into(), "order.created".into()),
            ("x-wc-webhook-signature".into(), signature),
        ],
        body: Some(body),
    }
}

fn landing(key: &str, number: usize) -> Asked {
    let body = format!(
        "key={key}&order_id=L{number}&bayer_name=Oksana+{number}&phone=%2B38093{number:07}&products=a%3A1%3A%7Bi%3A0%3Ba\
         %3A3%3A%7Bs%3A10%3A%22product_id%22%3Bs%3A1%3A%225%22%3Bs%3A5%3A%22price%22%3Bs%3A3%3A%22450%22%3Bs%3A5%3A%22count\
         %22%3Bs%3A1%3A%221%22%3B%7D%7D"
    );
    Asked {
        path: "/api/addNewOrder.html".into(),
        headers: vec![("content-type".into(), "application/x-www-form-urlencoded".into())],
        body: Some(body),
    }
}

async fn moves(running: &Running, shop: &Shop, deals: &[DealId]) -> Vec<Asked> {
    let mut tokens = Vec::new();
    for script in 0..SCRIPTS {
        let (name, storefronts) = (format!("script {script}"), vec![shop.storefront]);
        let new = NewToken { name, role: Role::Manager, storefronts, expires_at: None };
        tokens.push(running.state.store().create_token(&system(), CommandId::new_v4(), new).await.expect("a token").1);
    }
    let stages = shop.stages();
    (0..ORDERS)
        .map(|number| Asked {
            path: format!("/api/v1/deals/{}/move", deals[number % deals.len()]),
            headers: vec![
                ("content-type".into(), "application/json".into()),
                ("authorization".into(), format!("Bearer {}", tokens[number % SCRIPTS])),
            ],
            body: Some(format!("{{\"stage\":{}}}", stages[(number / deals.len() + 1) % stages.len()])),
        })
        .collect()
}

async fn pages(running: &Running, address: &str, deals: &[DealId]) {
    let mut links = Vec::new();
    for deal in deals {
        let link = running.state.store().deal(&system(), *deal).await.expect("a deal").tracking.expect("a link");
        links.push(format!("/t/{link}"));
    }
    let plain = |path: &String| Asked { path: path.clone(), headers: vec![], body: None };
    measure("page", address, links.iter().take(OFTEN).map(plain)).await;
    measure("fresh", address, links.iter().map(plain)).await;
    let body = reqwest::get(format!("{address}{}", links[0])).await.expect("a page").bytes().await.expect("its bytes");
    static SENT: AtomicUsize = AtomicUsize::new(0);
    let bare = Router::new().route(
        "/t/{token}",
        get(move || {
            SENT.fetch_add(1, Ordering::Relaxed);
            let body = body.clone();
            async move { ([("content-type", "text/html; charset=utf-8")], body) }
        }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let bare_address = format!("http://{}", listener.local_addr().expect("a port"));
    let serving = tokio::spawn(async move { axum::serve(listener, bare).await });
    measure("bare", &bare_address, links.iter().map(plain)).await;
    assert!(SENT.load(Ordering::Relaxed) > 0);
    serving.abort();
}

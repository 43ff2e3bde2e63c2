//! Fan-out: one server and many sockets, against the same bytes broadcast by tokio-tungstenite alone. Server and
//! listeners are processes of their own, each on a core of its own where there are two; what is compared is the
//! processor time that the sending side spends on a message, which a noisy neighbour changes little.

mod common;
#[path = "live/bare.rs"]
mod bare;
#[path = "live/listeners.rs"]
mod listeners;

use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use app::ctx::{cookie_name, now};
use common::{PART, cpu_seconds, fill, folder, fsync_ms, part, quantile, resident_kb, shop, spread, system};
use domain::auth::Role;
use domain::board::{MoveDeal, Place};
use domain::ids::*;
use listeners::{Heard, Listeners};
use server::config::Config;
use server::serve;
use store::Store;
use store::auth::Invite;

const SOCKETS: [usize; 2] = [500, 50];
const ROUNDS: usize = 3;
const PER_SECOND: u64 = 50;
const ROUND_SECONDS: u64 = 10;
/// A person may have fifty.
const SOCKETS_PER_PERSON: usize = 45;

fn main() {
    let part = std::env::var(PART).unwrap_or_default();
    let single = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let many = || tokio::runtime::Runtime::new().expect("a runtime");
    match part.as_str() {
        "listen" => single().block_on(listeners::listen()),
        "voronka" => many().block_on(voronka()),
        "bare" => many().block_on(bare::broadcast()),
        _ if std::env::args().any(|argument| argument == "--bench") => compare(),
        _ => {}
    }
}

fn compare() {
    let mut figures: HashMap<(&str, usize, String), Vec<f64>> = HashMap::new();
    for _ in 0..ROUNDS {
        for side in ["voronka", "bare"] {
            let said = part(side, 0).output().expect("a part");
            assert!(said.status.success(), "{side}: {}", String::from_utf8_lossy(&said.stderr));
            for line in String::from_utf8_lossy(&said.stdout).lines() {
                let words: Vec<&str> = line.split(' ').collect();
                let [sockets, name, value] = words[..] else { continue };
                let (Ok(sockets), Ok(value)) = (sockets.parse(), value.parse()) else { continue };
                figures.entry((side, sockets, name.to_owned())).or_default().push(value);
            }
        }
    }
    let figure = |side, sockets, name: &str| spread(&figures[&(side, sockets, name.to_owned())]);
    println!(
        "\n### Fan-out (P7): SQLite WAL, synchronous=FULL, {PER_SECOND} moves/s for {ROUND_SECONDS} s, {ROUNDS} alternating rounds"
    );
    println!("\nServer on one core, listeners on another; median (least–most).\n");
    println!(
        "| sockets | | messages/s heard | sender's CPU, µs a message | fan-out per core | answered → received p50 / p99, ms | server memory a socket, kB |\n|---|---|---|---|---|---|---|"
    );
    for sockets in SOCKETS {
        let (ours, bare) = (figure("voronka", sockets, "cpu_us"), figure("bare", sockets, "cpu_us"));
        for (side, name, cpu) in [("voronka", "**Voronka**", &ours), ("bare", "bare tokio-tungstenite", &bare)] {
            let (p50, p99) = (figure(side, sockets, "p50"), figure(side, sockets, "p99"));
            println!(
                "| {sockets} | {name} | {:.0} | {:.1} ({:.1}–{:.1}) | {:.0} % | {:.2} / {:.2} (worst {:.2}) | {:.1} |",
                figure(side, sockets, "heard").median,
                cpu.median,
                cpu.least,
                cpu.most,
                100.0 * bare.median / cpu.median,
                p50.median,
                p99.median,
                p99.most,
                figure(side, sockets, "memory").median,
            );
        }
    }
    println!(
        "\nVoronka's CPU is what {PER_SECOND} moves/s cost with the sockets less what they cost without any ({:.0} ms/s).",
        figure("voronka", 0, "cpu_ms").median
    );
    println!(
        "Memory: the resident size's growth while so many idle sockets connect, with tasks and sessions, without the kernel's buffers."
    );
}

async fn voronka() {
    let folder = folder();
    let fsync = fsync_ms(folder.path());
    eprintln!("fsync p50 {:.2} ms", fsync.median);
    let config = Config {
        database_url: Some(format!("sqlite:{}", folder.path().join("live.db").display())),
        data_dir: folder.path().to_owned(),
        listen_addr: "127.0.0.1:0".into(),
        ..Config::default()
    };
    let running = serve::start(config).await.expect("a server");
    let store = running.state.store().clone();
    let shop = shop(&store).await;
    let mut placed = fill(&store, &shop, 0, 1_000).await;
    let stages = shop.stages();
    let address = format!("{}/live?funnel={}", running.address, shop.funnel.id);
    let quiet = moves(&store, &mut placed, &stages).await;
    let idle = quiet.cpu;
    println!("0 cpu_ms {}", idle * 1_000.0 / ROUND_SECONDS as f64);
    for sockets in SOCKETS {
        let cookies = people(&store, sockets.div_ceil(SOCKETS_PER_PERSON)).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        let before = resident_kb();
        let listeners = Listeners::start(&address, &cookies, sockets).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        println!("{sockets} memory {}", (resident_kb() - before) / sockets as f64);
        let Sent { at, cpu } = moves(&store, &mut placed, &stages).await;
        report(sockets, &at, cpu - idle, &listeners.stop().await);
    }
    running.stop().await;
}

/// One person for so many sockets each: their cookies.
async fn people(store: &Store, count: usize) -> Vec<String> {
    let ctx = system();
    let mut cookies = Vec::new();
    for _ in 0..count {
        let email = format!("{}@example.com", CommandId::new_v4());
        let invite = Invite { name: "Олена".into(), email, role: Role::Admin, storefronts: vec![] };
        let (user, _) = store.invite(&ctx, CommandId::new_v4(), invite).await.expect("an invitation");
        let link = store.make_entrance(&ctx, user.id).await.expect("a link");
        let token = store.enter(&link, now()).await.expect("a session").token;
        cookies.push(format!("{}={token}", cookie_name(false)));
    }
    cookies
}

pub struct Sent {
    /// When each was answered, so that it was on disk: by the beginning of the command's id.
    pub at: HashMap<u64, u64>,
    /// Seconds of this process, all threads.
    pub cpu: f64,
}

/// In an open loop: a move that takes long delays none.
async fn moves(store: &Store, placed: &mut [(DealId, StageId)], stages: &[StageId]) -> Sent {
    let mut ticks = tokio::time::interval(Duration::from_millis(1_000 / PER_SECOND));
    let mut under_way = Vec::new();
    let before = cpu_seconds();
    for number in 0..PER_SECOND * ROUND_SECONDS {
        ticks.tick().await;
        let (deal, from) = &mut placed[number as usize % 1_000];
        let at = stages.iter().position(|one| one == from).expect("an open stage");
        let to = stages[(at + 1) % stages.len()];
        let id = CommandId::new_v4();
        let command = MoveDeal {
            command: id,
            deal: *deal,
            to,
            place: Place::Top,
            from: *from,
            reason: None,
            undoes: None,
            details: None,
        };
        *from = to;
        let store = store.clone();
        under_way.push(tokio::spawn(async move {
            store.move_deal(&system(), command).await.expect("a move");
            (beginning(&id.to_string()), nanos())
        }));
    }
    let mut at = HashMap::new();
    for one in under_way {
        at.extend([one.await.expect("moved")]);
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    Sent { at, cpu: cpu_seconds() - before }
}

pub fn report(sockets: usize, sent: &HashMap<u64, u64>, cpu: f64, heard: &[Heard]) {
    let late: Vec<f64> =
        heard.iter().filter_map(|one| Some(one.at.saturating_sub(*sent.get(&one.id)?) as f64 / 1e6)).collect();
    assert_eq!(late.len(), sent.len() * sockets, "every socket hears every move");
    println!("{sockets} heard {}", late.len() as f64 / ROUND_SECONDS as f64);
    println!("{sockets} p50 {}", quantile(&late, 0.5));
    println!("{sockets} p99 {}", quantile(&late, 0.99));
    println!("{sockets} cpu_us {}", cpu * 1e6 / late.len() as f64);
}

/// The first sixteen digits of a UUID.
pub fn beginning(uuid: &str) -> u64 {
    uuid.bytes()
        .filter_map(|byte| char::from(byte).to_digit(16))
        .take(16)
        .fold(0, |number, digit| number << 4 | u64::from(digit))
}

/// Both processes read the same clock.
pub fn nanos() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_nanos() as u64
}

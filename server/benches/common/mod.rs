//! What the benches begin with: a shop on a real disk, its orders, and honest statistics.
#![allow(dead_code, reason = "each bench uses its part of this")]

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use app::ctx::now;
use domain::auth::Actor;
use domain::board::{MoveDeals, Place};
use domain::deals::Source;
use domain::funnels::presets::Preset;
use domain::funnels::{Funnel, StageKind};
use domain::i18n::Lang;
use domain::ids::*;
use domain::money::Currency;
use domain::orders::{IncomingCustomer, IncomingOrder, Line, ShopStatus};
use futures::StreamExt as _;
use store::funnels::NewFunnel;
use store::orders::Arrival;
use store::storefronts::NewStorefront;
use store::{Ctx, Store};
use tempfile::TempDir;

/// Of the storefront's WooCommerce.
pub const SECRET: &str = "the shop's secret";

/// On the disk that the build is on: never a tmpfs by accident, for /tmp may be one.
pub fn folder() -> TempDir {
    TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder")
}

pub fn system() -> Ctx {
    Ctx { actor: Actor::system(), now: now() }
}

pub struct Shop {
    pub storefront: StorefrontId,
    pub funnel: Funnel,
}

impl Shop {
    /// Where a deal may stand without a reason being asked for.
    pub fn stages(&self) -> Vec<StageId> {
        self.funnel.stages.iter().filter(|stage| stage.kind == StageKind::Open).map(|stage| stage.id).collect()
    }
}

pub async fn shop(store: &Store) -> Shop {
    let ctx = system();
    let new =
        NewStorefront { name: "Кава".into(), currency: "UAH".into(), woocommerce_secret: Some(SECRET.into()) };
    let storefront = store.create_storefront(&ctx, CommandId::new_v4(), new).await.expect("a storefront").id;
    let new = NewFunnel {
        name: "Замовлення".into(),
        storefront: Some(storefront),
        preset: Some(Preset::Orders),
        lang: Lang::Uk,
    };
    let funnel = store.create_funnel(&ctx, CommandId::new_v4(), new).await.expect("a funnel");
    Shop { storefront, funnel }
}

pub fn order(number: usize) -> IncomingOrder {
    let at = now();
    IncomingOrder {
        external_id: format!("{number}"),
        cart: None,
        number: format!("{number}"),
        shop_status: "processing".into(),
        status: ShopStatus::Processing,
        currency: Currency::UAH,
        total: 45_000 + number as i64 % 997 * 100,
        shipping_total: 0,
        discount_total: 0,
        payment_method: "cod".into(),
        paid: false,
        placed_at: at,
        changed_at: at,
        customer: IncomingCustomer {
            name: format!("Оксана Мельник {number}"),
            phone: Some(format!("+38050{number:07}")),
            email: Some(format!("customer{number}@example.ua")),
        },
        note: String::new(),
        lines: vec![
            Line { name: "Кава в зернах, 1 кг".into(), sku: "C-1".into(), quantity: 1, price: 45_000 },
            Line { name: "Фільтри".into(), sku: "F-2".into(), quantity: 1, price: number as i64 % 997 * 100 },
        ],
        source: Source::Site,
    }
}

/// Orders `from..to`, their deals spread evenly over the open stages. Answers with each deal and where it stands.
pub async fn fill(store: &Store, shop: &Shop, from: usize, to: usize) -> Vec<(DealId, StageId)> {
    let deals: Vec<DealId> = futures::stream::iter(from..to)
        .map(|number| async move {
            let taken = store.receive_order(shop.storefront, now(), order(number), Arrival::Sent).await;
            taken.expect("an order").deal.expect("its deal")
        })
        .buffer_unordered(256)
        .collect()
        .await;
    let stages = shop.stages();
    let mut placed = Vec::new();
    for (place, part) in deals.chunks(deals.len().div_ceil(stages.len())).enumerate() {
        for some in part.chunks(250) {
            if place > 0 {
                let deals = some.iter().map(|deal| (*deal, stages[0])).collect();
                let command = MoveDeals {
                    command: CommandId::new_v4(),
                    deals,
                    to: stages[place],
                    place: Place::Top,
                    reason: None,
                    undoes: None,
                    details: None,
                };
                let moved = store.move_deals(&system(), command).await.expect("moves");
                assert!(moved.refused.is_empty());
            }
            placed.extend(some.iter().map(|deal| (*deal, stages[place])));
        }
    }
    placed
}

/// The median and how far the rest lies from it.
pub struct Spread {
    pub median: f64,
    pub least: f64,
    pub most: f64,
}

pub fn spread(values: &[f64]) -> Spread {
    Spread { median: quantile(values, 0.5), least: quantile(values, 0.0), most: quantile(values, 1.0) }
}

pub fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(((sorted.len().max(1) - 1) as f64 * part).round() as usize).copied().unwrap_or(f64::NAN)
}

/// Median and worst of 4 KiB appended and synced: what one commit can't be quicker than.
pub fn fsync_ms(folder: &Path) -> Spread {
    let mut file = std::fs::File::create(folder.join("fsync")).expect("a file");
    let took: Vec<f64> = (0..100)
        .map(|_| {
            let begun = Instant::now();
            file.write_all(&[7; 4_096]).and_then(|()| file.sync_data()).expect("on disk");
            ms(begun.elapsed())
        })
        .collect();
    spread(&took)
}

pub fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

/// Says what a process of a bench is for.
pub const PART: &str = "VORONKA_BENCH_PART";

/// This program again, in another part and on a core of its own.
pub fn part(name: &str, core: usize) -> Command {
    let exe = std::env::current_exe().expect("this program");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut command = if cores > 1 {
        let mut command = Command::new("taskset");
        command.arg("-c").arg(core.to_string()).arg(exe);
        command
    } else {
        Command::new(exe)
    };
    command.env(PART, name);
    command
}

/// Seconds of this process, all threads.
pub fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    // utime and stime, in hundredths.
    let ticks: f64 = [fields[11], fields[12]].iter().filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}

pub fn resident_kb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a size");
    line.trim().trim_end_matches(" kB").trim().parse().expect("a number")
}

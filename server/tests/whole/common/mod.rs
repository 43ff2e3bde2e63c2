//! A whole server for a test: its own database, its own port, real HTTP and real sockets.

mod answers;
pub mod backfills;
pub mod carriers;
pub mod double;
pub mod contract;
pub mod ear;
pub mod goods;
pub mod imports;
pub mod postgres;
pub mod process;
pub mod receiver;
pub mod webhooks;
pub mod schema;

pub use answers::*;

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};

use app::ctx::{cookie_name, now};
use domain::auth::{Actor, Role, TokenInfo};
use domain::board::filter::Filter;
use domain::board::{Card, MoveDeal, Place};
use domain::deals::{CreateDeal, DealForm, LineForm};
use domain::funnels::Funnel;
use domain::funnels::presets::Preset;
use domain::i18n::Lang;
use domain::ids::*;
use domain::money::Currency;
use domain::orders::{IncomingCustomer, IncomingOrder, Line, OrderFilter, ShopStatus};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use server::config::Config;
use server::serve::{self, Running};
use store::auth::{Invite, NewToken, UserChange};
use store::funnels::{NewFunnel, ReasonChange};
use store::orders::Arrival;
use store::storefronts::NewStorefront;
use store::webhooks::Webhook;
use store::{Ctx, Store};
use tempfile::TempDir;

pub const SECRET: &str = "the shop's secret";
pub const FORM: &str = "application/x-www-form-urlencoded";

pub struct TestApp {
    pub running: Option<Running>,
    /// Without a trailing slash.
    pub url: String,
    pub store: Store,
    http: reqwest::Client,
    folder: TempDir,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// With other settings than usual.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = TempDir::new().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        Self::set(url, folder, change).await
    }

    /// Behind a proxy that says who asks: a test with many refusals is not one guesser.
    pub async fn behind_a_proxy() -> Self {
        Self::start_with(|config| config.trusted_proxies = 1).await
    }

    /// On a database that others may use too.
    pub async fn on(database_url: &str) -> Self {
        Self::tuned(database_url, |_| {}).await
    }

    /// The same, with settings of its own.
    pub async fn tuned(database_url: &str, tune: impl FnOnce(&mut Config)) -> Self {
        Self::set(database_url.to_owned(), TempDir::new().expect("a folder"), tune).await
    }

    /// It asks shops on this very machine, too.
    pub async fn insecure() -> Self {
        Self::start_with(|config| config.webhooks_insecure = true).await
    }

    async fn set(database_url: String, folder: TempDir, tune: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config {
            database_url: Some(database_url),
            data_dir: folder.path().to_owned(),
            listen_addr: "127.0.0.1:0".into(),
            ..Config::default()
        };
        tune(&mut config);
        let running = serve::start(config).await.expect("a server");
        let url = format!("http://{}", running.address);
        let store = running.state.store().clone();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        Self { running: Some(running), url, store, http, folder }
    }

    pub fn host(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    /// A server function by its name, called as a form calls it.
    pub fn submit(&self, name: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        self.function(name).header("content-type", FORM).body(form(fields))
    }

    /// The same, called as the page's own code calls those that take JSON.
    pub fn call(&self, name: &str, content: &Value) -> RequestBuilder {
        self.function(name).json(content)
    }

    fn function(&self, name: &str) -> RequestBuilder {
        let mut paths = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path);
        let path = paths.find(|path| path.rsplit('/').next() == Some(name)).expect("a server function");
        self.post(path)
    }

    /// Of an app that was started on SQLite.
    pub fn database_file(&self) -> PathBuf {
        self.folder.path().join("test.db")
    }

    pub fn open_sockets(&self) -> usize {
        self.running.as_ref().expect("running").state.hub.open_sockets()
    }

    /// Everything that a refused request must leave as it is: the end of the log, and every row that can be asked for.
    pub async fn fingerprint(&self) -> String {
        let ctx = system();
        let store = &self.store;
        let mut rows = vec![format!("{:?}", store.log_end().await.expect("the log"))];
        let mut cursor = DealId(0);
        loop {
            let deals = store.deals_page(&ctx, None, None, &Filter::default(), (cursor, 200)).await.expect("deals");
            let Some(last) = deals.last() else { break };
            cursor = last.id;
            rows.push(format!("{deals:?}"));
        }
        rows.push(format!("{:?}", store.users(&ctx).await.expect("users")));
        // That a token was used is no change that it made.
        let tokens = store.tokens(&ctx).await.expect("tokens");
        let tokens: Vec<_> = tokens.into_iter().map(|token| TokenInfo { used_at: None, ..token }).collect();
        rows.push(format!("{tokens:?}"));
        rows.push(format!("{:?}", store.storefronts(&ctx).await.expect("storefronts")));
        rows.push(format!("{:?}", store.funnels(&ctx.actor).await.expect("funnels")));
        rows.push(format!("{:?}", store.intake(&ctx).await.expect("intake")));
        rows.push(format!("{:?}", store.lost_reasons().await.expect("reasons")));
        let customers = store.customers_page(&ctx, "", (CustomerId(0), 200)).await.expect("customers");
        rows.push(format!("{customers:?}"));
        let orders = store.orders_page(&ctx, &OrderFilter::default(), (OrderId(0), 200)).await.expect("orders");
        rows.push(format!("{orders:?}"));
        let screens = store.screens(&ctx).await.expect("screens");
        rows.push(serde_json::to_string(&screens).expect("JSON"));
        rows.push(format!("{:?}", store.imports(&ctx).await.expect("imports")));
        // What is sent meanwhile fails or arrives by itself.
        let hooks = store.webhooks(&ctx).await.expect("webhooks");
        let hooks: Vec<_> = hooks.into_iter().map(|hook| Webhook { failing_since: None, ..hook }).collect();
        rows.push(format!("{hooks:?}"));
        rows.join("\n")
    }
}

/// Two shops of one business, and whoever a test needs.
pub struct World {
    pub app: TestApp,
    pub ours: Shop,
    pub theirs: Shop,
    people: AtomicI64,
}

pub struct Shop {
    pub id: StorefrontId,
    pub funnel: Funnel,
    pub key: String,
}

pub struct Someone {
    pub user: UserId,
    pub token: String,
    /// The Cookie header.
    pub cookie: String,
}

impl World {
    pub async fn new() -> Self {
        Self::in_app(TestApp::start().await).await
    }

    pub async fn in_app(app: TestApp) -> Self {
        let ours = shop(&app.store, "Кава").await;
        let theirs = shop(&app.store, "Чай").await;
        Self { app, ours, theirs, people: AtomicI64::new(0) }
    }

    pub fn store(&self) -> &Store {
        &self.app.store
    }

    /// Invited and signed in by a link: no password, no waiting for its hash.
    pub async fn someone(&self, role: Role, storefronts: &[StorefrontId]) -> Someone {
        let number = self.people.fetch_add(1, Ordering::Relaxed);
        let (ctx, store) = (system(), self.store());
        let invite = Invite {
            name: format!("Особа {number}"),
            email: format!("person{number}@example.com"),
            role,
            storefronts: storefronts.to_vec(),
        };
        let (user, _) = store.invite(&ctx, CommandId::new_v4(), invite).await.expect("an invitation");
        self.signed_in(user.id, ctx.now).await
    }

    /// One more session of somebody, begun at a time.
    pub async fn signed_in(&self, user: UserId, at: Millis) -> Someone {
        let ctx = Ctx { actor: Actor::system(), now: at };
        let link = self.store().make_entrance(&ctx, user).await.expect("a link");
        let token = self.store().enter(&link, at).await.expect("a session").token;
        let cookie = format!("{}={token}", cookie_name(false));
        Someone { user, token, cookie }
    }

    /// What somebody's requests are carried out with.
    pub async fn ctx(&self, who: &Someone) -> Ctx {
        let session = self.store().session(&who.token, now()).await.expect("a look").expect("a session");
        Ctx { actor: session.actor, now: now() }
    }

    pub async fn token(&self, role: Role, storefronts: &[StorefrontId]) -> String {
        let new = NewToken { name: role.key().into(), role, storefronts: storefronts.to_vec(), expires_at: None };
        self.store().create_token(&system(), CommandId::new_v4(), new).await.expect("a token").1
    }

    pub async fn change(&self, user: UserId, change: UserChange) {
        self.store().change_user(&system(), CommandId::new_v4(), user, change).await.expect("a change");
    }

    pub async fn deal(&self, shop: &Shop, customer: &str) -> Card {
        deal(self.store(), shop, customer).await
    }

    /// To the stage with this index, as the system.
    pub async fn move_to(&self, deal: DealId, stage: usize) -> Card {
        move_to(self.store(), deal, stage).await
    }

    /// One of those that the first funnel brought, or a new one.
    pub async fn lost_reason(&self, name: &str) -> LostReasonId {
        let known = self.store().lost_reasons().await.expect("reasons");
        if let Some(reason) = known.iter().find(|reason| reason.name == name) {
            return reason.id;
        }
        let change = ReasonChange::Add { name: name.into() };
        let list = self.store().change_lost_reasons(&system(), CommandId::new_v4(), change).await.expect("a reason");
        list.last().expect("a reason").id
    }
}

pub fn system() -> Ctx {
    Ctx { actor: Actor::system(), now: now() }
}

pub async fn shop(store: &Store, name: &str) -> Shop {
    let ctx = system();
    let new = NewStorefront { name: name.into(), currency: "UAH".into(), woocommerce_secret: Some(SECRET.into()) };
    let made = store.create_storefront(&ctx, CommandId::new_v4(), new).await.expect("a storefront");
    let funnel = NewFunnel {
        name: format!("{name}: замовлення"),
        storefront: Some(made.id),
        preset: Some(Preset::Orders),
        lang: Lang::Uk,
    };
    let funnel = store.create_funnel(&ctx, CommandId::new_v4(), funnel).await.expect("a funnel");
    Shop { id: made.id, funnel, key: made.hook_key.expect("a key") }
}

/// Another name, another number: customers are found again by it.
pub fn phone_of(customer: &str) -> String {
    let number = customer.bytes().fold(0u64, |sum, byte| (sum * 31 + u64::from(byte)) % 10_000_000);
    format!("+38050{number:07}")
}

pub async fn deal(store: &Store, shop: &Shop, customer: &str) -> Card {
    let line = LineForm {
        name: "Кава в зернах".into(), sku: "C-1".into(), quantity: "2".into(), price: "450".into()
    };
    let form = DealForm {
        customer_name: customer.into(),
        phone: phone_of(customer),
        source: "site".into(),
        lines: vec![line],
        ..DealForm::default()
    };
    let command = CreateDeal {
        command: CommandId::new_v4(),
        funnel: shop.funnel.id,
        stage: None,
        storefront: Some(shop.id),
        form,
    };
    store.create_deal(&system(), command).await.expect("a deal")
}

pub async fn move_to(store: &Store, deal: DealId, stage: usize) -> Card {
    let ctx = system();
    let card = store.card(&ctx, deal).await.expect("a card");
    let funnels = store.funnels(&ctx.actor).await.expect("funnels");
    let funnel = funnels.iter().find(|funnel| funnel.id == card.funnel).expect("its funnel");
    let command = MoveDeal {
        command: CommandId::new_v4(),
        deal,
        to: funnel.stages[stage].id,
        place: Place::Top,
        from: card.stage,
        reason: None,
        undoes: None,
        details: None,
    };
    store.move_deal(&ctx, command).await.expect("a move")
}

/// A shop's order, arrived.
pub async fn order(world: &World, storefront: StorefrontId, number: &str) -> OrderId {
    let now = system().now;
    let order = IncomingOrder {
        external_id: number.into(),
        cart: None,
        number: number.into(),
        shop_status: "processing".into(),
        status: ShopStatus::Processing,
        currency: Currency::UAH,
        total: 50_000,
        shipping_total: 0,
        discount_total: 0,
        payment_method: String::new(),
        paid: true,
        placed_at: now,
        changed_at: now,
        customer: IncomingCustomer {
            name: format!("Покупець {number}"), phone: Some(phone_of(number)), email: None
        },
        note: String::new(),
        lines: vec![Line { name: "Чай".into(), sku: String::new(), quantity: 1, price: 50_000 }],
        source: domain::deals::Source::Site,
    };
    let received = world.store().receive_order(storefront, now, order, Arrival::Sent).await.expect("received");
    received.order.expect("an order")
}

/// Fields as a form sends them.
pub fn form<V: std::fmt::Display>(fields: &[(&str, V)]) -> String {
    let escaped = |value: &V| utf8_percent_encode(&value.to_string(), NON_ALPHANUMERIC).to_string();
    fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>().join("&")
}

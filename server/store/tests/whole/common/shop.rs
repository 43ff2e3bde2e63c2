//! Two storefronts, three funnels and a team: what nearly every test begins with.

use domain::auth::{Actor, Invite, Role, Storefronts, Who};
use domain::board::{Card, MoveDeal, Place};
use domain::customers::normal_email;
use domain::deals::{CreateDeal, DealForm, LineForm, Source};
use domain::funnels::presets::Preset;
use domain::funnels::{Funnel, NewFunnel, StageKind};
use domain::i18n::Lang;
use domain::ids::*;
use domain::money::Currency;
use domain::orders::{IncomingCustomer, IncomingOrder, Line, ShopStatus};
use domain::storefronts::NewStorefront;
use store::auth::FirstRun;
use store::{Ctx, Store};

/// A Tuesday of autumn 2026.
pub const NOW: Millis = 1_790_000_000_000;
pub const PASSWORD: &str = "дуже довгий пароль";
pub const HOUR: Millis = 3_600_000;
pub const DAY: Millis = 24 * HOUR;

pub fn id() -> CommandId {
    CommandId::new_v4()
}

pub fn system() -> Ctx {
    Ctx { actor: Actor::system(), now: NOW }
}

pub fn at(ctx: &Ctx, now: Millis) -> Ctx {
    Ctx { now, ..ctx.clone() }
}

/// Shop `one` has the funnel `orders`, shop `two` has `second`; `shared` is everybody's. Head, manager and viewer belong
/// to shop one, the stranger is a manager of shop two.
pub struct Shop {
    pub one: StorefrontId,
    pub two: StorefrontId,
    pub orders: Funnel,
    pub second: Funnel,
    pub shared: Funnel,
    pub owner: Ctx,
    pub admin: Ctx,
    pub head: Ctx,
    pub manager: Ctx,
    pub viewer: Ctx,
    pub stranger: Ctx,
}

impl Shop {
    pub async fn open(store: &Store) -> Self {
        let one = storefront(store, "Чайна крамниця").await;
        let two = storefront(store, "Посуд").await;
        let orders = funnel(store, "Замовлення", Some(one)).await;
        let second = funnel(store, "Замовлення посуду", Some(two)).await;
        let shared = funnel(store, "Спільна", None).await;
        let owner = colleague(store, "Олена", Role::Owner, &[]).await;
        let admin = colleague(store, "Андрій", Role::Admin, &[]).await;
        let head = colleague(store, "Галина", Role::Head, &[one]).await;
        let manager = colleague(store, "Марко", Role::Manager, &[one]).await;
        let viewer = colleague(store, "Віра", Role::Viewer, &[one]).await;
        let stranger = colleague(store, "Сергій", Role::Manager, &[two]).await;
        Self { one, two, orders, second, shared, owner, admin, head, manager, viewer, stranger }
    }

    /// A stage of the order funnel by its index.
    pub fn stage(&self, index: usize) -> StageId {
        self.orders.stages[index].id
    }

    /// The lost one.
    pub fn lost(&self) -> StageId {
        let lost = self.orders.stages.iter().find(|stage| stage.kind == StageKind::Lost);
        lost.expect("the preset has a lost stage").id
    }

    /// A deal by the manager, on top of the funnel's entrance.
    pub async fn deal(&self, store: &Store, name: &str) -> Card {
        let command = create(&self.orders, form(name, "", &[("Чайник", "1", "100")]));
        store.create_deal(&self.manager, command).await.expect("a deal is made")
    }
}

async fn storefront(store: &Store, name: &str) -> StorefrontId {
    let new = NewStorefront { name: name.into(), currency: "UAH".into(), woocommerce_secret: Some("secret".into()) };
    store.create_storefront(&system(), id(), new).await.expect("a storefront is made").id
}

pub async fn funnel(store: &Store, name: &str, storefront: Option<StorefrontId>) -> Funnel {
    let new = NewFunnel { name: name.into(), storefront, preset: Some(Preset::Orders), lang: Lang::Uk };
    store.create_funnel(&system(), id(), new).await.expect("a funnel is made")
}

pub async fn colleague(store: &Store, name: &str, role: Role, storefronts: &[StorefrontId]) -> Ctx {
    let email = normal_email(&format!("{}@example.com", uuid::Uuid::new_v4().simple())).expect("an address");
    let invite = Invite { name: name.into(), email, role, storefronts: storefronts.to_vec() };
    let (user, _) = store.invite(&system(), id(), invite).await.expect("a colleague is invited");
    let sees = if role.sees_every_storefront() { Storefronts::All } else { Storefronts::Some(storefronts.to_vec()) };
    Ctx { actor: Actor { who: Who::User(user.id), role, storefronts: sees }, now: NOW }
}

/// What somebody types on the first page.
pub fn first_run(name: &str, email: &str) -> FirstRun {
    FirstRun {
        name: name.into(),
        email: email.into(),
        password: PASSWORD.into(),
        business: "Чайна крамниця".into(),
        currency: "UAH".into(),
        lang: Lang::Uk,
    }
}

pub fn user(ctx: &Ctx) -> UserId {
    ctx.actor.user().expect("a person")
}

pub fn create(funnel: &Funnel, form: DealForm) -> CreateDeal {
    CreateDeal { command: id(), funnel: funnel.id, stage: None, storefront: None, form }
}

/// Lines are name, quantity and price.
pub fn form(name: &str, phone: &str, lines: &[(&str, &str, &str)]) -> DealForm {
    let line = |(name, quantity, price): &(&str, &str, &str)| LineForm {
        name: (*name).into(),
        sku: String::new(),
        quantity: (*quantity).into(),
        price: (*price).into(),
    };
    DealForm {
        customer_name: name.into(),
        phone: phone.into(),
        source: "call".into(),
        lines: lines.iter().map(line).collect(),
        ..DealForm::default()
    }
}

pub fn to(card: &Card, stage: StageId, place: Place) -> MoveDeal {
    MoveDeal {
        command: id(),
        deal: card.id,
        to: stage,
        place,
        from: card.stage,
        reason: None,
        undoes: None,
        details: None,
    }
}

/// A kettle and two cups for 500 hryvnias.
pub fn incoming(external_id: &str) -> IncomingOrder {
    IncomingOrder {
        external_id: external_id.into(),
        cart: None,
        number: format!("N{external_id}"),
        shop_status: "processing".into(),
        status: ShopStatus::Processing,
        currency: Currency::UAH,
        total: 50_000,
        shipping_total: 0,
        discount_total: 0,
        payment_method: "Накладений платіж".into(),
        paid: false,
        placed_at: NOW - HOUR,
        changed_at: NOW - HOUR,
        customer: IncomingCustomer {
            name: format!("Покупець {external_id}"),
            phone: None,
            email: Some(format!("buyer{external_id}@example.com")),
        },
        note: String::new(),
        lines: vec![goods("Чайник", 1, 30_000), goods("Чашка", 2, 10_000)],
        source: Source::Site,
    }
}

pub fn goods(name: &str, quantity: i64, price: i64) -> Line {
    Line { name: name.into(), sku: String::new(), quantity, price }
}

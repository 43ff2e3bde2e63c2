//! Every address of the API for every role, from the list that the router itself is made of. One that the table below
//! does not know fails: whoever adds an address says here who may ask there.

use crate::common::contract::{ask, told};
use crate::common::{TestApp, World, goods, imports, system};
use domain::auth::Role::{self, Admin, Head, Manager, Viewer};
use domain::funnels::Colour;
use domain::ids::*;
use domain::import::Purpose;
use domain::orders::{OrderSettings, StatusChange, StatusForm, StatusKind};
use http::StatusCode;
use reqwest::Method;
use serde_json::{Value, json as value};
use server::http::rest::ROUTES;
use store::funnels::{FunnelChange, NewFunnel, StageForm};

use Reach::{Each, Everybody, Ours, Own};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Tells nothing of the shop: without a token, too.
    Everybody,
    /// Names what is of our storefront: nobody of another one gets at it.
    Ours,
    /// Names nothing: it is about what the caller sees, or about the whole business.
    Own,
    /// Ours, but each deal by itself: the refusals stand in the answer.
    Each,
}

struct Call {
    least: Role,
    reach: Reach,
    path: String,
    /// A text is a file.
    body: Option<Value>,
}

struct Desk<'a> {
    world: &'a World,
    deal: DealId,
    colleague: UserId,
    order: OrderId,
    customer: CustomerId,
}

impl<'a> Desk<'a> {
    async fn of(world: &'a World) -> Self {
        let card = world.deal(&world.ours, "Олена").await;
        let order = crate::common::order(world, world.ours.id, "900").await;
        let colleague = world.someone(Viewer, &[world.ours.id]).await.user;
        Self { world, deal: card.id, colleague, order, customer: card.customer }
    }

    /// Of our storefront, to be put away.
    async fn funnel(&self) -> FunnelId {
        let name = format!("Кава {}", CommandId::new_v4());
        let new = NewFunnel { name, storefront: Some(self.world.ours.id), preset: None, lang: domain::i18n::Lang::Uk };
        self.world.store().create_funnel(&system(), CommandId::new_v4(), new).await.expect("a funnel").id
    }

    /// A stage without deals on a funnel of its own.
    async fn stage(&self) -> (FunnelId, StageId) {
        let (funnel, store) = (self.funnel().await, self.world.store());
        let known = store.funnel(&system(), funnel).await.expect("a funnel").stages.remove(0);
        let form = StageForm {
            name: "Кава: ще".into(),
            colour: known.colour,
            kind: known.kind,
            limit_hours: None,
            public_name: None,
        };
        let change = FunnelChange::AddStage { stage: form, index: 1 };
        let now = store.change_funnel(&system(), CommandId::new_v4(), funnel, change).await.expect("a stage");
        (funnel, now.stages[1].id)
    }

    /// An order that has come just now, with the deal that it made or without.
    async fn order(&self, makes_deals: bool) -> OrderId {
        let (store, storefront) = (self.world.store(), self.world.ours.id);
        let settings = store.order_settings(&system(), storefront).await.expect("settings");
        let set = async |makes_deals| {
            let settings = OrderSettings { makes_deals, ..settings };
            store.set_order_settings(&system(), CommandId::new_v4(), settings).await.expect("settings");
        };
        set(makes_deals).await;
        let order = crate::common::order(self.world, storefront, &CommandId::new_v4().to_string()).await;
        set(true).await;
        order
    }

    async fn status(&self, kind: StatusKind) -> StatusId {
        let known = self.world.store().statuses(&system(), self.world.ours.id).await.expect("statuses");
        known.iter().find(|status| status.kind == kind).expect("a status").id
    }

    /// That no order stands in.
    async fn spare_status(&self) -> StatusId {
        let form = StatusForm {
            name: format!("Кава {}", CommandId::new_v4()),
            colour: Colour::Blue,
            kind: StatusKind::Packed,
            public_name: None,
            public_text: String::new(),
            next: Vec::new(),
        };
        let change = StatusChange::Add { storefront: self.world.ours.id, form };
        let list = self.world.store().change_statuses(&system(), CommandId::new_v4(), change).await.expect("a status");
        list.last().expect("a status").id
    }

    async fn reason(&self) -> LostReasonId {
        self.world.lost_reason(&format!("Причина {}", CommandId::new_v4())).await
    }
}

/// None: nobody has said who may ask there.
async fn call(desk: &Desk<'_>, place: &str) -> Option<Call> {
    let Desk { world, deal, colleague, order, customer } = desk;
    let (storefront, funnel, stages) = (world.ours.id, world.ours.funnel.id, &world.ours.funnel.stages);
    let fresh = format!("Кава {}", CommandId::new_v4());
    let card = world.store().card(&system(), *deal).await.expect("a card");
    let to = if card.stage == stages[0].id { stages[1].id } else { stages[0].id };
    let (least, reach, path, body) = match place {
        "get /deals" => (Viewer, Own, "/deals".into(), None),
        "post /deals" => {
            let body = value!({ "funnel": funnel, "customer_name": "Олена", "comment": fresh });
            (Manager, Ours, "/deals".into(), Some(body))
        }
        "post /deals/move" => {
            (Manager, Each, "/deals/move".into(), Some(value!({ "deals": [{ "id": deal }], "stage": to })))
        }
        "get /deals/{id}" => (Viewer, Ours, format!("/deals/{deal}"), None),
        "patch /deals/{id}" => (Manager, Ours, format!("/deals/{deal}"), Some(value!({ "comment": fresh }))),
        "delete /deals/{id}" => {
            let doomed = world.deal(&world.ours, "Олена").await.id;
            (Head, Ours, format!("/deals/{doomed}"), None)
        }
        "post /deals/{id}/move" => (Manager, Ours, format!("/deals/{deal}/move"), Some(value!({ "stage": to }))),
        "post /deals/{id}/assign" => {
            let to = if card.responsible.is_some() { Value::Null } else { value!(colleague) };
            (Manager, Ours, format!("/deals/{deal}/assign"), Some(value!({ "responsible": to })))
        }
        "get /deals/{id}/events" => (Viewer, Ours, format!("/deals/{deal}/events"), None),
        "get /orders" => (Viewer, Own, "/orders".into(), None),
        "get /orders/{id}" => (Viewer, Ours, format!("/orders/{order}"), None),
        "post /deals/{id}/order" => {
            let bare = world.deal(&world.ours, "Олена").await.id;
            (Manager, Ours, format!("/deals/{bare}/order"), Some(value!({})))
        }
        "post /orders/{id}/deal" => {
            let bare = desk.order(false).await;
            (Manager, Ours, format!("/orders/{bare}/deal"), None)
        }
        "post /orders/{id}/status" => {
            let (order, to) = (desk.order(true).await, desk.status(StatusKind::Processing).await);
            (Manager, Ours, format!("/orders/{order}/status"), Some(value!({ "to": to })))
        }
        "post /orders/bulk/status" => {
            let (order, to) = (desk.order(true).await, desk.status(StatusKind::Processing).await);
            (Manager, Each, "/orders/bulk/status".into(), Some(value!({ "orders": [order], "to": to })))
        }
        "get /statuses" | "get /scenarios" => {
            (Viewer, Ours, format!("{}?storefront={storefront}", place.trim_start_matches("get ")), None)
        }
        "post /statuses" => {
            let body = value!({ "storefront": storefront, "name": fresh, "kind": "packed" });
            (Head, Ours, "/statuses".into(), Some(body))
        }
        "get /statuses/{id}" => (Viewer, Ours, format!("/statuses/{}", desk.status(StatusKind::New).await), None),
        "patch /statuses/{id}" => {
            let status = desk.status(StatusKind::New).await;
            (Head, Ours, format!("/statuses/{status}"), Some(value!({ "name": fresh })))
        }
        "delete /statuses/{id}" => (Head, Ours, format!("/statuses/{}", desk.spare_status().await), None),
        "get /funnels/{id}/bond" => (Viewer, Ours, format!("/funnels/{funnel}/bond"), None),
        "put /funnels/{id}/bond" => {
            let body = value!({ "to_stage": [], "to_status": [] });
            (Head, Ours, format!("/funnels/{funnel}/bond"), Some(body))
        }
        "get /customers" => (Viewer, Own, "/customers".into(), None),
        "get /customers/{id}" => (Viewer, Ours, format!("/customers/{customer}"), None),
        "patch /customers/{id}" => {
            let name = format!("Олена {}", CommandId::new_v4());
            (Manager, Ours, format!("/customers/{customer}"), Some(value!({ "name": name })))
        }
        "get /funnels" => (Viewer, Own, "/funnels".into(), None),
        "post /funnels" => (Head, Ours, "/funnels".into(), Some(value!({ "name": fresh, "storefront": storefront }))),
        "get /funnels/{id}" => (Viewer, Ours, format!("/funnels/{funnel}"), None),
        "patch /funnels/{id}" => (Head, Ours, format!("/funnels/{funnel}"), Some(value!({ "name": fresh }))),
        "delete /funnels/{id}" => (Head, Ours, format!("/funnels/{}", desk.funnel().await), None),
        "get /funnels/{id}/stages" => (Viewer, Ours, format!("/funnels/{funnel}/stages"), None),
        "post /funnels/{id}/stages" => {
            let other = desk.funnel().await;
            (Head, Ours, format!("/funnels/{other}/stages"), Some(value!({ "name": fresh })))
        }
        "put /funnels/{id}/stages/order" => {
            let (other, _) = desk.stage().await;
            let stages = world.store().funnel(&system(), other).await.expect("a funnel").stages;
            let order: Vec<StageId> = stages.iter().rev().map(|stage| stage.id).collect();
            (Head, Ours, format!("/funnels/{other}/stages/order"), Some(value!({ "order": order })))
        }
        "get /funnels/{id}/stages/{stage}" => {
            (Viewer, Ours, format!("/funnels/{funnel}/stages/{}", stages[0].id), None)
        }
        "patch /funnels/{id}/stages/{stage}" => {
            let (other, stage) = desk.stage().await;
            (Head, Ours, format!("/funnels/{other}/stages/{stage}"), Some(value!({ "name": fresh })))
        }
        "delete /funnels/{id}/stages/{stage}" => {
            let (other, stage) = desk.stage().await;
            (Head, Ours, format!("/funnels/{other}/stages/{stage}"), None)
        }
        "get /lost-reasons" => (Viewer, Own, "/lost-reasons".into(), None),
        "post /lost-reasons" => {
            let name = format!("Причина {}", CommandId::new_v4());
            (Head, Own, "/lost-reasons".into(), Some(value!({ "name": name })))
        }
        "get /lost-reasons/{id}" => (Viewer, Own, format!("/lost-reasons/{}", desk.reason().await), None),
        "patch /lost-reasons/{id}" => {
            let name = format!("Причина {}", CommandId::new_v4());
            (Head, Own, format!("/lost-reasons/{}", desk.reason().await), Some(value!({ "name": name })))
        }
        "delete /lost-reasons/{id}" => (Head, Own, format!("/lost-reasons/{}", desk.reason().await), None),
        "get /storefronts" => (Viewer, Own, "/storefronts".into(), None),
        "post /storefronts" => (Admin, Own, "/storefronts".into(), Some(value!({ "name": fresh, "currency": "UAH" }))),
        "get /storefronts/{id}" => (Viewer, Ours, format!("/storefronts/{storefront}"), None),
        "patch /storefronts/{id}" => {
            (Admin, Ours, format!("/storefronts/{storefront}"), Some(value!({ "name": fresh })))
        }
        "get /storefronts/{id}/stock" => (Viewer, Ours, format!("/storefronts/{storefront}/stock"), None),
        "patch /storefronts/{id}/stock" => {
            let now = world.store().stock_settings(&system(), storefront).await.expect("settings");
            let body = value!({ "preorder": !now.preorder });
            (Head, Ours, format!("/storefronts/{storefront}/stock"), Some(body))
        }
        "get /products" | "get /stock" | "get /stock/low" | "get /stock/moves" | "get /warehouses"
        | "get /suppliers" => (Viewer, Own, place.trim_start_matches("get ").to_owned(), None),
        "post /products" => {
            let variants = value!([{ "sku": fresh, "price": 100 }]);
            (
                Head,
                Ours,
                "/products".into(),
                Some(value!({ "storefront": storefront, "name": fresh, "variants": variants })),
            )
        }
        place if place.contains("/products/") => return Some(of_product(world, place, &fresh).await),
        "post /stock/moves" => {
            let variant = goods::product(world.store(), storefront, &fresh).await.variants[0].id;
            let warehouse = goods::warehouse(world.store(), storefront).await;
            let line = value!({ "variant": variant, "warehouse": warehouse, "kind": "receive", "quantity": 2 });
            (Manager, Ours, "/stock/moves".into(), Some(value!({ "moves": [line] })))
        }
        "post /warehouses" | "post /suppliers" => {
            let body = value!({ "storefront": storefront, "name": fresh });
            (Head, Ours, place.trim_start_matches("post ").to_owned(), Some(body))
        }
        "get /warehouses/{id}" | "patch /warehouses/{id}" | "delete /warehouses/{id}" => {
            let (least, body) = by_method(place, value!({ "name": fresh }));
            (least, Ours, format!("/warehouses/{}", goods::warehouse(world.store(), storefront).await), body)
        }
        "get /suppliers/{id}" | "patch /suppliers/{id}" | "delete /suppliers/{id}" => {
            let (least, body) = by_method(place, value!({ "name": fresh }));
            (least, Ours, format!("/suppliers/{}", goods::supplier(world.store(), storefront).await), body)
        }
        "get /users" => (Admin, Own, "/users".into(), None),
        "get /users/{id}" => (Admin, Own, format!("/users/{colleague}"), None),
        "get /sources" => (Viewer, Own, "/sources".into(), None),
        "get /events" => (Viewer, Own, "/events?limit=500".into(), None),
        "get /imports" => (Head, Own, "/imports".into(), None),
        "post /imports" => {
            let file = value!("Ім'я;Телефон\nОлена;050 111 22 33\n");
            (Head, Ours, format!("/imports?storefront={storefront}&kind=deals&funnel={funnel}"), Some(file))
        }
        "post /imports/{id}/start" => {
            let import = imports::waiting(world.store(), &world.ours).await;
            (Head, Ours, format!("/imports/{import}/start"), Some(value!({ "purpose": "import" })))
        }
        "post /imports/{id}/stop" => {
            let import = imports::going(world.store(), &world.ours, Purpose::Check).await;
            (Head, Ours, format!("/imports/{import}/stop"), None)
        }
        "delete /imports/{id}" => {
            let import = imports::done(world.store(), &world.ours).await;
            (Head, Ours, format!("/imports/{import}"), None)
        }
        "get /imports/{id}" | "get /imports/{id}/refused" | "get /imports/{id}/report.csv" => {
            let import = imports::waiting(world.store(), &world.ours).await;
            (Head, Ours, place.trim_start_matches("get ").replace("{id}", &import.to_string()), None)
        }
        "get /export/{file}" => (Head, Ours, format!("/export/deals.csv?storefront={storefront}"), None),
        "get /openapi.json" | "get /docs" => (Viewer, Everybody, place.trim_start_matches("get ").to_owned(), None),
        _ => return None,
    };
    Some(Call { least, reach, path, body })
}

/// Whoever sees the shop reads; heads change.
fn by_method(place: &str, patch: Value) -> (Role, Option<Value>) {
    match place.split(' ').next() {
        Some("get") => (Viewer, None),
        Some("patch") => (Head, Some(patch)),
        Some(_) | None => (Head, None),
    }
}

/// Of a product that is there for this alone.
async fn of_product(world: &World, place: &str, fresh: &str) -> Call {
    let product = goods::product(world.store(), world.ours.id, fresh).await;
    let (_, path) = place.split_once(' ').expect("a method and a path");
    let path = path.replace("{id}", &product.id.to_string()).replace("{variant}", &product.variants[0].id.to_string());
    let (least, body) = by_method(place, value!({ "name": format!("{fresh}: інша") }));
    let body = if place.starts_with("post") { Some(value!({ "sku": fresh, "price": 100 })) } else { body };
    Call { least, reach: Ours, path, body }
}

struct Asker {
    /// None: nobody.
    token: Option<String>,
    role: Role,
    ours: bool,
}

async fn askers(world: &World) -> Vec<Asker> {
    let mut askers = vec![Asker { token: None, role: Viewer, ours: false }];
    for role in Role::ALL {
        let bound = if role.sees_every_storefront() { vec![] } else { vec![world.ours.id] };
        askers.push(Asker { token: Some(world.token(role, &bound).await), role, ours: true });
    }
    for role in [Manager, Head] {
        let token = Some(world.token(role, &[world.theirs.id]).await);
        askers.push(Asker { token, role, ours: false });
    }
    askers
}

#[tokio::test]
async fn every_address_answers_every_role_as_the_table_says() {
    let world = World::in_app(TestApp::behind_a_proxy().await).await;
    // What is going stays as it is until the next call.
    world.app.running.as_ref().expect("running").importer.abort();
    let mut asked = 0;
    let (desk, askers) = (Desk::of(&world).await, askers(&world).await);
    for (method, path) in ROUTES {
        let place = format!("{method} {path}");
        for asker in &askers {
            let call = call(&desk, &place).await;
            let Call { least, reach, path, body } =
                call.unwrap_or_else(|| panic!("{place} is not in the table: who may ask there?"));
            let who = format!("{place} for a {:?} {}", asker.role, if asker.ours { "of ours" } else { "of theirs" });
            let known = asker.token.is_some();
            let may = reach == Everybody || (known && asker.role >= least && (asker.ours || reach == Own));
            let before = if may { None } else { Some(world.app.fingerprint().await) };
            let method: Method = method.to_uppercase().parse().expect("a method");
            asked += 1;
            let address = format!("10.0.{}.{}", asked / 250, asked % 250 + 1);
            let mut request = world.app.request(method, &format!("/api/v1{path}")).header("x-forwarded-for", address);
            match &body {
                Some(Value::String(file)) => request = request.header("content-type", "text/csv").body(file.clone()),
                Some(body) => request = request.json(body),
                None => {}
            }
            let answer = match &asker.token {
                Some(token) => ask(request, token).await,
                None => told(request).await,
            };
            let status = answer.status();
            let text = answer.text().await.expect("a body");
            if !known && reach != Everybody {
                assert_eq!(status, StatusCode::UNAUTHORIZED, "{who}: {text}");
            } else if may || reach == Each {
                assert!(status.is_success(), "{who}: {status} {text}");
            } else {
                assert!(matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND), "{who}: {status} {text}");
            }
            if reach == Each && status.is_success() {
                let moved: Value = serde_json::from_str(&text).expect("what was moved");
                let done = moved.get("moved").unwrap_or(&moved["changed"]);
                assert_eq!(*done == value!([]), !may, "{who}: {text}");
            }
            // Everything of ours has one of these names, and the description's examples are nobody's.
            let ours = text.contains("Кава") || text.contains("Олена");
            assert!(asker.ours || reach == Everybody || !ours, "{who}: {text}");
            if let Some(before) = before {
                assert_eq!(world.app.fingerprint().await, before, "{who}");
            }
        }
    }
}

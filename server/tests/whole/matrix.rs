//! Every server function for every role, from the list that the server itself answers by. One that the table below does
//! not know fails: whoever adds a function says here who may call it.

mod carriers;
mod desk;
mod orders;
mod ways;

use std::collections::{BTreeMap, BTreeSet};

use self::desk::Desk;
use crate::common::webhooks::{some_delivery, some_webhook};
use crate::common::{FORM, Someone, World, backfills, form, imports, phone_of, session_begun, system};
use app::ctx::now;
use domain::auth::Role::{self, Admin, Head, Manager, Viewer};
use domain::auth::{TokenLife, TokenWish};
use domain::board::Filter;
use domain::deals::DealForm;
use domain::ids::*;
use domain::import::Purpose;
use http::StatusCode;
use leptos::server_fn::axum::server_fn_paths;
use reqwest::Method;
use serde_json::{Value, json as value};
use store::auth::{Invite, UserChange};
use store::funnels::{FunnelChange, ReasonChange};

use Reach::{Each, Ours, Own};

const PASSWORD: &str = "довгий надійний пароль";

/// Doors for whoever is not in yet, and why they stand open. Each has its tries counted or gives nothing away.
const OPEN: [(&str, &str); 7] = [
    ("is_first_run", "says whether there is an owner, which every page shows by where it leads"),
    ("invited", "names to the holder of a link whom it invites"),
    ("entering", "names to the holder of a link whom it lets in"),
    ("sign_in", "asks for a password"),
    ("accept_invite", "asks for an invitation that was not used"),
    ("enter", "asks for an entrance link that was not used"),
    ("set_up", "makes the first owner, and nobody after them"),
];

/// How a server function is called, and who may.
struct Call {
    /// The least role that it answers.
    least: Role,
    reach: Reach,
    /// Its kind and text.
    body: (&'static str, String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Names what is of our storefront: nobody of another one gets at it.
    Ours,
    /// Names nothing: it is about the caller, or about what the caller sees, or about the whole business.
    Own,
    /// Ours, but each deal by itself: the refusals stand in the answer.
    Each,
}

/// None: nobody has said who may call it. `own` is the caller, where they are of our storefront.
async fn call(desk: &Desk<'_>, own: Option<&Someone>, name: &str) -> Option<Call> {
    let Desk { world, deal, colleague, intake, .. } = desk;
    let (storefront, funnel, stages) = (world.ours.id, world.ours.funnel.id, &world.ours.funnel.stages);
    let command = CommandId::new_v4();
    let card = desk.card().await;
    let to = if card.stage == stages[0].id { stages[1].id } else { stages[0].id };
    let filter = Filter::default();
    let form = DealForm {
        customer_name: "Олена".into(),
        phone: phone_of("Олена"),
        source: "site".into(),
        comment: format!("Передзвонити {command}"),
        ..DealForm::default()
    };
    let (least, reach, body) = match name {
        "load_page" | "load_board" => (Viewer, Ours, json(value!({ "funnel": funnel, "filter": filter }))),
        "load_column" => {
            let body = value!({ "funnel": funnel, "stage": card.stage, "filter": filter, "below": "" });
            (Viewer, Ours, json(body))
        }
        "load_funnels" => (Viewer, Own, json(value!({}))),
        "send_move" => {
            let one = value!({ "command": command, "deal": deal, "to": to, "place": "top", "from": card.stage });
            (Manager, Ours, json(value!({ "command": one })))
        }
        "send_moves" => {
            let all = value!({ "command": command, "deals": [[deal, card.stage]], "to": to, "reason": null });
            (Manager, Each, json(value!({ "command": all })))
        }
        "save_view" => {
            let body = value!({ "command": command, "funnel": funnel, "name": "Усі", "filter": filter });
            (Viewer, Ours, json(body))
        }
        "remove_view" => {
            let view = desk.view(own).await;
            (Viewer, Ours, json(value!({ "command": command, "funnel": funnel, "view": view })))
        }
        // Off: a customer who orders by himself would change what must not change.
        "switch_demo" => (Admin, Own, json(value!({ "command": command, "on": false }))),
        "set_density" => (Viewer, Own, json(value!({ "density": "compact" }))),

        "load_deal" => (Viewer, Ours, json(value!({ "deal": deal }))),
        "send_new" => {
            let new = value!({ "command": command, "funnel": funnel, "stage": null, "storefront": null, "form": form });
            (Manager, Ours, json(value!({ "command": new })))
        }
        "send_edit" => {
            let seen = world.store().deal(&system(), *deal).await.expect("a deal").contents_version;
            let edit = value!({ "command": command, "deal": deal, "seen": seen, "form": form });
            (Manager, Ours, json(value!({ "command": edit })))
        }
        "send_delete" => {
            let doomed = world.deal(&world.ours, "Олена").await;
            let delete = value!({ "command": command, "deal": doomed.id, "seen": doomed.version });
            (Head, Ours, json(value!({ "command": delete })))
        }

        "save_preferences" => (Viewer, Own, fields(&[("lang", "uk"), ("theme", "dark"), ("density", "roomy")])),
        "change_password" => (Viewer, Own, fields(&[("current", ""), ("password", PASSWORD)])),
        "sign_out" | "sign_out_everywhere" => (Viewer, Own, fields::<&str>(&[])),
        "funnels" | "lost_reasons" | "storefronts" => (Viewer, Own, fields::<&str>(&[])),
        "one_funnel" => (Viewer, Ours, fields(&[("funnel", funnel)])),
        "create_funnel" => {
            let new = value!({ "name": "Кава: повернення", "storefront": storefront, "preset": null, "lang": "uk" });
            (Head, Ours, json(value!({ "command": command, "new": new })))
        }
        "change_funnel" => {
            let change = FunnelChange::Rename { name: format!("Кава {command}") };
            (Head, Ours, json(value!({ "command": command, "funnel": funnel, "change": change })))
        }
        "deals_per_stage" => (Head, Ours, fields(&[("funnel", funnel)])),
        "change_lost_reasons" => {
            let change = ReasonChange::Add { name: format!("Причина {command}") };
            (Head, Own, json(value!({ "command": command, "change": change })))
        }

        "team" | "kept_intake" | "screens" | "tokens" | "webhooks" => (Admin, Own, fields::<&str>(&[])),
        "invite_user" => {
            let (name, email) = ("Нова".into(), format!("{command}@example.com"));
            let invite = Invite { name, email, role: Viewer, storefronts: vec![storefront] };
            (Admin, Own, json(value!({ "command": command, "invite": invite })))
        }
        "invite_again" => (Admin, Own, fields(&[("command", command.to_string()), ("user", colleague.to_string())])),
        "change_user" => {
            let change = UserChange::Storefronts(vec![storefront]);
            (Admin, Own, json(value!({ "command": command, "user": colleague, "change": change })))
        }
        "create_storefront" => {
            let new = value!({ "name": format!("Кава {command}"), "currency": "UAH", "woocommerce_secret": null });
            (Admin, Own, json(value!({ "command": command, "new": new })))
        }
        "rename_storefront" => {
            let (id, storefront, name) = (command.to_string(), storefront.to_string(), format!("Кава {command}"));
            (Admin, Ours, fields(&[("command", id), ("storefront", storefront), ("name", name)]))
        }
        "renew_secret" => {
            let body = fields(&[("command", command.to_string()), ("storefront", storefront.to_string())]);
            (Admin, Ours, body)
        }
        "set_shopify_secret" => {
            let (id, storefront) = (command.to_string(), storefront.to_string());
            (Admin, Ours, fields(&[("command", id), ("storefront", storefront), ("secret", "shpss".into())]))
        }
        "colour_storefront" => {
            (Admin, Ours, json(value!({ "command": command, "storefront": storefront, "colour": "teal" })))
        }
        "pair_screen" => {
            let pair = desk.pair().await;
            (Admin, Ours, json(value!({ "command": command, "pair": pair })))
        }
        "unpair_screen" => {
            let screen = desk.screen().await;
            (Admin, Ours, fields(&[("command", command.to_string()), ("screen", screen.to_string())]))
        }
        "create_token" => {
            let wish = TokenWish {
                name: format!("Кава {command}"),
                role: Viewer,
                storefronts: vec![storefront],
                life: TokenLife::Month,
            };
            (Admin, Own, json(value!({ "command": command, "wish": wish })))
        }
        "revoke_token" => {
            let token = desk.token().await;
            (Admin, Own, fields(&[("command", command.to_string()), ("token", token.to_string())]))
        }
        "imports" => (Head, Own, fields::<&str>(&[])),
        "one_import" | "import_progress" => {
            (Head, Ours, fields(&[("import", imports::waiting(world.store(), &world.ours).await)]))
        }
        "refused_rows" => {
            let import = imports::waiting(world.store(), &world.ours).await;
            (Head, Ours, fields(&[("import", import.0), ("after", 0)]))
        }
        "run_import" => {
            let (import, mapping) = (imports::waiting(world.store(), &world.ours).await, imports::mapping());
            let start = value!({ "import": import, "mapping": mapping, "purpose": "import" });
            (Head, Ours, json(value!({ "command": command, "start": start })))
        }
        "stop_import" | "undo_import" | "delete_import" => {
            let import = match name {
                "stop_import" => imports::going(world.store(), &world.ours, Purpose::Check).await,
                "delete_import" => imports::waiting(world.store(), &world.ours).await,
                _ => imports::done(world.store(), &world.ours).await,
            };
            (Head, Ours, fields(&[("command", command.to_string()), ("import", import.to_string())]))
        }

        "backfills" => (Viewer, Own, fields::<&str>(&[])),
        "run_backfill" => {
            backfills::end(world.store(), storefront).await;
            (Admin, Ours, json(value!({ "command": command, "start": backfills::start(storefront) })))
        }
        "change_backfill" => {
            backfills::pause(world.store(), storefront).await;
            (Admin, Ours, json(value!({ "command": command, "storefront": storefront, "change": "stop" })))
        }
        "change_link" => (Manager, Ours, json(value!({ "command": command, "deal": deal, "change": "renew" }))),
        "one_webhook" => (Admin, Ours, fields(&[("webhook", some_webhook(world).await)])),
        "webhook_deliveries" => {
            let body = value!({ "webhook": some_webhook(world).await, "before": null });
            (Admin, Ours, json(body))
        }
        "create_webhook" => {
            // Nothing ever happens that it wants to hear.
            let new = value!({ "url": "https://1.1.1.1/hook", "storefronts": "all", "topics": ["order.deleted"] });
            (Admin, Own, json(value!({ "command": command, "new": new })))
        }
        "change_webhook" => {
            let body = value!({ "command": command, "webhook": some_webhook(world).await, "change": "resume" });
            (Admin, Ours, json(body))
        }
        "rotate_webhook_secret" | "test_webhook" | "remove_webhook" => {
            let (id, webhook) = (command.to_string(), some_webhook(world).await.to_string());
            (Admin, Ours, fields(&[("command", id), ("webhook", webhook)]))
        }
        "webhook_delivery" => (Admin, Ours, fields(&[("delivery", some_delivery(world).await)])),
        "resend_delivery" => {
            let (id, delivery) = (command.to_string(), some_delivery(world).await.to_string());
            (Admin, Ours, fields(&[("command", id), ("delivery", delivery)]))
        }
        "intake_body" | "replay" => (Admin, Ours, fields(&[("intake", intake)])),
        "deliveries" => {
            let filter = value!({ "storefront": storefront, "outcome": "kept" });
            (Admin, Own, json(value!({ "filter": filter, "before": null })))
        }
        "dismiss_intake" => {
            let one = desk.dismissable().await;
            (Admin, Ours, fields(&[("command", command.to_string()), ("intake", one.to_string())]))
        }
        _ => match (orders::call(desk, name).await, carriers::call(desk, name).await) {
            (Some(call), _) | (None, Some(call)) => return Some(call),
            (None, None) => return ways::call(desk, command, name).await,
        },
    };
    Some(Call { least, reach, body })
}

fn json(body: Value) -> (&'static str, String) {
    ("application/json", body.to_string())
}

fn fields<V: std::fmt::Display>(fields: &[(&str, V)]) -> (&'static str, String) {
    (FORM, form(fields))
}

/// By their names, with their addresses.
fn functions() -> BTreeMap<&'static str, &'static str> {
    let mut functions = BTreeMap::new();
    for (path, method) in server_fn_paths() {
        assert_eq!(method, Method::POST, "{path} could be called by a link");
        let name = path.rsplit('/').next().expect("a name");
        assert_eq!(functions.insert(name, path), None, "two functions are called {name}");
    }
    assert!(functions.contains_key("send_move"), "the list is not the server's: {functions:?}");
    functions
}

#[derive(Debug)]
struct Asker {
    /// None: nobody, without a cookie.
    user: Option<UserId>,
    role: Role,
    ours: bool,
}

async fn askers(world: &World) -> Vec<Asker> {
    let mut askers = vec![Asker { user: None, role: Viewer, ours: false }];
    for role in Role::ALL {
        let user = world.someone(role, &[world.ours.id]).await.user;
        askers.push(Asker { user: Some(user), role, ours: true });
    }
    let stranger = world.someone(Manager, &[world.theirs.id]).await.user;
    askers.push(Asker { user: Some(stranger), role: Manager, ours: false });
    askers
}

#[tokio::test]
async fn every_server_function_answers_every_role_as_the_table_says() {
    let world = World::new().await;
    // Only a demo shop has a switch.
    world.store().switch_demo(&system(), CommandId::new_v4(), true).await.expect("a demo");
    // What is going stays as it is until the next call: nothing changes by itself.
    world.app.running.as_ref().expect("running").importer.abort();
    let (desk, askers) = (Desk::of(&world).await, askers(&world).await);
    for (name, path) in functions() {
        if OPEN.iter().any(|(open, _)| *open == name) {
            continue;
        }
        for asker in &askers {
            let place = format!("{name} for {asker:?}");
            // Each time in a session of its own, because some functions end it.
            let who = match asker.user {
                Some(user) => Some(world.signed_in(user, now()).await),
                None => None,
            };
            let call = call(&desk, who.as_ref().filter(|_| asker.ours), name).await;
            let call = call.unwrap_or_else(|| panic!("{path} is not in the table: who may call it?"));
            let may = who.is_some() && asker.role >= call.least && (asker.ours || call.reach == Own);
            let before = if may { None } else { Some(world.app.fingerprint().await) };
            let (kind, body) = call.body;
            let mut request = world.app.post(path).header("content-type", kind).body(body);
            if let Some(who) = &who {
                request = request.header("cookie", &who.cookie);
            }
            let answer = request.send().await.expect("an answer");
            let status = answer.status();
            let text = answer.text().await.expect("a body");
            if who.is_none() {
                assert_eq!(status, StatusCode::UNAUTHORIZED, "{place}: {text}");
            } else if may || call.reach == Each {
                assert!(status.is_success(), "{place}: {status} {text}");
            } else {
                assert!(matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND), "{place}: {status} {text}");
            }
            if call.reach == Each && status.is_success() {
                let answer: Value = serde_json::from_str(&text).expect("what was done");
                let done = answer.get("moved").or(answer.get("changed")).and_then(Value::as_array);
                assert_eq!(done.expect("a list").is_empty(), !may, "{place}: {text}");
            }
            // Everything of ours has one of these names.
            assert!(asker.ours || !(text.contains("Кава") || text.contains("Олена")), "{place}: {text}");
            if let Some(before) = before {
                assert_eq!(world.app.fingerprint().await, before, "{place}");
            }
        }
    }
}

#[tokio::test]
async fn doors_that_stand_open_give_nothing_to_a_guesser() {
    let world = World::new().await;
    let (ctx, store) = (system(), world.store());
    let email = "invited@example.com";
    let invite =
        Invite { name: "Олена".into(), email: email.into(), role: Manager, storefronts: vec![world.ours.id] };
    let (user, invitation) = store.invite(&ctx, CommandId::new_v4(), invite).await.expect("an invitation");
    let entrance = store.make_entrance(&ctx, user.id).await.expect("a link");
    let before = world.app.fingerprint().await;
    let mallory = [("name", "Зло"), ("email", "evil@example.com"), ("password", PASSWORD), ("business", "Зло")];
    let set_up = [&mallory[..], &[("currency", "UAH"), ("lang", "uk")]].concat();
    let (nothing, refused) = (Some("null"), None);
    let guesses = [
        ("is_first_run", vec![], Some("false")),
        ("invited", vec![("token", "guess")], nothing),
        ("entering", vec![("token", "guess")], nothing),
        ("sign_in", vec![("email", email), ("password", PASSWORD), ("next", "/")], refused),
        ("accept_invite", vec![("token", entrance.as_str()), ("password", PASSWORD)], refused),
        ("enter", vec![("token", invitation.as_str())], refused),
        ("set_up", set_up, refused),
    ];
    let tried: BTreeSet<&str> = guesses.iter().map(|(name, ..)| *name).collect();
    assert_eq!(tried, OPEN.iter().map(|(name, _)| *name).collect());
    for (name, fields, said) in guesses {
        let answer = world.app.submit(name, &fields).send().await.expect("an answer");
        let status = if said.is_some() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        assert_eq!((answer.status(), session_begun(&answer)), (status, None), "{name}");
        let text = answer.text().await.expect("a body");
        assert!(said.is_none_or(|said| said == text), "{name}: {text}");
        assert_eq!(world.app.fingerprint().await, before, "{name}");
    }
    let secrets = [
        ("invited", vec![("token", invitation.as_str())], false),
        ("entering", vec![("token", entrance.as_str())], false),
        ("accept_invite", vec![("token", invitation.as_str()), ("password", PASSWORD)], true),
        ("enter", vec![("token", entrance.as_str())], true),
        ("sign_in", vec![("email", email), ("password", PASSWORD), ("next", "/")], true),
    ];
    for (name, fields, lets_in) in secrets {
        let answer = world.app.submit(name, &fields).send().await.expect("an answer");
        assert_eq!((answer.status(), session_begun(&answer).is_some()), (StatusCode::OK, lets_in), "{name}");
    }
}

use super::*;
use crate::auth::{Actor, Storefronts};

#[test]
fn the_kind_column_is_the_serialised_tag() {
    let facts = [
        Fact::CustomerCreated,
        Fact::DealAssigned { from: None, to: Some(UserId(2)), version: 3 },
        Fact::UserInvited { user: UserId(1), name: "Ірина".into(), role: Role::Head },
        Fact::StageRemoved { stage: StageId(1), name: "Новий".into() },
        Fact::DemoSwitched { on: true },
        Fact::StatusesChanged,
        Fact::OrderStatusChanged {
            number: "12".into(),
            from: None,
            to: "Нове".into(),
            status: StatusId(1),
            kind: StatusKind::New,
            overridden: false,
        },
        Fact::Exported { list: crate::export::List::Customers },
        Fact::StockSettingsChanged,
        Fact::ProductRetired { product: ProductId(3), name: "Кава".into() },
        Fact::StockMoved(StockMoved {
            moves: vec![StockMove {
                variant: VariantId(1),
                warehouse: WarehouseId(2),
                sku: "A-1".into(),
                kind: crate::catalog::MoveKind::WrittenOff,
                quantity: 2,
            }],
        }),
    ];
    for fact in facts {
        let json = serde_json::to_value(&fact).expect("a fact is JSON");
        assert_eq!(json["kind"], fact.kind());
        assert_eq!(serde_json::from_value::<Fact>(json).expect("and back"), fact);
    }
}

#[test]
fn a_fact_about_someone_s_access_is_told_to_their_sockets() {
    assert_eq!(Fact::SignedOutEverywhere { user: UserId(4) }.touches_access_of(), Some(UserId(4)));
    assert_eq!(Fact::CustomerCreated.touches_access_of(), None);
}

#[test]
fn an_admin_s_script_of_one_shop_hears_nothing_of_the_whole_business() {
    let admin = |storefronts| Actor { who: Who::Token(TokenId(1)), role: Role::Admin, storefronts };
    let (all, one) = (admin(Storefronts::All), admin(Storefronts::Some(vec![StorefrontId(1)])));
    let audience_of = |scope| {
        let fact = Fact::WebhookRemoved { webhook: WebhookId(1), host: "hooks.example".into() };
        audience(&Event { seq: Seq(1), at: 0, actor: Who::System, command: CommandId::nil(), scope, fact })
    };
    let of = |shop| Scope { storefront: Some(StorefrontId(shop)), ..Scope::default() };
    for (scope, heard) in [(Scope::default(), false), (of(1), true), (of(2), false)] {
        assert_eq!(audience_of(scope).includes(&one), heard, "{scope:?}");
        assert!(audience_of(scope).includes(&all), "{scope:?}");
    }
}

#[test]
fn an_event_without_its_storefront_is_shown_to_nobody() {
    let event = Event {
        seq: Seq(1),
        at: 0,
        actor: Who::System,
        command: CommandId::nil(),
        scope: Scope::default(),
        fact: Fact::CustomerChanged,
    };
    assert_eq!(audience(&event), Audience::Nobody);
}

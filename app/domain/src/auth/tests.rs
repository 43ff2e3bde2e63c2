use super::*;

fn actor(role: Role, storefronts: Storefronts) -> Actor {
    Actor { who: Who::User(UserId(1)), role, storefronts }
}

#[test]
fn each_role_may_what_the_one_below_may() {
    let actions = [
        Action::SeeDeals,
        Action::CreateDeal,
        Action::MoveDeal,
        Action::EditDeal,
        Action::DeleteDeal,
        Action::ManageFunnels,
        Action::ManageLostReasons,
        Action::Export,
        Action::SeeIntake,
        Action::ReplayIntake,
        Action::ManageStorefronts,
        Action::ManageUsers,
        Action::ManageTokens,
        Action::ManageScreens,
        Action::Import,
        Action::ManageWebhooks,
        Action::ManageCatalog,
        Action::KeepStock,
        Action::SeeCost,
        Action::RunDemo,
    ];
    let allowed = |role| actions.map(|action| may(&actor(role, Storefronts::All), action, On::Business));
    assert_eq!(allowed(Role::Viewer).iter().filter(|yes| **yes).count(), 1);
    assert_eq!(allowed(Role::Manager).iter().filter(|yes| **yes).count(), 5);
    assert_eq!(allowed(Role::Head).iter().filter(|yes| **yes).count(), 12);
    assert!(allowed(Role::Admin).iter().all(|yes| *yes));
    assert!(allowed(Role::Owner).iter().all(|yes| *yes));
}

#[test]
fn another_storefront_is_refused_to_every_role() {
    for role in Role::ALL {
        let someone = actor(role, Storefronts::Some(vec![StorefrontId(1)]));
        assert!(may(&someone, Action::SeeDeals, On::Storefront(StorefrontId(1))));
        assert!(!may(&someone, Action::SeeDeals, On::Storefront(StorefrontId(2))), "{role:?}");
    }
}

#[test]
fn the_whole_business_is_managed_by_those_who_belong_to_all_of_it() {
    let bounded = actor(Role::Admin, Storefronts::Some(vec![StorefrontId(1)]));
    let whole =
        [Action::ManageUsers, Action::ManageTokens, Action::ManageStorefronts, Action::ManageWebhooks, Action::RunDemo];
    for action in whole {
        assert!(!may(&bounded, action, On::Business), "{action:?}");
    }
    assert!(may(&bounded, Action::ManageStorefronts, On::Storefront(StorefrontId(1))));
    assert!(may(&bounded, Action::ManageLostReasons, On::Business));
}

#[test]
fn a_list_is_taken_out_of_ones_own_storefronts() {
    let head = actor(Role::Head, Storefronts::Some(vec![StorefrontId(1)]));
    assert!(may(&head, Action::Export, On::Business) && may(&head, Action::Export, On::Storefront(StorefrontId(1))));
    assert!(!may(&head, Action::Export, On::Storefront(StorefrontId(2))));
    assert!(!may(&actor(Role::Manager, Storefronts::All), Action::Export, On::Business));
}

#[test]
fn a_token_lasts_for_whole_days_at_least_as_long_as_it_says() {
    let noon = 20_000 * 86_400_000 + 43_200_000;
    assert_eq!(TokenLife::Month.ends_at(noon), Some(20_031 * 86_400_000));
    assert_eq!(TokenLife::Month.ends_at(noon), TokenLife::Month.ends_at(noon + 3_600_000), "sent twice, asked once");
    assert_eq!(TokenLife::Endless.ends_at(noon), None);
    for life in TokenLife::ALL {
        assert_eq!(TokenLife::parse(life.key()), Some(life));
    }
}

#[test]
fn only_an_owner_touches_owners() {
    let owner = actor(Role::Owner, Storefronts::All);
    let admin = actor(Role::Admin, Storefronts::All);
    assert!(may_set_role(&owner, Some(Role::Owner), Some(Role::Admin)));
    assert!(may_set_role(&admin, Some(Role::Admin), Some(Role::Viewer)));
    assert!(!may_set_role(&admin, Some(Role::Owner), Some(Role::Viewer)));
    assert!(!may_set_role(&admin, Some(Role::Viewer), Some(Role::Owner)));
    assert!(!may_set_role(&actor(Role::Head, Storefronts::All), None, Some(Role::Viewer)));
}

#[test]
fn authors_read_back_from_the_log() {
    for who in [Who::User(UserId(5)), Who::Token(TokenId(7)), Who::Shop(StorefrontId(2)), Who::System] {
        assert_eq!(who.to_string().parse(), Ok(who));
    }
    assert_eq!("nobody:1".parse::<Who>(), Err(()));
}

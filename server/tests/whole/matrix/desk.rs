//! What the calls of the matrix are about: a thing of every kind, of our storefront.

use app::ctx::now;
use domain::auth::NewToken;
use domain::auth::Role::{self, Viewer};
use domain::board::{Card, Filter};
use domain::i18n::Lang;
use domain::ids::*;
use domain::screens::PairScreen;
use store::intake::{Kept, Reason, Why};

use crate::common::{Someone, World, system};

/// What the calls are about.
pub struct Desk<'a> {
    pub world: &'a World,
    pub deal: DealId,
    pub colleague: UserId,
    pub intake: IntakeId,
    /// Has views of our board.
    pub keeper: Someone,
}

impl<'a> Desk<'a> {
    pub async fn of(world: &'a World) -> Self {
        let storefront = world.ours.id;
        let (topic, reason) = ("order.created".into(), Reason::whole(Why::NotJson { line: 1, column: 1 }));
        let kept = Kept { storefront, door: "woocommerce", topic, body: "{".into(), reason };
        Self {
            world,
            deal: world.deal(&world.ours, "Олена").await.id,
            colleague: world.someone(Viewer, &[storefront]).await.user,
            intake: world.store().keep_intake(now(), kept).await.expect("kept"),
            keeper: world.someone(Role::Owner, &[]).await,
        }
    }

    pub async fn card(&self) -> Card {
        self.world.store().card(&system(), self.deal).await.expect("a card")
    }

    /// The caller's own view of our board; one of somebody else's for those who see no such board.
    pub async fn view(&self, own: Option<&Someone>) -> ViewId {
        let (store, funnel) = (self.world.store(), self.world.ours.funnel.id);
        let ctx = self.world.ctx(own.unwrap_or(&self.keeper)).await;
        store.save_view(&ctx, CommandId::new_v4(), funnel, "Мої", &Filter::default()).await.expect("saved");
        store.views(&ctx, funnel).await.expect("views")[0].id
    }

    /// With the code of a TV that nobody has paired yet.
    pub async fn pair(&self) -> PairScreen {
        let code = self.world.store().begin_pairing(now()).await.expect("a pairing").code;
        PairScreen { code, name: "Кава: зал".into(), funnel: self.world.ours.funnel.id, lang: Lang::Uk }
    }

    /// Another that was kept: the first is asked for by others.
    pub async fn dismissable(&self) -> IntakeId {
        let (storefront, topic) = (self.world.ours.id, "order.updated".into());
        let reason = Reason::whole(Why::Unreadable);
        let kept = Kept { storefront, door: "woocommerce", topic, body: "[".into(), reason };
        self.world.store().keep_intake(now(), kept).await.expect("kept")
    }

    /// A script's, one that nobody has revoked yet.
    pub async fn token(&self) -> TokenId {
        let (name, storefronts) = ("Кава: звіт".into(), vec![self.world.ours.id]);
        let new = NewToken { name, role: Viewer, storefronts, expires_at: None };
        self.world.store().create_token(&system(), CommandId::new_v4(), new).await.expect("a token").0.id
    }

    /// A paired one.
    pub async fn screen(&self) -> ScreenId {
        let (ctx, store) = (system(), self.world.store());
        if let Some(screen) = store.screens(&ctx).await.expect("screens").first() {
            return screen.id;
        }
        store.pair_screen(&ctx, CommandId::new_v4(), self.pair().await).await.expect("screens")[0].id
    }
}

//! Somebody who loaded a board and hears of the events that they may hear of, as a browser does.

use std::collections::HashSet;

use domain::board::{Board, Filter, fold};
use domain::event::audience;
use domain::ids::{FunnelId, Seq};
use store::{Ctx, Store};

pub struct Watcher {
    pub ctx: Ctx,
    pub funnel: FunnelId,
    pub board: Board,
    since: Seq,
}

impl Watcher {
    pub async fn start(store: &Store, ctx: &Ctx, funnel: FunnelId) -> Self {
        let board = load(store, ctx, funnel).await;
        Self { ctx: ctx.clone(), funnel, since: board.as_of, board }
    }

    /// Folds what has happened since.
    pub async fn catch_up(&mut self, store: &Store) {
        loop {
            let events = store.events_after(self.since).await.expect("the log reads");
            let Some(last) = events.last() else { return };
            self.since = last.event.seq;
            for live in &events {
                if audience(&live.event).includes(&self.ctx.actor) {
                    fold(&mut self.board, live);
                }
            }
        }
    }

    /// The proof: what was folded is what somebody who loads anew gets.
    pub async fn agrees(&mut self, store: &Store) {
        self.catch_up(store).await;
        let mut again = load(store, &self.ctx, self.funnel).await;
        again.as_of = self.board.as_of;
        assert_eq!(self.board.funnel, again.funnel);
        let ids: HashSet<_> = self.board.cards.keys().chain(again.cards.keys()).collect();
        for id in ids {
            assert_eq!(self.board.cards.get(id), again.cards.get(id), "deal {id}");
        }
        for stage in &again.funnel.stages {
            assert_eq!(self.board.columns.get(&stage.id), again.columns.get(&stage.id), "stage {}", stage.id);
        }
        assert_eq!(self.board, again);
    }
}

pub async fn load(store: &Store, ctx: &Ctx, funnel: FunnelId) -> Board {
    store.board(ctx, funnel, &Filter::default()).await.expect("the board loads").board
}

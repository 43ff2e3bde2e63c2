//! A list as a table: its headings in the reader's language, and its rows, page by page.

use std::collections::HashMap;

use domain::event::sentence::People;
use domain::export::List;
use domain::i18n::{Lang, t};
use domain::ids::UserId;
use store::export::Export;
use store::{Ctx, Store};

use super::Cell;
use super::rows::{self, Names};

pub struct Table {
    store: Store,
    export: Export,
    lang: Lang,
    names: Names,
}

impl Table {
    pub async fn new(store: &Store, ctx: &Ctx, export: Export, lang: Lang) -> store::Result<Self> {
        let names = match export.list() {
            List::Events => Names::of(store, ctx).await?,
            List::Deals | List::Customers | List::Orders | List::Products => Names::default(),
        };
        Ok(Self { store: store.clone(), export, lang, names })
    }

    pub fn name(&self) -> &'static str {
        t::export_list(self.lang, self.export.list())
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }

    pub fn headings(&self) -> Vec<&'static str> {
        rows::headings(self.export.list(), self.lang)
    }

    /// The next rows; none: that was all. Refused to whoever may have them no more.
    pub async fn next_page(&mut self) -> store::Result<Vec<Vec<Cell>>> {
        let (store, lang) = (&self.store, self.lang);
        self.export.still_allowed(store).await?;
        Ok(match self.export.list() {
            List::Deals => self.export.deals(store).await?.into_iter().map(|deal| rows::deal(deal, lang)).collect(),
            List::Customers => self.export.customers(store).await?.into_iter().map(rows::customer).collect(),
            List::Orders => {
                self.export.orders(store).await?.into_iter().map(|order| rows::order(order, lang)).collect()
            }
            List::Products => self.export.products(store).await?.into_iter().map(rows::product).collect(),
            List::Events => {
                let events = self.export.events(store).await?;
                events.iter().map(|event| rows::event(event, lang, &self.names)).collect()
            }
        })
    }
}

impl Names {
    async fn of(store: &Store, ctx: &Ctx) -> store::Result<Self> {
        let people = store.people().await?.into_iter().map(|person| (person.id, person.name)).collect();
        let storefronts = store.storefronts(ctx).await?.into_iter().map(|shop| (shop.id, shop.name)).collect();
        let funnels = store.funnels(&ctx.actor).await?.into_iter().map(|funnel| (funnel.id, funnel.name)).collect();
        Ok(Self { people: Staff(people), storefronts, funnels })
    }
}

/// Everybody who is or was in the team.
#[derive(Default)]
pub struct Staff(HashMap<UserId, String>);

impl People for Staff {
    fn name(&self, user: UserId) -> Option<String> {
        self.0.get(&user).cloned()
    }
}

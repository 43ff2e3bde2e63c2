//! The log, as far as the actor may see it, and as it was when the export began.

use domain::event::{Event, audience};
use domain::ids::Seq;

use super::Export;
use crate::error::Result;
use crate::{Store, log};

/// Lines of the log that are looked at together; those of other days are passed over.
const STRETCH: i64 = 1_000;

impl Export {
    /// The next ones; none: that was all.
    pub async fn events(&mut self, store: &Store) -> Result<Vec<Event>> {
        let days = self.days(store);
        while self.after < self.end.0 {
            let until = self.after.saturating_add(STRETCH).min(self.end.0);
            let mut found = log::stretch(&mut store.reader().await?, (Seq(self.after), Seq(until)), days).await?;
            self.after = until;
            found.retain(|event| self.shows(event));
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    /// As the API that follows the log: an admin who is bound to some storefronts hears nothing of the others.
    fn shows(&self, event: &Event) -> bool {
        let (actor, of) = (&self.ctx.actor, event.scope.storefront);
        let asked = self.wanted.filter.storefront.is_none_or(|wanted| of == Some(wanted));
        asked && of.is_none_or(|storefront| actor.storefronts.contains(storefront)) && audience(event).includes(actor)
    }
}

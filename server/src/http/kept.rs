//! Customers' pages as they were drawn last: looked at again before anything has happened to the order, a page costs
//! neither a read nor a drawing. One node on its own file only, because a link ended at another node must end here at once.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::i18n::Lang;
use domain::ids::DealId;
use tokio::sync::broadcast::error::RecvError;

use crate::hub::{Hub, News};

/// Pages at once; about 10 kB each.
const PAGES_MAX: usize = 2_000;
/// What changes without a word about the deal, such as a colour or a stage's name, is seen after this.
const AGE_MAX: Duration = Duration::from_secs(10);
/// News remembered while a page is being drawn.
const NEWS_MAX: usize = 1_024;

pub struct KeptPages {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    pages: HashMap<String, Page>,
    /// What has happened lately, and how much in all.
    news: VecDeque<DealId>,
    told: u64,
}

struct Page {
    deal: DealId,
    lang: Lang,
    drawn: Instant,
    html: Arc<str>,
}

impl KeptPages {
    /// Follows the hub to forget what is not so any more. None: every page is drawn when it is asked for.
    pub fn start(hub: &Arc<Hub>, one_node: bool) -> Option<Arc<Self>> {
        let kept = one_node.then(|| Arc::new(Self { inner: Mutex::default() }))?;
        let (hub, following) = (hub.clone(), kept.clone());
        tokio::spawn(async move {
            let Some(mut heard) = hub.subscribe().await else { return };
            loop {
                match heard.recv().await {
                    Ok(News::Event(frame)) => frame.deal.into_iter().for_each(|deal| following.forget(deal)),
                    Ok(News::Resync) | Err(RecvError::Lagged(_)) => following.forget_all(),
                    Err(RecvError::Closed) => return,
                }
            }
        });
        Some(kept)
    }

    /// How much has been told; taken before a page's order is read.
    pub fn told(&self) -> u64 {
        self.inner().told
    }

    pub fn find(&self, token: &str, lang: Lang) -> Option<Arc<str>> {
        let inner = self.inner();
        let page = inner.pages.get(token)?;
        (page.lang == lang && page.drawn.elapsed() < AGE_MAX).then(|| page.html.clone())
    }

    /// Not where something happened to the deal since its order was read.
    pub fn keep(&self, token: &str, (deal, lang): (DealId, Lang), html: &str, before: u64) {
        let mut inner = self.inner();
        let since = usize::try_from(inner.told - before).unwrap_or(usize::MAX);
        if since > inner.news.len() || inner.news.iter().rev().take(since).any(|told| *told == deal) {
            return;
        }
        if inner.pages.len() >= PAGES_MAX {
            inner.pages.clear();
        }
        inner.pages.insert(token.to_owned(), Page { deal, lang, drawn: Instant::now(), html: html.into() });
    }

    fn forget(&self, deal: DealId) {
        let mut inner = self.inner();
        inner.told += 1;
        inner.news.push_back(deal);
        if inner.news.len() > NEWS_MAX {
            inner.news.pop_front();
        }
        inner.pages.retain(|_, page| page.deal != deal);
    }

    fn forget_all(&self) {
        let mut inner = self.inner();
        inner.told += 1;
        inner.news.clear();
        inner.pages.clear();
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANG: Lang = Lang::Uk;

    fn kept() -> KeptPages {
        KeptPages { inner: Mutex::default() }
    }

    #[test]
    fn a_page_is_found_in_its_language_until_something_happens() {
        let kept = kept();
        kept.keep("a", (DealId(1), LANG), "page", kept.told());
        kept.forget(DealId(2));
        assert_eq!(kept.find("a", LANG).as_deref(), Some("page"));
        assert_eq!(kept.find("a", Lang::En), None);
        kept.forget(DealId(1));
        assert_eq!(kept.find("a", LANG), None);
    }

    #[test]
    fn what_happened_while_it_was_drawn_is_not_covered_up() {
        let kept = kept();
        let before = kept.told();
        kept.forget(DealId(2));
        kept.keep("b", (DealId(1), LANG), "page", before);
        assert!(kept.find("b", LANG).is_some(), "another deal's news");
        kept.forget(DealId(1));
        kept.keep("a", (DealId(1), LANG), "page", before);
        assert_eq!(kept.find("a", LANG), None);
        kept.forget_all();
        kept.keep("a", (DealId(1), LANG), "page", before);
        assert_eq!(kept.find("a", LANG), None, "nobody knows what was missed");
        kept.keep("a", (DealId(1), LANG), "page", kept.told());
        assert!(kept.find("a", LANG).is_some());
    }

    #[test]
    fn there_is_an_end_to_what_is_kept() {
        let kept = kept();
        for number in 0..=PAGES_MAX {
            kept.keep(&number.to_string(), (DealId(1), LANG), "page", kept.told());
        }
        assert!(kept.inner().pages.len() <= PAGES_MAX);
    }
}

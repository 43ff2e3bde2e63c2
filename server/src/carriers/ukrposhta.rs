//! Укрпошта: the last events of a hundred parcels in one question, with those that it does not know.

use formats::carriers::ukrposhta::read;
use futures::FutureExt;
use futures::future::BoxFuture;

use super::ask::Asker;
use super::{Asked, Asks, Question, in_halves};

pub const OWN: &str = "https://www.ukrposhta.ua";

pub struct Ukrposhta {
    address: String,
}

impl Ukrposhta {
    pub fn at(base: String) -> Self {
        Self { address: format!("{base}/status-tracking/0.0.1/statuses/last/with-not-found") }
    }
}

impl Asks for Ukrposhta {
    fn most(&self) -> i64 {
        100
    }

    fn ask<'a>(&'a self, asker: &'a Asker, question: Question<'a>) -> BoxFuture<'a, Asked> {
        let Question { key, numbers, now, .. } = question;
        let ask = move |numbers: &'a [String]| {
            async move {
                let request = asker.client.post(&self.address).bearer_auth(key).json(numbers);
                asker.send(request, now).await?.read(|body| read(body, now))
            }
            .boxed()
        };
        in_halves(numbers, ask).boxed()
    }
}

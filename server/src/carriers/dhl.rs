//! DHL: one parcel a question, and few questions a day; so only some of them at a time.

use domain::carriers::CarrierWhy;
use formats::carriers::dhl::read;
use formats::carriers::not_found;
use futures::FutureExt;
use futures::future::BoxFuture;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::ask::{Asker, Trouble};
use super::{Asked, Asks, Question, Tracked, nothing_of};

pub const OWN: &str = "https://api-eu.dhl.com";

pub struct Dhl {
    address: String,
}

impl Dhl {
    pub fn at(base: String) -> Self {
        Self { address: format!("{base}/track/shipments") }
    }

    async fn one(&self, asker: &Asker, question: Question<'_>, number: &str) -> Result<Tracked, Trouble> {
        let number_sent = utf8_percent_encode(number, NON_ALPHANUMERIC);
        let address = format!("{}?trackingNumber={number_sent}&language=en", self.address);
        let answer = asker.send(asker.client.get(address).header("DHL-API-Key", question.key), question.now).await?;
        if answer.status == 404 {
            return Ok(not_found(number, question.now));
        }
        answer.read(|body| read(body, number, question.now))
    }
}

impl Asks for Dhl {
    fn most(&self) -> i64 {
        5
    }

    fn ask<'a>(&'a self, asker: &'a Asker, question: Question<'a>) -> BoxFuture<'a, Asked> {
        async move {
            let mut asked = Asked::default();
            for number in question.numbers {
                match self.one(asker, question, number).await {
                    Ok(told) => asked.told.push(told),
                    // This one, and no other.
                    Err(trouble) if trouble.why == CarrierWhy::Refuses => {
                        asked.told.push(Tracked { raw: trouble.said, ..nothing_of(number) });
                    }
                    Err(trouble) => {
                        asked.trouble = Some(trouble);
                        break;
                    }
                }
            }
            asked
        }
        .boxed()
    }
}

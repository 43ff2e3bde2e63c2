//! Нова пошта: a hundred parcels in one question, the key in its body.

use formats::carriers::nova_poshta::read;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};

use super::ask::Asker;
use super::{Asked, Asks, Question, in_halves};

pub const OWN: &str = "https://api.novaposhta.ua";

pub struct NovaPoshta {
    address: String,
}

impl NovaPoshta {
    pub fn at(base: String) -> Self {
        Self { address: format!("{base}/v2.0/json/") }
    }
}

impl Asks for NovaPoshta {
    fn most(&self) -> i64 {
        100
    }

    fn ask<'a>(&'a self, asker: &'a Asker, question: Question<'a>) -> BoxFuture<'a, Asked> {
        let Question { key, numbers, now, .. } = question;
        let ask = move |numbers: &'a [String]| {
            async move {
                let documents: Vec<Value> =
                    numbers.iter().map(|number| json!({ "DocumentNumber": number, "Phone": "" })).collect();
                let body = json!({
                    "apiKey": key,
                    "modelName": "TrackingDocument",
                    "calledMethod": "getStatusDocuments",
                    "methodProperties": { "Documents": documents },
                });
                let answer = asker.send(asker.client.post(&self.address).json(&body), now).await?;
                answer.read(|body| read(body, now))
            }
            .boxed()
        };
        in_halves(numbers, ask).boxed()
    }
}

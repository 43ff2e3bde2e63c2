//! Killed while it sends: what was being sent is sent again under the same name. And what it writes into its log, however
//! much that is, holds no secret.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::common::receiver::{Answer, Receiver, until};
use crate::common::{deal, shop, system};
use domain::auth::Storefronts;
use domain::ids::*;
use store::webhooks::{DeliveryState, NewWebhook, Topic};
use store::{Options, Store};
use tempfile::TempDir;

struct Server(Child);

impl Server {
    /// On this database; its log goes to a file.
    fn spawn(folder: &TempDir, log: &str) -> Self {
        let log = File::create(folder.path().join(log)).expect("a file");
        let mut child = Command::new(env!("CARGO_BIN_EXE_server"))
            .args(["serve", "--json"])
            .env("DATABASE_URL", database(folder))
            .env("DATA_DIR", folder.path())
            .env("LISTEN_ADDR", "127.0.0.1:0")
            .env("WEBHOOKS_INSECURE", "1")
            .env("LOG", "debug")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its words")).read_line(&mut line).expect("it listens");
        Self(child)
    }
}

/// SIGKILL: nothing is said, nothing is flushed.
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn database(folder: &TempDir) -> String {
    format!("sqlite:{}", folder.path().join("kill.db").display())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_being_sent_when_it_was_killed_is_sent_again() {
    let (folder, receiver) = (TempDir::new().expect("a folder"), Receiver::start().await);
    let store = Store::open(&Options::new(database(&folder))).await.expect("the store opens");
    let ours = shop(&store, "Кава").await;
    let topics = vec![Topic::DealCreated];
    let new = NewWebhook { url: receiver.url.clone(), storefronts: Storefronts::All, topics };
    let (hook, secret) = store.create_webhook(&system(), CommandId::new_v4(), new).await.expect("a webhook");
    deal(&store, &ours, "Олена").await;
    store.close().await;

    receiver.answer([Answer::Never]);
    let server = Server::spawn(&folder, "first.log");
    receiver.hears(1).await;
    drop(server);
    let server = Server::spawn(&folder, "second.log");
    let heard = receiver.hears(2).await;
    assert_eq!(heard[0].id(), heard[1].id());
    assert_eq!(heard[0].body, heard[1].body);
    assert!(heard.iter().all(|one| one.is_signed_with(&secret)));
    // Another process may read beside it.
    let store = Store::open(&Options::new(database(&folder))).await.expect("the store opens");
    let delivered = until("the delivery", async || {
        let list = store.webhook_deliveries(&system(), hook.id, None).await.expect("deliveries");
        list.into_iter().find(|one| one.state == DeliveryState::Delivered)
    });
    let delivered = delivered.await;
    let details = store.webhook_delivery(&system(), delivered.id).await.expect("details");
    store.close().await;
    drop(server);

    let mut places = vec![format!("{details:?}")];
    for log in ["first.log", "second.log"] {
        let text = std::fs::read_to_string(folder.path().join(log)).expect("a log");
        assert!(!text.trim().is_empty(), "{log} is empty: nothing was proven");
        places.push(text);
    }
    for heard in &heard {
        let signature = heard.header("webhook-signature").trim_start_matches("v1,");
        for place in &places {
            let bare = secret.trim_start_matches("whsec_");
            assert!(!place.contains(bare) && !place.contains(signature), "a secret: {place}");
        }
    }
}

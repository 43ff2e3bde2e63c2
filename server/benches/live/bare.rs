//! The floor: a broadcast channel and tokio-tungstenite, nothing in between. No log, no rights, no presence.

use std::collections::HashMap;
use std::time::Duration;

use futures::SinkExt;
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio_tungstenite::accept_async;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};
use uuid::Uuid;

use crate::common::{cpu_seconds, resident_kb};
use crate::listeners::Listeners;
use crate::{PER_SECOND, ROUND_SECONDS, SOCKETS, beginning, nanos, report};

/// As long as an event of a move with its card.
const EVENT: &str = include_str!("event.json");

pub async fn broadcast() {
    for sockets in SOCKETS {
        let (news, _) = broadcast::channel::<Utf8Bytes>(1_024);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("a port");
        let told = news.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                let mut news = told.subscribe();
                tokio::spawn(async move {
                    let mut socket = accept_async(stream).await.expect("a socket");
                    socket.send(Message::text("{\"t\":\"hello\"}")).await.expect("heard");
                    while let Ok(text) = news.recv().await {
                        if socket.send(Message::Text(text)).await.is_err() {
                            return;
                        }
                    }
                });
            }
        });
        let before = resident_kb();
        let listeners = Listeners::start(&format!("{address}/"), &["none=1".to_owned()], sockets).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        println!("{sockets} memory {}", (resident_kb() - before) / sockets as f64);
        let mut ticks = tokio::time::interval(Duration::from_millis(1_000 / PER_SECOND));
        let mut at = HashMap::new();
        let begun = cpu_seconds();
        for _ in 0..PER_SECOND * ROUND_SECONDS {
            ticks.tick().await;
            let id = Uuid::new_v4().to_string();
            let text = Utf8Bytes::from(EVENT.trim_end().replace("COMMAND", &id));
            at.insert(beginning(&id), nanos());
            let _ = news.send(text);
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
        let cpu = cpu_seconds() - begun;
        report(sockets, &at, cpu, &listeners.stop().await);
        accepting.abort();
    }
}

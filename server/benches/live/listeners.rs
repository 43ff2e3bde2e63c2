//! The other side of the wire: a process that holds many sockets and writes down when it heard what.

use std::io::{Read, Write};
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};

use futures::StreamExt;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::common::part;
use crate::{beginning, nanos};

pub struct Heard {
    /// The beginning of the command's id.
    pub id: u64,
    /// Nanoseconds of the clock that all processes share.
    pub at: u64,
}

pub struct Listeners {
    child: Child,
}

impl Listeners {
    /// Answers when all are connected.
    pub async fn start(address: &str, cookies: &[String], sockets: usize) -> Self {
        let mut command = part("listen", 1);
        command.env("ADDRESS", address).env("COOKIES", cookies.join("\n")).env("SOCKETS", sockets.to_string());
        let started = tokio::task::spawn_blocking(move || {
            let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("listeners");
            let mut ready = [0];
            child.stdout.as_mut().expect("a pipe").read_exact(&mut ready).expect("all are connected");
            child
        });
        Self { child: started.await.expect("listeners") }
    }

    pub async fn stop(mut self) -> Vec<Heard> {
        let read = tokio::task::spawn_blocking(move || {
            drop(self.child.stdin.take());
            let mut bytes = Vec::new();
            self.child.stdout.take().expect("a pipe").read_to_end(&mut bytes).expect("what they heard");
            self.child.wait().expect("ended");
            bytes
        });
        let number = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
        let bytes = read.await.expect("what they heard");
        bytes.chunks_exact(16).map(|pair| Heard { id: number(&pair[..8]), at: number(&pair[8..]) }).collect()
    }
}

/// What the process does: connects, says "ready" in one byte, listens until its input ends, and tells all it heard.
pub async fn listen() {
    let setting = |name| std::env::var(name).expect("a setting");
    let (address, cookies) = (setting("ADDRESS"), setting("COOKIES"));
    let host = address.split('/').next().expect("a host").to_owned();
    let cookies: Vec<&str> = cookies.split('\n').collect();
    let sockets: usize = setting("SOCKETS").parse().expect("a number");
    let heard = Arc::new(Mutex::new(Vec::<u8>::with_capacity(16 << 20)));
    for number in 0..sockets {
        let mut request = format!("ws://{address}").into_client_request().expect("a request");
        let headers = request.headers_mut();
        headers.insert("cookie", cookies[number % cookies.len()].parse().expect("a header"));
        headers.insert("origin", format!("http://{host}").parse().expect("a header"));
        let (mut socket, _) = connect_async(request).await.expect("a socket");
        let hello = socket.next().await;
        assert!(matches!(hello, Some(Ok(Message::Text(_)))), "{hello:?}");
        let heard = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Some(Ok(message)) = socket.next().await {
                let at = nanos();
                let Message::Text(text) = message else { continue };
                if let Some((_, rest)) = text.split_once("\"command\":\"") {
                    let mut heard = heard.lock().expect("whole");
                    heard.extend_from_slice(&beginning(rest).to_le_bytes());
                    heard.extend_from_slice(&at.to_le_bytes());
                }
            }
        });
    }
    let mut out = std::io::stdout();
    out.write_all(b"r").and_then(|()| out.flush()).expect("somebody asks");
    let ended = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    ended.await.expect("waited").expect("the end");
    out.write_all(&heard.lock().expect("whole")).and_then(|()| out.flush()).expect("somebody asks");
    // Sockets need no goodbye here.
    std::process::exit(0);
}

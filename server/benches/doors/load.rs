//! The other side of the wire: a process that sends what it is given over so many connections, and measures.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::common::{ms, part, quantile};

pub const CONNECTIONS: usize = 64;
const SECONDS: u64 = 3;

#[derive(Serialize, Deserialize)]
pub struct Asked {
    pub path: String,
    pub headers: Vec<(String, String)>,
    /// A POST where there is one.
    pub body: Option<String>,
}

/// What is to be sent, each line a request. Reads begin anew when they end; what was taken in once is not sent again.
pub struct Load {
    address: String,
    file: NamedTempFile,
}

#[derive(Serialize, Deserialize)]
pub struct Told {
    pub count: f64,
    pub rate: f64,
    pub p50: f64,
    pub p99: f64,
}

impl Load {
    pub fn prepare(address: &str, asked: impl Iterator<Item = Asked>) -> Self {
        let mut file = NamedTempFile::new_in(env!("CARGO_TARGET_TMPDIR")).expect("a file");
        for one in asked {
            writeln!(file, "{}", serde_json::to_string(&one).expect("JSON")).expect("written");
        }
        Self { address: address.to_owned(), file }
    }

    pub async fn run(self) -> Told {
        let mut command = part("load", 1);
        command.env("ADDRESS", &self.address).env("FILE", self.file.path()).stdout(Stdio::piped());
        let done = tokio::task::spawn_blocking(move || command.output().expect("the load"));
        let said = done.await.expect("the load");
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        serde_json::from_slice(&said.stdout).expect("what it was like")
    }
}

/// What the process does.
pub async fn send() {
    let setting = |name| std::env::var(name).expect("a setting");
    let address = setting("ADDRESS");
    let file = std::fs::File::open(setting("FILE")).expect("a file");
    let asked: Vec<Asked> = BufReader::new(file)
        .lines()
        .map(|line| serde_json::from_str(&line.expect("a line")).expect("a request"))
        .collect();
    let (asked, next) = (Arc::new(asked), Arc::new(AtomicUsize::new(0)));
    let client = reqwest::Client::builder().pool_max_idle_per_host(CONNECTIONS).build().expect("a client");
    let begun = Instant::now();
    let senders: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (asked, next, client, address) = (asked.clone(), next.clone(), client.clone(), address.clone());
            tokio::spawn(async move {
                let mut took = Vec::new();
                while begun.elapsed() < Duration::from_secs(SECONDS) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let one = &asked[number % asked.len()];
                    assert!(one.body.is_none() || number < asked.len(), "prepare more than {}", asked.len());
                    let url = format!("{address}{}", one.path);
                    let mut request = match &one.body {
                        Some(body) => client.post(url).body(body.clone()),
                        None => client.get(url),
                    };
                    for (name, value) in &one.headers {
                        request = request.header(name, value);
                    }
                    let from = format!("10.{}.{}.{}", number >> 16 & 255, number >> 8 & 255, number & 255);
                    let sent = Instant::now();
                    let answer = request.header("x-forwarded-for", from).send().await.expect("an answer");
                    assert!(answer.status().is_success(), "{}: {}", one.path, answer.status());
                    answer.bytes().await.expect("a body");
                    took.push(ms(sent.elapsed()));
                }
                took
            })
        })
        .collect();
    let mut took = Vec::new();
    for sender in senders {
        took.extend(sender.await.expect("a sender"));
    }
    let count = took.len() as f64;
    let rate = count / begun.elapsed().as_secs_f64();
    let told = Told { count, rate, p50: quantile(&took, 0.5), p99: quantile(&took, 0.99) };
    println!("{}", serde_json::to_string(&told).expect("JSON"));
}

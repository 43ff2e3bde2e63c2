use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::TcpListener;

use super::*;

/// Answers each question with the next of its answers; the last one stays.
struct Double {
    answers: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

fn double(answers: &[&[&str]]) -> Arc<Double> {
    let parsed = answers.iter().map(|list| list.iter().map(|one| address(one)).collect());
    Arc::new(Double { answers: parsed.collect(), asked: AtomicUsize::new(0) })
}

fn address(text: &str) -> IpAddr {
    text.parse().expect("an address")
}

impl Names for Double {
    fn addresses(&self, _: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let turn = self.asked.fetch_add(1, Ordering::SeqCst).min(self.answers.len() - 1);
        let answer = self.answers[turn].clone();
        Box::pin(async move { Ok(answer) })
    }
}

const SHORT: Duration = Duration::from_secs(5);

#[test]
fn private_addresses_are_refused_in_every_notation() {
    let outward = Outward::new(false);
    let hosts = [
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "0",
        "0.0.0.0",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0x7F.0x0.0x0.0x1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "127。0。0。1",
        "１２７.0.0.1",
        "%31%32%37.0.0.1",
        "10.0.0.1",
        "0xa.1",
        "192.168.1.1",
        "3232235777",
        "169.254.169.254",
        "0xA9FEA9FE",
        "2852039166",
        "0251.0376.0251.0376",
        "100.64.0.1",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[fe80::1]",
        "[fd00::1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[ff02::1]",
        "[::ffff:169.254.169.254]",
    ];
    for host in hosts {
        let url = format!("https://{host}/latest/meta-data");
        assert_eq!(outward.parse(&url).map(drop), Err(UrlFault::Private), "{host}");
    }
    for host in ["1.1.1.1", "[2606:4700::1111]", "example.com", "0x01010101", "127.example.com"] {
        assert_eq!(outward.parse(&format!("https://{host}/")).map(drop), Ok(()), "{host}");
    }
    // What looks like numbers and is none leads nowhere.
    assert_eq!(outward.parse("https://127.0.0.256/").map(drop), Err(UrlFault::Malformed));
    assert_eq!(outward.parse("https://[fe80::1%25eth0]/").map(drop), Err(UrlFault::Malformed));
    assert_eq!(outward.parse("http://1.1.1.1/").map(drop), Err(UrlFault::NotHttps));
    assert_eq!(Outward::new(true).parse("http://127.0.0.1:9/").map(drop), Ok(()));
}

async fn check(answers: &[&str]) -> Result<(), UrlFault> {
    Outward::with_names(double(&[answers]), false).check("https://shop.example/").await
}

#[tokio::test]
async fn a_name_with_one_private_address_is_refused_whole() {
    assert_eq!(check(&["1.1.1.1", "2606:4700::1111"]).await, Ok(()));
    assert_eq!(check(&["1.1.1.1", "127.0.0.1"]).await, Err(UrlFault::Private));
    assert_eq!(check(&["::ffff:10.0.0.1"]).await, Err(UrlFault::Private));
    assert_eq!(check(&[]).await, Err(UrlFault::UnknownHost));
    let localhost = Outward::new(false).check("https://localhost/").await;
    assert_eq!(localhost, Err(UrlFault::Private), "asked of the system itself");
}

/// DNS rebinding: the name answered well when it was entered, and leads inwards when it is connected.
#[tokio::test]
async fn a_name_is_judged_again_when_it_is_connected() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let names = double(&[&["1.1.1.1"], &["127.0.0.1"]]);
    let outward = Outward::with_names(names.clone(), false);
    let url = format!("https://rebinding.example:{port}/");
    assert_eq!(outward.check(&url).await, Ok(()));
    let client = outward.client(SHORT).expect("a client");
    let error = client.post(&url).body("{}").send().await.expect_err("nothing is sent");
    assert!(caused_by::<Forbidden>(&error), "{error:?}");
    assert_eq!(names.asked.load(Ordering::SeqCst), 2);
    let knocked = tokio::time::timeout(Duration::from_millis(200), listener.accept()).await;
    assert!(knocked.is_err(), "somebody connected");
}

#[tokio::test]
async fn what_is_connected_is_what_was_judged() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let names = double(&[&["127.0.0.1"]]);
    let outward = Outward::with_names(names.clone(), true);
    let client = outward.client(SHORT).expect("a client");
    let sent = tokio::spawn(client.post(format!("http://elsewhere.example:{port}/")).body("{}").send());
    let (stream, _) = tokio::time::timeout(SHORT, listener.accept()).await.expect("in time").expect("a connection");
    drop(stream);
    assert!(sent.await.expect("it ends").is_err());
    assert_eq!(names.asked.load(Ordering::SeqCst), 1, "the name is asked for once a connection");
}

#[test]
fn a_cause_is_found_however_deep() {
    let wrapped = io::Error::other(io::Error::other(Forbidden));
    assert!(caused_by::<Forbidden>(&wrapped));
    assert!(!caused_by::<Forbidden>(&io::Error::other("nothing")));
}

//! The other end of a live board.

use std::time::Duration;

use app::live::frames::Frame;
use domain::event::Live;
use domain::ids::{FunnelId, Seq, UserId};
use futures::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::StatusCode;
use tokio_tungstenite::tungstenite::{Error, Message, handshake::client::Request};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::{Someone, TestApp};

/// Longer than any answer takes, short enough to wait for one that does not come.
const PATIENCE: Duration = Duration::from_secs(8);

pub struct Ear {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

#[derive(Debug)]
pub enum Heard {
    Said(Frame),
    Closed(u16),
}

pub fn request(app: &TestApp, query: &str, cookie: Option<&str>, origin: Option<&str>) -> Request {
    request_at(&app.url, query, cookie, origin)
}

/// To a server by its address.
fn request_at(server: &str, query: &str, cookie: Option<&str>, origin: Option<&str>) -> Request {
    let url = format!("{}/live?{query}", server.replacen("http", "ws", 1));
    let mut request = url.into_client_request().expect("a request");
    let headers = request.headers_mut();
    if let Some(cookie) = cookie {
        headers.insert("cookie", cookie.parse().expect("a header"));
    }
    if let Some(origin) = origin {
        headers.insert("origin", origin.parse().expect("a header"));
    }
    request
}

/// The status with which the door stays shut.
pub async fn refusal(request: Request) -> StatusCode {
    match connect_async(request).await {
        Err(Error::Http(response)) => response.status(),
        Err(error) => panic!("no answer: {error}"),
        Ok(_) => panic!("the door opened"),
    }
}

impl Ear {
    /// On a board, from now on or from an event on; past the hello.
    pub async fn on(app: &TestApp, who: &Someone, funnel: FunnelId, since: Option<Seq>) -> Self {
        let mut ear = Self::open(app, who, funnel, since).await;
        match ear.heard().await {
            Heard::Said(Frame::Hello { .. }) => ear,
            other => panic!("no hello: {other:?}"),
        }
    }

    /// On a board of a server that runs elsewhere, from now on.
    pub async fn at(server: &str, who: &Someone, funnel: FunnelId) -> Self {
        let request = request_at(server, &format!("funnel={funnel}"), Some(&who.cookie), Some(server));
        let mut ear = Self { socket: connect_async(request).await.expect("a socket").0 };
        match ear.heard().await {
            Heard::Said(Frame::Hello { .. }) => ear,
            other => panic!("no hello: {other:?}"),
        }
    }

    pub async fn open(app: &TestApp, who: &Someone, funnel: FunnelId, since: Option<Seq>) -> Self {
        let since = since.map_or_else(String::new, |since| format!("&since={since}"));
        let request = request(app, &format!("funnel={funnel}{since}"), Some(&who.cookie), Some(&app.url));
        Self { socket: connect_async(request).await.expect("a socket").0 }
    }

    pub async fn heard(&mut self) -> Heard {
        timeout(PATIENCE, self.next()).await.expect("the server said nothing")
    }

    async fn next(&mut self) -> Heard {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    return Heard::Said(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")));
                }
                Some(Ok(Message::Close(frame))) => return Heard::Closed(frame.map_or(1005, |frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Heard::Closed(1006),
            }
        }
    }

    /// The next event, whatever else is said before it.
    pub async fn event(&mut self) -> Live {
        loop {
            match self.heard().await {
                Heard::Said(Frame::Event(live)) => return *live,
                Heard::Said(Frame::Here { .. }) => {}
                other => panic!("no event: {other:?}"),
            }
        }
    }

    /// Until these people, and nobody else, are said to be here.
    pub async fn until_here(&mut self, people: &[&Someone]) {
        let mut expected: Vec<UserId> = people.iter().map(|one| one.user).collect();
        expected.sort();
        let said = timeout(PATIENCE, async {
            loop {
                match self.next().await {
                    Heard::Said(Frame::Here { users }) if users == expected => return,
                    Heard::Said(_) => {}
                    Heard::Closed(code) => panic!("closed with {code}"),
                }
            }
        });
        said.await.unwrap_or_else(|_| panic!("it was not said that {expected:?} are here"));
    }

    /// For so long nothing is said but that the server lives.
    pub async fn quiet(&mut self, time: Duration) {
        let until = tokio::time::Instant::now() + time;
        while let Ok(heard) = tokio::time::timeout_at(until, self.next()).await {
            assert!(matches!(heard, Heard::Said(Frame::Tick { .. })), "{heard:?}");
        }
    }

    pub async fn resync(&mut self) {
        loop {
            match self.heard().await {
                Heard::Said(Frame::Resync) => return,
                Heard::Said(Frame::Here { .. }) => {}
                other => panic!("no resync: {other:?}"),
            }
        }
    }

    pub async fn event_or_nothing(&mut self) -> Option<Seq> {
        match timeout(Duration::from_millis(300), self.event()).await {
            Ok(live) => Some(live.event.seq),
            Err(_) => None,
        }
    }

    pub async fn event_past_resync(&mut self) -> Live {
        loop {
            match self.heard().await {
                Heard::Said(Frame::Event(live)) => return *live,
                Heard::Said(_) => {}
                Heard::Closed(code) => panic!("closed with {code}"),
            }
        }
    }

    /// Nothing is said of any deal for a while.
    pub async fn hears_nothing(&mut self) {
        let until = tokio::time::Instant::now() + Duration::from_millis(400);
        while let Ok(heard) = tokio::time::timeout_at(until, self.next()).await {
            assert!(matches!(heard, Heard::Said(Frame::Here { .. })), "{heard:?}");
        }
    }

    /// What is said until the socket closes, and its code.
    pub async fn until_closed(&mut self) -> (Vec<Frame>, u16) {
        let mut said = Vec::new();
        loop {
            match self.heard().await {
                Heard::Said(frame) => said.push(frame),
                Heard::Closed(code) => return (said, code),
            }
        }
    }

    pub async fn say(&mut self, message: Message) {
        // A server that has closed already is what the test waits for.
        let _ = self.socket.send(message).await;
    }
}

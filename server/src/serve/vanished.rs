//! Peers that vanish: a phone that lost its network says nothing, not even goodbye.

use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::TcpStream;

/// Silent for so long, a peer is asked whether it is still there.
const ASK_AFTER: Duration = Duration::from_secs(20);
const ASK_EVERY: Duration = Duration::from_secs(10);
/// So often without an answer.
const ASKED_MAX: u32 = 3;
/// Whatever was sent and is not acknowledged for so long goes to nobody. Without this the system tries for a quarter of
/// an hour, and whoever has gone keeps their seat for it.
#[cfg(target_os = "linux")]
const UNACKNOWLEDGED_MAX: Duration = Duration::from_secs(40);

/// The connection of a peer that has vanished ends within a minute. A system that refuses has its own, longer, limits.
pub fn notice(stream: &TcpStream) {
    let socket = SockRef::from(stream);
    let asking = TcpKeepalive::new().with_time(ASK_AFTER).with_interval(ASK_EVERY).with_retries(ASKED_MAX);
    let _ = socket.set_tcp_keepalive(&asking);
    #[cfg(target_os = "linux")]
    let _ = socket.set_tcp_user_timeout(Some(UNACKNOWLEDGED_MAX));
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn a_peer_that_vanished_is_noticed_within_a_minute() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (_near, accepted) = tokio::join!(TcpStream::connect(address), listener.accept());
        let (stream, _) = accepted.expect("a connection");
        notice(&stream);
        let socket = SockRef::from(&stream);
        assert!(socket.keepalive().expect("an answer"));
        let idle = socket.tcp_keepalive_time().expect("an answer");
        let asked =
            socket.tcp_keepalive_interval().expect("an answer") * socket.tcp_keepalive_retries().expect("an answer");
        let minute = Duration::from_secs(60);
        assert!(idle + asked <= minute, "{idle:?} + {asked:?}");
        #[cfg(target_os = "linux")]
        assert!(socket.tcp_user_timeout().expect("an answer").is_some_and(|timeout| timeout < minute));
    }
}

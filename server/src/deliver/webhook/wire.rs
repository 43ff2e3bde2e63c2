//! A message as it goes over the wire: its headers, and the signature over its name, its time and its body.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::ids::Millis;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::webhooks::Outgoing;

const USER_AGENT: &str = concat!("Voronka/", env!("CARGO_PKG_VERSION"));

pub struct Message<'a> {
    outgoing: &'a Outgoing,
    /// In seconds.
    timestamp: i64,
}

impl<'a> Message<'a> {
    pub fn of(outgoing: &'a Outgoing, now: Millis) -> Self {
        Self { outgoing, timestamp: now / 1_000 }
    }

    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = self.open_headers();
        let signed = self.outgoing.secrets.iter().filter_map(|secret| self.sign(secret));
        headers.push(("webhook-signature", signed.collect::<Vec<_>>().join(" ")));
        headers
    }

    /// For the record of tries: without the signature.
    pub fn told(&self) -> String {
        let lines = self.open_headers().into_iter().map(|(name, value)| format!("{name}: {value}"));
        lines.collect::<Vec<_>>().join("\n")
    }

    fn open_headers(&self) -> Vec<(&'static str, String)> {
        vec![
            ("content-type", "application/json".into()),
            ("user-agent", USER_AGENT.into()),
            ("webhook-id", self.outgoing.message.clone()),
            ("webhook-timestamp", self.timestamp.to_string()),
        ]
    }

    /// None where the secret is none.
    fn sign(&self, secret: &str) -> Option<String> {
        sign(secret, &self.outgoing.message, self.timestamp, &self.outgoing.body)
    }
}

fn sign(secret: &str, message: &str, timestamp: i64, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix("whsec_")?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{message}.{timestamp}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example that every implementation of Standard Webhooks is tried with.
    #[test]
    fn the_signature_is_the_standard_s() {
        let signed = sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "{\"test\": 2432232314}",
        );
        assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        assert_eq!(sign("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "m", 1, "{}"), None);
        assert_eq!(sign("whsec_!", "m", 1, "{}"), None);
    }
}

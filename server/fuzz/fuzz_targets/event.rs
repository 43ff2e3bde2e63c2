#![no_main]

//! What a browser is told over its socket, and what a restored log holds.

use domain::auth::Actor;
use domain::event::sentence::{People, author, sentence};
use domain::event::{Audience, Event, audience};
use domain::i18n::Lang;
use domain::ids::UserId;
use domain::webhooks::Topic;
use fuzz::survives_json;
use libfuzzer_sys::fuzz_target;

struct Strangers;

impl People for Strangers {
    fn name(&self, _: UserId) -> Option<String> {
        None
    }
}

fuzz_target!(|data: &[u8]| {
    let Ok(event) = serde_json::from_slice::<Event>(data) else { return };
    survives_json(&event);
    // The owner sees whatever anybody does.
    assert_eq!(audience(&event).includes(&Actor::system()), audience(&event) != Audience::Nobody);
    assert_eq!(Topic::of(&event.fact).and_then(|topic| Topic::parse(topic.key())), Topic::of(&event.fact));
    for lang in Lang::ALL {
        assert!(!sentence(&event.fact, lang, &Strangers).is_empty());
        assert!(!author(event.actor, lang, &Strangers).is_empty());
    }
});

//! What a page knows from its first byte: the language, the theme, who is signed in. The server writes it into the
//! document's head; the browser reads it there, so both draw the same first picture.

use domain::auth::{Action, Actor, On, Role, Storefronts, Who, may};
use domain::i18n::Lang;
use domain::ids::{Millis, UserId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boot {
    pub lang: Lang,
    pub theme: Theme,
    pub density: Density,
    pub build: String,
    /// The server's clock when the page was made, ms.
    pub now: Millis,
    pub me: Option<Me>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Me {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub storefronts: Storefronts,
}

impl Me {
    /// For predictions only: the server asks again.
    pub fn actor(&self) -> Actor {
        Actor { who: Who::User(self.id), role: self.role, storefronts: self.storefronts.clone() }
    }

    pub fn may(&self, action: Action) -> bool {
        may(&self.actor(), action, On::Business)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    pub fn key(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    #[cfg(feature = "ssr")]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.key() == key)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Density {
    #[default]
    Roomy,
    Compact,
}

impl Density {
    pub fn key(self) -> &'static str {
        match self {
            Density::Roomy => "roomy",
            Density::Compact => "compact",
        }
    }

    #[cfg(feature = "ssr")]
    pub fn parse(key: &str) -> Option<Self> {
        [Density::Roomy, Density::Compact].into_iter().find(|density| density.key() == key)
    }
}

/// The element that holds the boot data.
pub const ELEMENT_ID: &str = "boot";

/// Every component may ask; it never changes while the page lives.
pub fn use_boot() -> Boot {
    expect_context::<StoredValue<Boot>>().get_value()
}

pub fn use_lang() -> Lang {
    use_context::<StoredValue<Boot>>().map_or_else(Lang::default, |boot| boot.with_value(|boot| boot.lang))
}

pub fn provide_boot() {
    provide_context(StoredValue::new(find()));
}

#[cfg(feature = "ssr")]
pub fn find() -> Boot {
    use http::header;
    let session = crate::ctx::session();
    let header = |name| {
        let parts = use_context::<http::request::Parts>()?;
        Some(parts.headers.get(name)?.to_str().ok()?.to_owned())
    };
    let chosen = session.as_ref().map(|session| session.preferences.clone()).unwrap_or_default();
    let asked = || header(header::ACCEPT_LANGUAGE).map_or_else(Lang::default, |header| Lang::negotiate(&header));
    Boot {
        lang: chosen.lang.as_deref().and_then(Lang::parse).unwrap_or_else(asked),
        theme: chosen.theme.as_deref().and_then(Theme::parse).unwrap_or_default(),
        density: chosen.density.as_deref().and_then(Density::parse).unwrap_or_default(),
        build: crate::ctx::server().map_or_else(|_| String::new(), |server| server.build.to_string()),
        now: crate::ctx::now(),
        me: session.map(|session| Me {
            id: session.user,
            name: session.name,
            email: session.email,
            role: session.actor.role,
            storefronts: session.actor.storefronts,
        }),
    }
}

/// As JSON that can stand inside a script element whatever it holds.
#[cfg(feature = "ssr")]
pub fn embedded(boot: &Boot) -> String {
    serde_json::to_string(boot).unwrap_or_default().replace('<', "\\u003c").replace('\u{2028}', "\\u2028")
}

#[cfg(not(feature = "ssr"))]
pub fn find() -> Boot {
    #[cfg(feature = "hydrate")]
    {
        let text = document().get_element_by_id(ELEMENT_ID).and_then(|element| element.text_content());
        if let Some(boot) = text.and_then(|text| serde_json::from_str(&text).ok()) {
            return boot;
        }
    }
    Boot {
        lang: Lang::default(),
        theme: Theme::default(),
        density: Density::default(),
        build: String::new(),
        now: 0,
        me: None,
    }
}

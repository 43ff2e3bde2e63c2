//! Who asks: the actor that the bearer token speaks for.

use axum::extract::FromRequestParts;
use http::header;
use http::request::Parts;
use store::Ctx;

use super::problem::Problem;
use crate::state::AppState;

/// A token of ours is shorter; nothing longer is worth a look into the database.
const TOKEN_CHARS_MAX: usize = 100;

pub struct Caller(pub Ctx);

impl FromRequestParts<AppState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let token = bearer(parts).ok_or_else(Problem::unauthorised)?;
        let now = app::ctx::now();
        let actor = state.server.store.actor_of_token(token, now).await?.ok_or_else(Problem::unauthorised)?;
        Ok(Self(Ctx { actor, now }))
    }
}

/// Of two Authorization headers neither counts: a proxy and we might choose differently.
fn bearer(parts: &Parts) -> Option<&str> {
    let mut values = parts.headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    let fits = scheme.eq_ignore_ascii_case("bearer") && (1..=TOKEN_CHARS_MAX).contains(&token.len());
    fits.then_some(token)
}

//! Who asks: the actor that the bearer token speaks for. Found out once, before anything else.

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, header};
use store::Ctx;

use super::problem::Problem;
use crate::state::AppState;

/// A token of ours is shorter; nothing longer is worth a look into the database.
const TOKEN_CHARS_MAX: usize = 100;

pub struct Caller(pub Ctx);

/// What the guard found out, among the request's extensions.
#[derive(Clone)]
pub struct Identified(pub Result<Ctx, Problem>);

pub async fn identify(state: &AppState, headers: &HeaderMap) -> Result<Ctx, Problem> {
    let token = bearer(headers).ok_or_else(Problem::unauthorised)?;
    let now = app::ctx::now();
    let actor = state.server.store.actor_of_token(token, now).await?.ok_or_else(Problem::unauthorised)?;
    Ok(Ctx { actor, now })
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        match parts.extensions.get::<Identified>() {
            Some(Identified(found)) => found.clone().map(Self),
            None => Err(Problem::unauthorised()),
        }
    }
}

/// Of two Authorization headers neither counts: a proxy and we might choose differently.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    let fits = scheme.eq_ignore_ascii_case("bearer") && (1..=TOKEN_CHARS_MAX).contains(&token.len());
    fits.then_some(token)
}

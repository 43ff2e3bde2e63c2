//! A file that somebody sends, by whichever door: taken in while it comes, and no longer than it may.

use std::io;

use axum::body::Body;
use domain::auth::{Action, On, may};
use domain::board::Refusal;
use domain::ids::{CommandId, FunnelId, StorefrontId};
use domain::import::{Draft, FILE_NAME_CHARS_MAX, Kind, NewImport};
use formats::tables::Unreadable;
use store::Ctx;

use crate::guard::places::Full;
use crate::import::take::{NotTaken, take};
use crate::import::upload::{self, Broken};
use crate::state::AppState;

/// What the file is, as its sender says.
pub struct Brought {
    pub storefront: StorefrontId,
    pub kind: Kind,
    pub funnel: Option<FunnelId>,
    pub name: Option<String>,
}

#[derive(Debug)]
pub enum NotBrought {
    /// As many of yours are coming as may, or of everybody's.
    TooMany(Full),
    TooLong,
    /// It came too slowly, or its sender went away.
    BrokenOff,
    Io(io::Error),
    Unreadable(Unreadable),
    Store(store::Error),
}

impl From<NotTaken> for NotBrought {
    fn from(error: NotTaken) -> Self {
        match error {
            NotTaken::Unreadable(Unreadable::Io(error)) => NotBrought::io(error),
            NotTaken::Unreadable(unreadable) => NotBrought::Unreadable(unreadable),
            NotTaken::Store(error) => NotBrought::Store(error),
        }
    }
}

impl NotBrought {
    fn io(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::StorageFull {
            return NotBrought::Store(store::Error::Full);
        }
        NotBrought::Io(error)
    }
}

/// Answers with what the file's columns seem to mean.
pub async fn bring(
    state: &AppState,
    ctx: Ctx,
    command: CommandId,
    (brought, body): (Brought, Body),
) -> Result<Draft, NotBrought> {
    // The store asks again; this only spares the way to whoever may not.
    if !may(&ctx.actor, Action::Import, On::Storefront(brought.storefront)) {
        return Err(NotBrought::Store(Refusal::NotAllowed.into()));
    }
    let place = state.uploads.take(ctx.actor.who).map_err(NotBrought::TooMany)?;
    let state = state.clone();
    // To its end, whoever listens: half a file in the store would help nobody.
    let task = tokio::spawn(async move {
        let draft = receive(&state, &ctx, command, (brought, body)).await;
        drop(place);
        draft
    });
    task.await.unwrap_or_else(|error| Err(NotBrought::Io(io::Error::other(error))))
}

async fn receive(
    state: &AppState,
    ctx: &Ctx,
    command: CommandId,
    (brought, body): (Brought, Body),
) -> Result<Draft, NotBrought> {
    let file = upload::receive(body, &state.config.data_dir).await.map_err(|broken| match broken {
        Broken::TooLong => NotBrought::TooLong,
        Broken::Incomplete => NotBrought::BrokenOff,
        Broken::Io(error) => NotBrought::io(error),
    })?;
    let Brought { storefront, kind, funnel, name } = brought;
    let named = name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| kind.key().to_owned());
    let file_name = named.chars().take(FILE_NAME_CHARS_MAX).collect();
    let new = NewImport { kind, storefront, funnel, file_name, headings: Vec::new() };
    Ok(take(state.store(), ctx, command, (file.path(), new)).await?)
}

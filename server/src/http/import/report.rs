//! The refused rows as a file, to mend and to send again: handed out while they are read.

use std::io;

use app::ctx::now;
use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use domain::i18n::Lang;
use domain::ids::ImportId;
use domain::import::Import;
use formats::tables::report;
use futures::StreamExt;
use futures::stream::{iter, unfold};
use http::{HeaderValue, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use store::{Ctx, Store};

use crate::http::open::private;

/// Refused rows that are read at once.
const ROWS_AT_ONCE: i64 = 1_000;

/// None: the rows are no longer kept.
pub async fn hand_out(store: &Store, ctx: Ctx, import: ImportId, lang: Lang) -> store::Result<Option<Response>> {
    let import = store.import(&ctx, import).await?;
    if import.emptied {
        return Ok(None);
    }
    let name = file_name(&import);
    let head = report::head(&import.headings, lang);
    let rows = Rows { store: store.clone(), ctx, import, after: 0, lang };
    let body = iter([Ok(Bytes::from(head))]).chain(unfold(rows, Rows::next));
    // Compression asks once more after the end.
    let mut response = Body::from_stream(body.fuse()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    private(&mut response);
    Ok(Some(response))
}

/// As a header: plain for old programs, and in full for all others.
fn file_name(import: &Import) -> String {
    let stem = import.file_name.rsplit_once('.').map_or(import.file_name.as_str(), |(stem, _)| stem);
    let full = format!("{stem}.refused.csv");
    let id = import.id;
    format!(
        "attachment; filename=\"refused-{id}.csv\"; filename*=UTF-8''{}",
        utf8_percent_encode(&full, NON_ALPHANUMERIC)
    )
}

/// What is left of a report to be handed out.
struct Rows {
    store: Store,
    ctx: Ctx,
    import: Import,
    after: i64,
    lang: Lang,
}

impl Rows {
    /// A piece of the file; a failure breaks it off, so that nobody takes half of it for the whole.
    async fn next(mut self) -> Option<(io::Result<Bytes>, Self)> {
        self.ctx.now = now();
        match self.store.refused_rows_now(&self.ctx, self.import.id, self.after, ROWS_AT_ONCE).await {
            Ok(rows) => {
                self.after = rows.last()?.row;
                let lines: Vec<Vec<u8>> =
                    rows.iter().map(|row| report::row(row, &self.import.headings, self.lang)).collect();
                Some((Ok(lines.concat().into()), self))
            }
            Err(error) => {
                tracing::error!(%error, "a report of refused rows was broken off");
                Some((Err(io::Error::other(error)), self))
            }
        }
    }
}

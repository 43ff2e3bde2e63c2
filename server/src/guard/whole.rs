//! A page's rendering is never cut in the middle. A reader who goes away would leave its reactive owner behind for ever,
//! and a command half-way; so each is carried out in a task of its own, and its body read to the end, whoever listens.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout, timeout_at};

use super::class::Class;

/// Until a response begins.
pub const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);
/// Until its body has ended, or its reader is given up.
const BODY_TIME_MAX: Duration = Duration::from_secs(60);
/// Pieces that wait for a slow reader.
const PIECES_MAX: usize = 32;

/// Carries a request out in a task of its own, within its time.
pub async fn guard(request: Request, next: Next) -> Response {
    if Class::of(request.uri().path()) == Class::File {
        return next.run(request).await;
    }
    let task = tokio::spawn(async move { timeout(ANSWER_TIME_MAX, next.run(request)).await });
    match task.await {
        Ok(Ok(response)) => response.map(drained),
        Ok(Err(_)) => too_long(),
        // A panic: its words went to the log.
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.\n").into_response(),
    }
}

/// For doors whose answers are whole from the start.
pub async fn in_time(request: Request, next: Next) -> Response {
    timeout(ANSWER_TIME_MAX, next.run(request)).await.unwrap_or_else(|_| too_long())
}

fn too_long() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, "This took too long; please try again.\n").into_response()
}

fn drained(body: Body) -> Body {
    let (pieces, rest) = mpsc::channel::<Bytes>(PIECES_MAX);
    tokio::spawn(async move {
        let until = Instant::now() + BODY_TIME_MAX;
        let mut pieces = Some(pieces);
        let mut body = body.into_data_stream();
        while let Ok(Some(Ok(piece))) = timeout_at(until, body.next()).await {
            let heard = match &pieces {
                Some(pieces) => matches!(timeout_at(until, pieces.send(piece)).await, Ok(Ok(()))),
                None => continue,
            };
            if !heard {
                pieces = None;
            }
        }
    });
    let rest = futures::stream::unfold(rest, |mut rest| async move {
        let piece = rest.recv().await?;
        Some((Ok::<_, Infallible>(piece), rest))
    });
    // Whoever compresses the body asks once more after its end.
    Body::from_stream(rest.fuse())
}

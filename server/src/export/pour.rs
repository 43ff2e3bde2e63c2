//! From the store to the reader's disk, no faster than the reader takes it. A reader who has gone ends it; what goes
//! wrong on the way breaks the file off, so that half of one never passes for the whole.

use std::fs::File;
use std::io::{self, Read as _};
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures::StreamExt as _;
use jiff::tz::TimeZone;
use tokio::sync::mpsc::{self, Sender};
use tokio::time::timeout;

use super::xlsx::{self, Sent, Shape};
use super::{Table, csv};
use crate::guard::places::Place;

/// A reader who takes nothing for so long has gone.
const STALL_MAX: Duration = Duration::from_secs(60);
/// However slowly it is read, a file has an end.
const WHOLE_MAX: Duration = Duration::from_secs(1_800);
/// Until a file of XLSX is made, which is handed over only when it is whole.
const MAKING_MAX: Duration = Duration::from_secs(600);
/// Pieces that wait for the reader, pages that wait for the writer.
const WAITING_MAX: usize = 2;
const PIECE_BYTES: u64 = 64 * 1_024;

enum Piece {
    Bytes(Bytes),
    /// Without this word what came is not the whole file.
    End,
}

/// Answers when the first rows have been read; the others follow while they are being taken.
pub async fn pour_csv(mut table: Table, zone: TimeZone, place: Place) -> store::Result<Body> {
    let (headings, lang) = (table.headings(), table.lang());
    let first = table.next_page().await?;
    let begun = csv::sheet(Some(&headings), &first, lang, &zone)?;
    let (pieces, body) = pipe();
    carry_on(place, async move {
        hand(&pieces, begun.into()).await?;
        if !first.is_empty() {
            pages_after(table, &zone, &pieces).await?;
        }
        end(&pieces).await
    });
    Ok(body)
}

async fn pages_after(mut table: Table, zone: &TimeZone, pieces: &Sender<Piece>) -> store::Result<()> {
    let lang = table.lang();
    loop {
        let page = table.next_page().await?;
        if page.is_empty() {
            return Ok(());
        }
        hand(pieces, csv::sheet(None, &page, lang, zone)?.into()).await?;
    }
}

/// With its length: it is written to the disk first.
pub async fn pour_xlsx(table: Table, zone: TimeZone, place: Place) -> store::Result<(Body, u64)> {
    let file = timeout(MAKING_MAX, make(table, zone)).await.map_err(|_| store::Error::Busy)??;
    let length = file.metadata()?.len();
    let (pieces, body) = pipe();
    carry_on(place, async move {
        pieces_of(file, &pieces).await?;
        end(&pieces).await
    });
    Ok((body, length))
}

async fn make(mut table: Table, zone: TimeZone) -> store::Result<File> {
    let shape = Shape { name: table.name(), headings: table.headings(), zone };
    let (pages, taken) = mpsc::channel(WAITING_MAX);
    let writer = tokio::task::spawn_blocking(move || {
        xlsx::write(&shape, taken).map_err(|error| io::Error::other(error.to_string()))
    });
    loop {
        let page = table.next_page().await?;
        let over = page.is_empty();
        let sent = pages.send(if over { Sent::End } else { Sent::Page(page) }).await;
        // Where the writer takes no more, it says itself what went wrong.
        if over || sent.is_err() {
            break;
        }
    }
    drop(pages);
    let file = writer.await.map_err(|_| store::Error::Closed)??;
    file.ok_or(store::Error::Closed)
}

async fn pieces_of(mut file: File, pieces: &Sender<Piece>) -> store::Result<()> {
    loop {
        let read = tokio::task::spawn_blocking(move || {
            let piece = next_piece(&mut file);
            (file, piece)
        });
        let (rest, piece) = read.await.map_err(|_| store::Error::Closed)?;
        file = rest;
        let piece = piece?;
        if piece.is_empty() {
            return Ok(());
        }
        hand(pieces, piece).await?;
    }
}

/// Empty: that was all.
fn next_piece(file: &mut File) -> io::Result<Bytes> {
    let mut piece = Vec::with_capacity(PIECE_BYTES as usize);
    file.take(PIECE_BYTES).read_to_end(&mut piece)?;
    Ok(piece.into())
}

async fn hand(pieces: &Sender<Piece>, bytes: Bytes) -> store::Result<()> {
    given(pieces, Piece::Bytes(bytes)).await
}

async fn end(pieces: &Sender<Piece>) -> store::Result<()> {
    given(pieces, Piece::End).await
}

async fn given(pieces: &Sender<Piece>, piece: Piece) -> store::Result<()> {
    let gone = || io::Error::new(io::ErrorKind::BrokenPipe, "whoever asked has gone");
    match timeout(STALL_MAX, pieces.send(piece)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(gone().into()),
    }
}

/// In a task of its own, which has its place until it ends.
fn carry_on(place: Place, work: impl Future<Output = store::Result<()>> + Send + 'static) {
    tokio::spawn(async move {
        match timeout(WHOLE_MAX, work).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "an export was broken off"),
            Err(_) => tracing::warn!("an export was read too slowly and was broken off"),
        }
        drop(place);
    });
}

fn pipe() -> (Sender<Piece>, Body) {
    let (pieces, taken) = mpsc::channel::<Piece>(WAITING_MAX);
    let stream = futures::stream::unfold(Some(taken), |taken| async move {
        let mut taken = taken?;
        match taken.recv().await {
            Some(Piece::Bytes(bytes)) => Some((Ok(bytes), Some(taken))),
            Some(Piece::End) => None,
            None => Some((Err(io::Error::other("the file was broken off")), None)),
        }
    });
    // Whoever compresses the body asks once more after its end.
    (pieces, Body::from_stream(stream.fuse()))
}

#[cfg(test)]
mod tests {
    use domain::auth::Who;
    use http_body_util::BodyExt as _;

    use super::*;
    use crate::guard::places::Places;

    #[tokio::test]
    async fn only_a_file_that_was_ended_is_whole() {
        for whole in [true, false] {
            let (pieces, body) = pipe();
            tokio::spawn(async move {
                hand(&pieces, Bytes::from_static(b"a;b")).await.expect("taken");
                if whole {
                    end(&pieces).await.expect("taken");
                }
            });
            let read = body.collect().await.map(|read| read.to_bytes());
            assert_eq!(read.ok().as_deref(), whole.then_some(&b"a;b"[..]));
        }
    }

    #[tokio::test]
    async fn a_reader_who_goes_away_gives_the_place_back() {
        let places = Places::new(2, 16);
        let (pieces, body) = pipe();
        let place = places.take(Who::System).expect("a place");
        let other = places.take(Who::System).expect("a place");
        carry_on(place, async move {
            loop {
                hand(&pieces, Bytes::from_static(b"more")).await?;
            }
        });
        drop(other);
        assert!(places.take(Who::System).is_ok_and(|_| places.take(Who::System).is_err()), "it is still read");
        drop(body);
        let given_back = async {
            loop {
                let free = [places.take(Who::System), places.take(Who::System)];
                if free.iter().all(Result::is_ok) {
                    return;
                }
                drop(free);
                tokio::task::yield_now().await;
            }
        };
        timeout(STALL_MAX, given_back).await.expect("the place is given back");
    }
}

//! A file on its way in: on the disk while it is read, and gone afterwards, whatever came of it.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures::StreamExt;
use tokio::sync::mpsc;
use tokio::time::timeout;

pub const FILE_BYTES_MAX: u64 = 50 * 1_024 * 1_024;
/// What is too long is heard out this far, so that whoever sends it gets to hear the answer.
const HEARD_BYTES_MAX: u64 = 2 * FILE_BYTES_MAX;
/// Between two pieces.
const PAUSE_MAX: Duration = Duration::from_secs(30);
/// For the whole file.
const TIME_MAX: Duration = Duration::from_secs(15 * 60);
/// Pieces that wait for the disk.
const PIECES_MAX: usize = 16;
/// After it, a file that is still there is of a process that was killed.
const AGE_MAX: Duration = Duration::from_secs(24 * 3_600);
const ENDING: &str = ".upload";

#[derive(Debug)]
pub enum Broken {
    TooLong,
    /// It came too slowly, or its sender went away.
    Incomplete,
    Io(std::io::Error),
}

/// Removes the file in the end.
#[derive(Debug)]
pub struct Upload(PathBuf);

impl Upload {
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            tracing::warn!(%error, file = %self.0.display(), "a file that was taken in could not be removed");
        }
    }
}

/// Writes a body into a file of the data folder, piece by piece.
pub async fn receive(body: Body, folder: &Path) -> Result<Upload, Broken> {
    // Where the database is elsewhere nobody may have needed it yet.
    fs::create_dir_all(folder).map_err(Broken::Io)?;
    let path = folder.join(format!("{}{ENDING}", uuid::Uuid::new_v4().simple()));
    let mut file = File::create_new(&path).map_err(Broken::Io)?;
    let upload = Upload(path);
    let (pieces, mut written) = mpsc::channel::<Bytes>(PIECES_MAX);
    let writing = tokio::task::spawn_blocking(move || {
        while let Some(piece) = written.blocking_recv() {
            file.write_all(&piece)?;
        }
        file.flush()
    });
    let length = timeout(TIME_MAX, hear(body, pieces)).await.unwrap_or(Err(Broken::Incomplete));
    let written = writing.await.unwrap_or_else(|error| Err(std::io::Error::other(error)));
    written.map_err(Broken::Io)?;
    if length? > FILE_BYTES_MAX { Err(Broken::TooLong) } else { Ok(upload) }
}

/// How long it was.
async fn hear(body: Body, pieces: mpsc::Sender<Bytes>) -> Result<u64, Broken> {
    let mut body = body.into_data_stream();
    let mut length = 0;
    loop {
        match timeout(PAUSE_MAX, body.next()).await {
            Ok(None) => return Ok(length),
            Ok(Some(Ok(piece))) => {
                length += piece.len() as u64;
                if length > HEARD_BYTES_MAX {
                    return Err(Broken::TooLong);
                }
                // Where the writer stopped it says why itself.
                if length <= FILE_BYTES_MAX && pieces.send(piece).await.is_err() {
                    return Ok(length);
                }
            }
            Ok(Some(Err(_))) | Err(_) => return Err(Broken::Incomplete),
        }
    }
}

/// What a process that was killed has left.
pub fn clear(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let ours = path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ENDING));
        let age = entry.metadata().and_then(|data| data.modified()).ok().and_then(|at| at.elapsed().ok());
        if ours && age.is_some_and(|age| age > AGE_MAX) {
            drop(Upload(path));
        }
    }
}

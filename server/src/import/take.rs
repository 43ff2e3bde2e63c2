//! A file's rows go into the store. It is read twice: what is wrong with it is told before anything of it is kept.

use std::path::Path;

use app::error::AppError;
use domain::i18n::Lang;
use domain::ids::CommandId;
use domain::import::{CHUNK_ROWS_MAX, Draft, NewImport};
use store::import::NewRow;
use store::{Ctx, Store};
use tokio::sync::mpsc;

use super::table::{self, Survey};
use super::unreadable::Unreadable;

/// Chunks of rows between the reader and the store.
const CHUNKS_MAX: usize = 4;

#[derive(Debug)]
pub enum NotTaken {
    Unreadable(Unreadable),
    Store(store::Error),
}

impl NotTaken {
    pub fn words(self, lang: Lang) -> String {
        match self {
            NotTaken::Unreadable(unreadable) => unreadable.words(lang),
            NotTaken::Store(error) => AppError::from(error).words(lang),
        }
    }
}

impl From<Unreadable> for NotTaken {
    fn from(unreadable: Unreadable) -> Self {
        NotTaken::Unreadable(unreadable)
    }
}

impl From<store::Error> for NotTaken {
    fn from(error: store::Error) -> Self {
        NotTaken::Store(error)
    }
}

/// Takes a file in; nobody has said yet what its columns mean. `new` is without the headings, which the file tells.
pub async fn take(store: &Store, ctx: &Ctx, file: &Path, new: NewImport) -> Result<Draft, NotTaken> {
    let path = file.to_owned();
    let Survey { headings, sample, .. } = apart(move || table::survey(&path)).await?;
    let import = store.begin_import(ctx, CommandId::new_v4(), NewImport { headings, ..new }).await?;
    let (chunks, mut taken) = mpsc::channel(CHUNKS_MAX);
    let path = file.to_owned();
    let reading = tokio::spawn(apart(move || read_in_chunks(&path, &chunks)));
    while let Some(rows) = taken.recv().await {
        store.add_rows(ctx, import, rows).await?;
    }
    reading.await.unwrap_or(Err(Unreadable::Stopped))?;
    let import = store.end_of_rows(ctx, import).await?;
    let remembered = store.remembered_mapping(ctx, import.id).await?;
    Ok(Draft::new(import, &sample, remembered))
}

fn read_in_chunks(file: &Path, chunks: &mpsc::Sender<Vec<NewRow>>) -> Result<(), Unreadable> {
    let mut chunk = Vec::with_capacity(CHUNK_ROWS_MAX);
    let mut headed = false;
    table::read(file, &mut |row| {
        // The headings are known already.
        if !std::mem::replace(&mut headed, true) {
            return Ok(());
        }
        chunk.push(NewRow { row: row.number, cells: row.cells });
        if chunk.len() < CHUNK_ROWS_MAX {
            return Ok(());
        }
        chunks.blocking_send(std::mem::take(&mut chunk)).map_err(|_| Unreadable::Stopped)
    })?;
    if chunk.is_empty() {
        return Ok(());
    }
    chunks.blocking_send(chunk).map_err(|_| Unreadable::Stopped)
}

/// Files are read where waiting for the disk holds nobody up. What a malformed workbook makes the reader stumble over is
/// no reason to fall.
async fn apart<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, Unreadable> + Send + 'static,
) -> Result<T, Unreadable> {
    tokio::task::spawn_blocking(read).await.unwrap_or(Err(Unreadable::NotATable))
}

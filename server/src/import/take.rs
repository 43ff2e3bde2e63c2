//! A file's rows go into the store. It is read twice: what is wrong with it is told before anything of it is kept.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use app::error::AppError;
use domain::board::Refusal;
use domain::i18n::Lang;
use domain::ids::CommandId;
use domain::import::{CHUNK_ROWS_MAX, Draft, Import, ImportFault, ImportState, NewImport};
use formats::tables::{self, Survey, Unreadable};
use sha2::{Digest, Sha256};
use store::import::NewRow;
use store::{Ctx, Store};
use tokio::sync::mpsc;

/// Chunks of rows between the reader and the store.
const CHUNKS_MAX: usize = 4;
/// Of the file, read at once.
const PIECE_BYTES: usize = 64 * 1_024;

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

/// Takes a file in; nobody has said yet what its columns mean. `new` is without the headings, which the file tells. Sent
/// again by the same command, a file is the import that it was; one that broke off goes on.
pub async fn take(
    store: &Store,
    ctx: &Ctx,
    command: CommandId,
    (file, new): (&Path, NewImport),
) -> Result<Draft, NotTaken> {
    let path = file.to_owned();
    let (survey, digest) = apart(move || Ok((tables::survey(&path)?, digest(&path)?))).await?;
    let Survey { headings, sample, .. } = survey;
    let id = store.begin_import_of(ctx, command, NewImport { headings, ..new }, &digest).await?;
    let mut import = store.import(ctx, id).await?;
    if import.state == ImportState::Receiving {
        import = fill(store, ctx, &import, file).await?;
    }
    let remembered = store.remembered_mapping(ctx, import.id).await?;
    Ok(Draft::new(import, &sample, remembered))
}

/// The rows that are not there yet.
async fn fill(store: &Store, ctx: &Ctx, import: &Import, file: &Path) -> Result<Import, NotTaken> {
    let (chunks, mut taken) = mpsc::channel(CHUNKS_MAX);
    let (path, there) = (file.to_owned(), usize::try_from(import.counts.total).unwrap_or_default());
    let reading = tokio::spawn(apart(move || read_in_chunks(&path, there, &chunks)));
    while let Some(rows) = taken.recv().await {
        store.add_rows(ctx, import.id, rows).await.map_err(unless_crossed)?;
    }
    reading.await.unwrap_or(Err(Unreadable::Stopped))?;
    Ok(store.end_of_rows(ctx, import.id).await.map_err(unless_crossed)?)
}

/// The same file comes by another request as well, whose rows were quicker: that one goes on with it.
fn unless_crossed(error: store::Error) -> store::Error {
    match error {
        store::Error::Refused(Refusal::Import { fault: ImportFault::OutOfOrder | ImportFault::NotNow }) => {
            store::Error::Busy
        }
        error => error,
    }
}

fn digest(file: &Path) -> io::Result<String> {
    let (mut source, mut hash) = (File::open(file)?, Sha256::new());
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let read = source.read(&mut piece)?;
        if read == 0 {
            return Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect());
        }
        hash.update(&piece[..read]);
    }
}

/// Without the first `there` rows.
fn read_in_chunks(file: &Path, there: usize, chunks: &mpsc::Sender<Vec<NewRow>>) -> Result<(), Unreadable> {
    let mut chunk = Vec::with_capacity(CHUNK_ROWS_MAX);
    // The headings are known already.
    let mut passed_over = there + 1;
    tables::read(file, &mut |row| {
        if passed_over > 0 {
            passed_over -= 1;
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

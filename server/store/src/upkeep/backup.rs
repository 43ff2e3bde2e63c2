//! Backup while serving: a plain database file from SQLite, a logical dump from PostgreSQL.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

use super::dump;
use crate::db::{Db, Store, own};
use crate::error::{Error, Result};

/// The ending of a logical dump's name; SQLite writes one too where the name asks for it.
const DUMP_ENDING: &str = "jsonl";

impl Store {
    /// Writes the whole database, as it is at one moment, to a file that must not exist yet. Writers go on meanwhile.
    /// The file appears under its name only when it is whole, checked and on disk.
    pub async fn backup(&self, to: &Path) -> Result<()> {
        if fs::exists(to)? {
            return Err(taken(to));
        }
        let draft = Draft::beside(to);
        match self.db() {
            Db::Sqlite { read, .. } if to.extension().is_none_or(|ending| ending != DUMP_ENDING) => {
                vacuum_into(read.file(), &draft.path).await?;
                let problems = integrity(&draft.path).await?;
                if !problems.is_empty() {
                    return Err(Error::Corrupt(format!("the backup: {}", problems.join("; "))));
                }
            }
            Db::Sqlite { .. } | Db::Postgres(_) => self.dump(draft.path.clone()).await?,
        }
        draft.publish(to)
    }

    /// Writes a logical dump, in one transaction that sees one moment.
    pub(crate) async fn dump(&self, to: PathBuf) -> Result<()> {
        self.snapshot(move |conn| {
            Box::pin(async move {
                own(&to)?;
                let mut out = BufWriter::new(File::options().write(true).open(to)?);
                dump::write(conn, &mut out).await?;
                out.flush()?;
                Ok(())
            })
        })
        .await
    }
}

/// Customers and secrets are in it.
fn for_its_owner(file: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(fs::set_permissions(file, fs::Permissions::from_mode(0o600))?)
}

/// A read transaction of its own copies the database; the write connection is not asked.
async fn vacuum_into(from: &Path, to: &Path) -> Result<()> {
    let to = to.to_str().ok_or_else(|| Error::Corrupt(format!("{} is no text", to.display())))?;
    // It takes an empty file that is there already, and leaves it its mode.
    own(Path::new(to))?;
    let mut conn = SqliteConnectOptions::new().filename(from).connect().await?;
    sqlx::query("VACUUM INTO $1").bind(to).execute(&mut conn).await?;
    Ok(sqlx::Connection::close(conn).await?)
}

/// What SQLite itself finds wrong with a file: nothing, in a sound one.
pub(crate) async fn integrity(file: &Path) -> Result<Vec<String>> {
    let options = SqliteConnectOptions::from_str("sqlite:")?.filename(file).read_only(true);
    let mut conn = options.connect().await?;
    let found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut conn).await?;
    sqlx::Connection::close(conn).await?;
    Ok(found.into_iter().filter(|line| line != "ok").collect())
}

pub(crate) fn taken(file: &Path) -> Error {
    std::io::Error::new(std::io::ErrorKind::AlreadyExists, format!("{} is there already", file.display())).into()
}

/// A file in the making, beside its place; dropped unfinished, it leaves nothing behind.
pub(crate) struct Draft {
    pub path: PathBuf,
}

impl Draft {
    pub fn beside(target: &Path) -> Self {
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", uuid::Uuid::new_v4().simple()));
        Self { path: target.with_file_name(name) }
    }

    /// Gives it its name, unless somebody has taken that meanwhile.
    pub fn publish(self, target: &Path) -> Result<()> {
        for_its_owner(&self.path)?;
        File::open(&self.path)?.sync_all()?;
        match fs::hard_link(&self.path, target) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Err(taken(target)),
            // Not every file system links; then the check at the beginning has to do.
            Err(_) => fs::rename(&self.path, target)?,
        }
        sync_folder(target)
    }

    /// Puts it in the place of what is there.
    pub fn replace(self, target: &Path) -> Result<()> {
        for_its_owner(&self.path)?;
        File::open(&self.path)?.sync_all()?;
        fs::rename(&self.path, target)?;
        sync_folder(target)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// A new name is on disk only when its folder is.
fn sync_folder(file: &Path) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(File::open(folder)?.sync_all()?)
}

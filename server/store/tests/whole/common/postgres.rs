//! A PostgreSQL for this run: the one that TEST_POSTGRES_URL names, or one that the first test starts and a small
//! watcher stops when the run is over. Without one the tests fail; they never pass by not being run.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// The address of a new, empty database.
pub async fn database() -> String {
    let server = server().await;
    let name = format!("test_{}", uuid::Uuid::new_v4().simple());
    let mut conn = PgConnection::connect(&server).await.expect("the test's PostgreSQL answers");
    let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::raw_sql(create).execute(&mut conn).await.expect("a database is created");
    let (base, _) = server.rsplit_once('/').expect("the address ends in a database");
    format!("{base}/{name}")
}

async fn server() -> String {
    match std::env::var("TEST_POSTGRES_URL") {
        Ok(url) if !url.is_empty() => url,
        _ => shared().await,
    }
}

/// One for all test programs of the same parent, which is the runner.
async fn shared() -> String {
    let runner = std::os::unix::process::parent_id();
    let folder = std::env::temp_dir().join(format!("voronka-postgres-{runner}"));
    let lock = File::create(folder.with_extension("lock")).expect("a lock file");
    lock.lock().expect("the lock");
    let address = folder.with_extension("url");
    if let Ok(url) = fs::read_to_string(&address)
        && PgConnection::connect(&url).await.is_ok()
    {
        return url;
    }
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../.ci/postgres");
    let _ = Command::new(&script).arg("stop").arg(&folder).status();
    let started = Command::new(&script).arg("start").arg(&folder).stderr(Stdio::inherit()).output();
    let started = started.expect(".ci/postgres runs");
    let url = String::from_utf8_lossy(&started.stdout).trim().to_owned();
    assert!(
        started.status.success() && !url.is_empty(),
        "These tests need PostgreSQL and none could be started: install it (.ci/setup test does), \
         or name a server in TEST_POSTGRES_URL."
    );
    fs::write(&address, &url).expect("the address is written");
    watch(runner, &script, &folder);
    url
}

/// Outlives this test, not the runner.
fn watch(runner: u32, script: &PathBuf, folder: &PathBuf) {
    const WATCH: &str = "(while kill -0 \"$1\" 2>/dev/null; do sleep 1; done; \
                         \"$2\" stop \"$3\"; rm -f \"$3.url\" \"$3.lock\") &";
    let mut command = Command::new("setsid");
    command.args(["sh", "-c", WATCH, "sh", &runner.to_string()]).arg(script).arg(folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    assert!(command.status().expect("a watcher starts").success());
}

//! A PostgreSQL started for the run, where there is one on this machine: its own folder, port and socket, and gone
//! with the test's process.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tempfile::TempDir;

const PROGRAMS: [&str; 4] = ["initdb", "pg_ctl", "createdb", "psql"];

/// Keeps the cluster running.
pub struct Cluster {
    programs: PathBuf,
    folder: TempDir,
    /// PostgreSQL refuses to run as root.
    as_user: Option<&'static str>,
    port: u16,
}

impl Cluster {
    /// None: this machine has no PostgreSQL.
    pub fn start() -> Option<Self> {
        let programs = programs()?;
        let folder = TempDir::with_prefix("pg").expect("a folder");
        let as_user = is_root().then_some("nobody");
        let port = free_port();
        let cluster = Self { programs, folder, as_user, port };
        if as_user.is_some() {
            let done = Command::new("chown").arg("nobody").arg(cluster.folder.path()).status();
            assert!(done.is_ok_and(|status| status.success()), "the folder could not be handed over");
        }
        cluster.run("initdb", &["-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]);
        let options = format!(
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses= -c port={port} \
             -c max_connections=100 -k {}",
            cluster.folder.path().display()
        );
        cluster.run("pg_ctl", &["-D", "data", "-w", "-t", "30", "-l", "log", "-o", &options, "start"]);
        Some(cluster)
    }

    /// The address of a new, empty database.
    pub fn database(&self) -> String {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("test{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let (folder, port) = (self.folder.path().display().to_string(), self.port.to_string());
        self.run("createdb", &["-h", &folder, "-p", &port, "-U", "postgres", &name]);
        format!("postgres://postgres@localhost:{port}/{name}?host={}", folder.replace('/', "%2F"))
    }

    /// Cuts every connection off, as a failing network or an impatient administrator would.
    pub fn cut_connections(&self) {
        let (folder, port) = (self.folder.path().display().to_string(), self.port.to_string());
        let words = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname LIKE 'test%'";
        self.run("psql", &["-h", &folder, "-p", &port, "-U", "postgres", "-c", words]);
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let status = self.command(program).args(arguments).status();
        assert!(status.is_ok_and(|status| status.success()), "{program} failed");
    }

    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = match self.as_user {
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--"]).arg(program);
                command
            }
            None => Command::new(program),
        };
        command.current_dir(self.folder.path()).stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.command("pg_ctl").args(["-D", "data", "-m", "immediate", "-w", "stop"]).status();
    }
}

fn programs() -> Option<PathBuf> {
    static FOUND: OnceLock<Option<PathBuf>> = OnceLock::new();
    FOUND.get_or_init(find).clone()
}

/// The programs' own folder: what stands on the PATH may be links to some of them.
fn find() -> Option<PathBuf> {
    let whole = |folder: &PathBuf| PROGRAMS.iter().all(|program| folder.join(program).exists());
    let path = std::env::var_os("PATH").unwrap_or_default();
    let linked = std::env::split_paths(&path).filter_map(|folder| folder.join("initdb").canonicalize().ok());
    let on_path = linked.filter_map(|program| Some(program.parent()?.to_owned())).find(whole);
    let installed = || {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        versions.flatten().map(|entry| entry.path().join("bin")).filter(whole).max()
    };
    let found = on_path.or_else(installed);
    if found.is_none() {
        eprintln!("there is no PostgreSQL here: its part of this test is left out");
    }
    found
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(Path::new("/proc/self")).is_ok_and(|own| own.uid() == 0)
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    // Nobody listens on it over TCP; it only names the socket in our own folder.
    std::thread::sleep(Duration::from_millis(1));
    port
}

//! The server as a program of its own, for what only a process can suffer: being killed, having a full disk.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

pub struct Server {
    child: Child,
    pub url: String,
}

impl Server {
    /// With these variables besides the usual ones.
    pub fn spawn(database: &str, folder: &Path, settings: &[(&str, &str)]) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_server")), database, folder, settings)
    }

    /// No file of it may grow beyond so many blocks of 512 bytes, as on a disk that gives no more.
    pub fn spawn_cramped(database: &str, folder: &Path, blocks: u32) -> Self {
        let mut shell = Command::new("sh");
        // Without the trap the first write too many would end the process.
        shell.args(["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", &blocks.to_string()]);
        shell.arg(env!("CARGO_BIN_EXE_server"));
        Self::run(shell, database, folder, &[])
    }

    fn run(mut command: Command, database: &str, folder: &Path, settings: &[(&str, &str)]) -> Self {
        let mut child = command
            .args(["serve", "--json"])
            .env("DATABASE_URL", database)
            .env("DATA_DIR", folder)
            .env("LISTEN_ADDR", "127.0.0.1:0")
            .env("LOG", "error")
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let stdout = child.stdout.take().expect("its words");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let said: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        let url = format!("http://{}", said["listening"].as_str().expect("an address"));
        Self { child, url }
    }

    /// SIGKILL: nothing is said, nothing is flushed.
    pub fn kill(mut self) {
        self.child.kill().expect("it lives");
        self.child.wait().expect("it is gone");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

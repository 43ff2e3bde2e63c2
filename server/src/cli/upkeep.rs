//! Keeping the database well, from the command line: a copy of it, the way back, and whether all is in order.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;
use store::Store;

use super::Answer;
use crate::config::Config;
use crate::failure::Failure;

#[derive(Subcommand)]
pub enum UpkeepCommand {
    /// Copy the database into a file, also while the server serves
    Backup { file: PathBuf },
    /// Make a new database out of such a file; the server must not be running
    Restore { file: PathBuf },
    /// Look whether the database is whole and the log agrees with the rows
    Check,
}

pub async fn upkeep(config: &Config, command: UpkeepCommand) -> Result<Answer, Failure> {
    match command {
        UpkeepCommand::Restore { file } => {
            store::upkeep::restore(&config.store_options(), &file).await?;
            let file = file.display().to_string();
            Ok(Answer { words: format!("Restored from {file}."), json: json!({ "restored": file }) })
        }
        UpkeepCommand::Backup { file } => {
            let store = Store::open(&config.store_options()).await?;
            let done = store.backup(&file).await;
            store.close().await;
            done?;
            let file = file.display().to_string();
            Ok(Answer { words: format!("The backup is in {file}."), json: json!({ "backup": file }) })
        }
        UpkeepCommand::Check => {
            let store = Store::open(&config.store_options()).await?;
            let problems = store.check().await;
            store.close().await;
            match problems? {
                problems if problems.is_empty() => {
                    Ok(Answer { words: "All is in order.".into(), json: json!({ "problems": [] }) })
                }
                problems => Err(Failure::new(problems.join("\n"))),
            }
        }
    }
}

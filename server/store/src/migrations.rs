//! The schema's history, in both databases' words. Read at compile time without sqlx's own macro, which would have sqlx
//! and SQLite compiled a second time for the compiler's sake.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

struct Step {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! steps {
    ($($name:literal),* $(,)?) => {
        &[$(Step {
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }),*]
    };
}

/// In order. What has been shipped never changes: a database remembers the checksum of each.
const STEPS: &[Step] = steps![
    "0001_ground",
    "0002_shop_contacts",
    "0003_shopify",
    "0004_tracking",
    "0005_screens",
    "0006_intake",
    "0007_webhooks",
    "0008_imports",
    "0009_backfills",
    "0010_past",
    "0011_kept_history",
    "0012_statuses",
    "0013_orders_list",
    "0014_carriers",
    "0015_catalogue",
];

pub fn sqlite() -> Migrator {
    migrator(|step| step.sqlite)
}

pub fn postgres() -> Migrator {
    migrator(|step| step.postgres)
}

fn migrator(text: impl Fn(&Step) -> &'static str) -> Migrator {
    let steps = (1..).zip(STEPS).map(|(version, step)| {
        let description = step.name.split_once('_').map_or(step.name, |(_, words)| words);
        Migration::new(
            version,
            description.replace('_', " ").into(),
            MigrationType::Simple,
            text(step).into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(steps.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_step_and_numbered_in_order() {
        for database in ["sqlite", "postgres"] {
            let folder = format!("{}/migrations/{database}", env!("CARGO_MANIFEST_DIR"));
            let files = std::fs::read_dir(folder).expect("migrations");
            let mut names: Vec<String> =
                files.map(|file| file.expect("a file").file_name().to_string_lossy().into()).collect();
            names.sort();
            assert_eq!(names, STEPS.iter().map(|step| format!("{}.sql", step.name)).collect::<Vec<_>>());
        }
        for (version, step) in (1..).zip(STEPS) {
            assert!(step.name.starts_with(&format!("{version:04}_")), "{}", step.name);
        }
    }
}

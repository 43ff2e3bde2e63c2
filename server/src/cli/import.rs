//! A table brought in from the command line. The file may be larger than a browser would send; the rest is the same.

use std::fs::{self, File};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use domain::i18n::Lang;
use domain::ids::{CommandId, FunnelId, ImportId};
use domain::import::{
    DateOrder, Decimal, Draft, FILE_NAME_CHARS_MAX, Import, Kind, Mapping, NewImport, Purpose, StartImport,
};
use formats::tables::report;
use serde_json::json;
use store::{Ctx, Store};
use tokio::sync::watch;

use super::Answer;
use super::shops::{find_storefronts, lang};
use crate::failure::Failure;
use crate::import::runner;
use crate::import::take::take;

const LOOK_EVERY: Duration = Duration::from_millis(200);
const ROWS_AT_ONCE: i64 = 1_000;

#[derive(Args)]
pub struct ImportCommand {
    /// A table: CSV in any form, or XLSX
    file: PathBuf,
    /// What its rows are: customers, deals or orders
    #[arg(long, value_parser = kind)]
    kind: Kind,
    /// The storefront that they belong to, by name or number
    #[arg(long)]
    storefront: String,
    /// The funnel that deals go to, by name or number [default: where the storefront's orders arrive]
    #[arg(long)]
    funnel: Option<String>,
    /// A file that says what the columns mean, as --dry-run --json prints it [default: as last time, else guessed]
    #[arg(long)]
    mapping: Option<PathBuf>,
    /// Where it can't be told from the file: day-first, month-first or year-first
    #[arg(long, value_parser = date_order)]
    dates: Option<DateOrder>,
    /// Where it can't be told from the file: dot or comma
    #[arg(long, value_parser = decimal)]
    decimal: Option<Decimal>,
    /// Say what would happen, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The language of the refused rows' file: uk, en or ru
    #[arg(long, default_value = "en", value_parser = lang)]
    lang: Lang,
}

fn kind(key: &str) -> Result<Kind, String> {
    Kind::parse(key).ok_or_else(|| "a kind is one of customers, deals, orders".to_owned())
}

fn date_order(key: &str) -> Result<DateOrder, String> {
    match key {
        "day-first" => Ok(DateOrder::DayFirst),
        "month-first" => Ok(DateOrder::MonthFirst),
        "year-first" => Ok(DateOrder::YearFirst),
        _ => Err("dates are day-first, month-first or year-first".to_owned()),
    }
}

fn decimal(key: &str) -> Result<Decimal, String> {
    match key {
        "dot" => Ok(Decimal::Dot),
        "comma" => Ok(Decimal::Comma),
        _ => Err("a decimal sign is dot or comma".to_owned()),
    }
}

/// What was answered is printed here also where rows were refused: then the command fails after it.
pub async fn import(store: &Store, ctx: &Ctx, as_json: bool, command: ImportCommand) -> Result<Answer, Failure> {
    let (import, mapping) = carry_out(store, ctx, &command).await?;
    let refused =
        if import.counts.refused > 0 { Some(write_refused(store, ctx, &import, &command).await?) } else { None };
    let answer = answer(&import, &mapping, refused.as_deref());
    let failed = import.failure.map(|failure| failure.words(Lang::En).to_owned());
    let incomplete = refused.map(|file| format!("{} rows were refused: {}", import.counts.refused, file.display()));
    match failed.or(incomplete) {
        None => Ok(answer),
        Some(words) => {
            println!("{}", if as_json { answer.json.to_string() } else { answer.words });
            Err(Failure::new(words))
        }
    }
}

async fn carry_out(store: &Store, ctx: &Ctx, command: &ImportCommand) -> Result<(Import, Mapping), Failure> {
    let given = command.mapping.as_deref().map(read_mapping).transpose()?;
    let storefronts = find_storefronts(store, ctx, std::slice::from_ref(&command.storefront)).await?;
    let Some(storefront) = storefronts.first().copied() else { return Err(Failure::new("there is no storefront")) };
    let funnel = match &command.funnel {
        Some(asked) => Some(find_funnel(store, ctx, asked).await?),
        None => None,
    };
    let name = command.file.file_name().unwrap_or(command.file.as_os_str()).to_string_lossy();
    let file_name = name.chars().take(FILE_NAME_CHARS_MAX).collect();
    let new = NewImport { kind: command.kind, storefront, funnel, file_name, headings: Vec::new() };
    let taken = take(store, ctx, CommandId::new_v4(), (command.file.as_path(), new)).await;
    let draft =
        taken.map_err(|error| Failure::new(format!("{}: {}", command.file.display(), error.words(Lang::En))))?;
    let mapping = mapping(&draft, given, command)?;
    let purpose = if command.dry_run { Purpose::Check } else { Purpose::Import };
    let start = StartImport { import: draft.import.id, mapping: mapping.clone(), purpose };
    let import = store.start_import(ctx, CommandId::new_v4(), start).await?;
    Ok((drive(store, ctx, import.id).await?, mapping))
}

fn read_mapping(file: &Path) -> Result<Mapping, Failure> {
    let name = file.display().to_string();
    let text = fs::read_to_string(file).map_err(Failure::while_doing(&name))?;
    serde_json::from_str(&text).map_err(|error| Failure::new(format!("{name}: {error}")))
}

fn mapping(draft: &Draft, given: Option<Mapping>, command: &ImportCommand) -> Result<Mapping, Failure> {
    let mut mapping = given.unwrap_or_else(|| draft.mapping.clone());
    mapping.decimal = command.decimal.or(mapping.decimal);
    mapping.dates = command.dates.or(mapping.dates);
    let faults = mapping.faults(draft.import.headings.len());
    if faults.is_empty() {
        return Ok(mapping);
    }
    let words: Vec<String> = faults.iter().map(|fault| fault.words(Lang::En)).collect();
    Err(Failure::new(format!("{}\n--mapping says what the columns mean", words.join("\n"))))
}

/// By name or number.
async fn find_funnel(store: &Store, ctx: &Ctx, asked: &str) -> Result<FunnelId, Failure> {
    let known = store.funnels(&ctx.actor).await?;
    let number: Option<i64> = asked.trim().parse().ok();
    let named = known.iter().find(|one| one.name == asked.trim());
    let found = named.or_else(|| known.iter().find(|one| Some(one.id.0) == number));
    found.map(|one| one.id).ok_or_else(|| Failure::new(format!("there is no funnel {asked:?}")))
}

/// Here, beside a server that may be at work on the same database.
async fn drive(store: &Store, ctx: &Ctx, import: ImportId) -> Result<Import, Failure> {
    let (stop, stopped) = watch::channel(false);
    let driving = tokio::spawn(runner::drive(store.clone(), Arc::default(), stopped));
    let mut shown = None;
    let ended = loop {
        let now = match store.import(ctx, import).await {
            Ok(now) => now,
            Err(error) => break Err(error),
        };
        show_progress(&now, &mut shown);
        if !now.state.is_going() {
            break Ok(now);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    };
    let _ = stop.send(true);
    let _ = driving.await;
    Ok(ended?)
}

/// In its place for people; for a file of what was said, a line for every tenth.
fn show_progress(import: &Import, shown: &mut Option<i64>) {
    let (done, total) = (import.counts.done, import.counts.total);
    let mut out = std::io::stderr();
    if out.is_terminal() {
        let end = if import.state.is_going() { "" } else { "\n" };
        let _ = write!(out, "\r{done} / {total}{end}");
        return;
    }
    let tenth = done * 10 / total.max(1);
    if shown.replace(tenth) != Some(tenth) {
        let _ = writeln!(out, "{done} / {total}");
    }
}

/// Beside the file that they are of.
async fn write_refused(store: &Store, ctx: &Ctx, import: &Import, command: &ImportCommand) -> Result<PathBuf, Failure> {
    let path = command.file.with_extension("refused.csv");
    let name = path.display().to_string();
    let mut file = File::create(&path).map_err(Failure::while_doing(&name))?;
    file.write_all(&report::head(&import.headings, command.lang)).map_err(Failure::while_doing(&name))?;
    let mut after = 0;
    loop {
        let rows = store.refused_rows(ctx, import.id, after, ROWS_AT_ONCE).await?;
        let Some(last) = rows.last() else { break };
        after = last.row;
        for refused in &rows {
            let line = report::row(refused, &import.headings, command.lang);
            file.write_all(&line).map_err(Failure::while_doing(&name))?;
        }
    }
    file.sync_all().map_err(Failure::while_doing(&name))?;
    Ok(path)
}

fn answer(import: &Import, mapping: &Mapping, refused: Option<&Path>) -> Answer {
    let counts = import.counts;
    let state = import.state.words(Lang::En);
    let file = refused.map(|file| file.display().to_string());
    Answer {
        words: format!(
            "{state}: {} rows; {} made, {} completed, {} here already, {} refused.",
            counts.total, counts.made, counts.changed, counts.left, counts.refused
        ),
        json: json!({
            "import": import.id, "state": import.state, "counts": counts, "mapping": mapping, "refused_rows": file,
        }),
    }
}

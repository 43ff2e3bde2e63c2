//! The command line: what a first set-up needs, for people and for scripts. Answers go to stdout, the log to stderr.

mod backfill;
mod import;
mod people;
mod shops;
mod upkeep;

use std::io::IsTerminal;
use std::process::ExitCode;

use app::ctx::now;
use clap::{Parser, Subcommand};
use domain::auth::Actor;
use serde_json::{Value, json};
use store::{Ctx, Store};
use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};
use crate::failure::Failure;
use crate::{seed, serve};

/// Voronka, a CRM for online shops.
#[derive(Parser)]
#[command(name = "server", version)]
pub struct Cli {
    #[command(flatten)]
    pub config: Config,
    /// Answer in JSON, for scripts
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Subcommand)]
pub enum Command {
    /// Serve the site (also what happens without a command)
    Serve,
    /// Bring the database up to this version
    Migrate,
    /// Fill an empty database with the demo shop
    Seed {
        #[arg(long, default_value_t = seed::Size::default().deals)]
        deals: usize,
        #[arg(long, default_value_t = seed::Size::default().days)]
        days: u32,
    },
    /// People: invite them, let them in
    #[command(subcommand)]
    User(people::UserCommand),
    /// Tokens of scripts
    #[command(subcommand)]
    Token(people::TokenCommand),
    /// Shops and sites of the business
    #[command(subcommand)]
    Storefront(shops::StorefrontCommand),
    /// Bring customers, deals or orders in from a table; it fails where rows were refused, and says which
    Import(import::ImportCommand),
    /// Bring in the orders that a shop already has; its keys come from SHOP_KEY and SHOP_SECRET, or a line each on stdin
    Backfill(backfill::BackfillCommand),
    #[command(flatten)]
    Upkeep(upkeep::UpkeepCommand),
}

/// What a command answers: words for people, JSON for scripts.
pub struct Answer {
    pub words: String,
    pub json: Value,
}

pub async fn run(cli: Cli) -> ExitCode {
    if let Err(failure) = start_log(&cli.config) {
        eprintln!("error: {failure}");
        return ExitCode::from(2);
    }
    let as_json = cli.json;
    match carry_out(cli).await {
        Ok(Some(answer)) => {
            println!("{}", if as_json { answer.json.to_string() } else { answer.words });
            ExitCode::SUCCESS
        }
        Ok(None) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn carry_out(cli: Cli) -> Result<Option<Answer>, Failure> {
    let Cli { config, json, command } = cli;
    let command = match command {
        None | Some(Command::Serve) => return serve(config, json).await.map(|()| None),
        Some(command) => command,
    };
    let store = Store::open(&config.store_options()).await?;
    let ctx = Ctx { actor: Actor::system(), now: now() };
    let url = config.public_url(None);
    let answer = match command {
        Command::Serve | Command::Migrate => {
            Ok(Answer { words: "The database is up to date.".into(), json: json!({ "migrated": true }) })
        }
        Command::Seed { deals, days } => seed_demo(&store, seed::Size { deals, days }).await,
        Command::User(command) => people::user(&store, &ctx, &url, command).await,
        Command::Token(command) => people::token(&store, &ctx, command).await,
        Command::Storefront(command) => shops::storefront(&store, &ctx, &url, command).await,
        Command::Import(command) => import::import(&store, &ctx, json, command).await,
        Command::Backfill(command) => backfill::backfill(&store, &ctx, &config, command).await,
        Command::Upkeep(command) => {
            store.close().await;
            return upkeep::upkeep(&config, command).await.map(Some);
        }
    };
    store.close().await;
    answer.map(Some)
}

async fn serve(config: Config, as_json: bool) -> Result<(), Failure> {
    let running = serve::start(config).await?;
    let url = running.state.server.public_url.clone();
    let link = running.sign_in_link().await?;
    if as_json {
        println!("{}", json!({ "listening": running.address.to_string(), "url": &*url, "sign_in_link": link }));
    } else {
        println!("Voronka is at {url}");
        match &link {
            Some(link) => println!("Sign in once, within a day: {link}"),
            None if running.state.store().is_empty().await? => println!("Nobody is there yet: open {url}/setup"),
            None => {}
        }
    }
    serve::asked_to_stop().await;
    tracing::info!("stopping");
    running.stop().await;
    Ok(())
}

async fn seed_demo(store: &Store, size: seed::Size) -> Result<Answer, Failure> {
    if !store.is_empty().await? {
        return Err(Failure::new("the database is not empty; the demo shop needs one of its own"));
    }
    let seeded = seed::seed(store, size, now()).await?;
    Ok(Answer {
        words: format!(
            "The demo shop is open: {} deals, {} events, {:.1} s.",
            seeded.deals,
            seeded.events,
            seeded.took.as_secs_f64()
        ),
        json: json!({ "deals": seeded.deals, "events": seeded.events, "seconds": seeded.took.as_secs_f64() }),
    })
}

fn start_log(config: &Config) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&config.log).map_err(|error| Failure::new(format!("LOG: {error}")))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let log = log.with_ansi(std::io::stderr().is_terminal());
    let started = match config.log_format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().try_init(),
    };
    started.map_err(|error| Failure::new(format!("the log can't be started: {error}")))
}

//! Is everything as it should be? The log folded from nothing must give the boards that the rows hold.

mod orders;

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::board::{Board, Card, Totals, fold};
use domain::event::{Event, Fact, Live};
use domain::funnels::Funnel;
use domain::ids::*;

use crate::board::rows::{self, CARD};
use crate::db::Store;
use crate::error::Result;
use crate::log;
use crate::sql::{Conn, Sql, sql};

/// Problems told at most: a database that has more needs a backup, not a longer list.
const PROBLEMS_MAX: usize = 200;

impl Store {
    /// What is wrong, a sentence each; nothing in a sound database. Sees one moment, and may run while serving.
    pub async fn check(&self) -> Result<Vec<String>> {
        self.snapshot(|conn| Box::pin(async move { check(conn).await })).await
    }
}

async fn check(conn: &mut Conn) -> Result<Vec<String>> {
    let mut problems = Problems::default();
    if let Conn::Sqlite(_) = conn {
        of_the_file(conn, &mut problems).await?;
    }
    let told = replay(conn, &mut problems).await?;
    let kept = Kept::read(conn).await?;
    compare(&told, &kept, &mut problems);
    orders::compare(conn, &told.statuses, &mut problems).await?;
    for problem in crate::catalog::discrepancies(conn).await? {
        problems.tell(problem);
    }
    Ok(problems.list())
}

#[derive(Default)]
struct Problems {
    found: Vec<String>,
    more: usize,
}

impl Problems {
    fn tell(&mut self, problem: String) {
        if self.found.len() < PROBLEMS_MAX {
            self.found.push(problem);
        } else {
            self.more += 1;
        }
    }

    fn list(mut self) -> Vec<String> {
        if self.more > 0 {
            self.found.push(format!("There are {} more problems.", self.more));
        }
        self.found
    }
}

/// PostgreSQL watches its pages and foreign keys itself.
async fn of_the_file(conn: &mut Conn, problems: &mut Problems) -> Result<()> {
    const INTEGRITY: &str = "SELECT integrity_check AS found FROM pragma_integrity_check WHERE integrity_check <> 'ok'";
    for row in Sql::new(INTEGRITY, INTEGRITY).all(conn).await? {
        problems.tell(format!("The database file is damaged: {}.", row.get::<String>("found")?));
    }
    const KEYS: &str = "SELECT DISTINCT \"table\" AS child, \"parent\" AS parent FROM pragma_foreign_key_check";
    for row in Sql::new(KEYS, KEYS).all(conn).await? {
        let (child, parent): (String, String) = (row.get("child")?, row.get("parent")?);
        problems.tell(format!("A row of {child} refers to a row of {parent} that is not there."));
    }
    Ok(())
}

/// What the log tells: every funnel's board, archived ones too.
#[derive(Default)]
struct Told {
    boards: BTreeMap<FunnelId, Board>,
    created: HashSet<DealId>,
    /// Of orders whose status was ever changed.
    statuses: HashMap<OrderId, StatusId>,
}

async fn replay(conn: &mut Conn, problems: &mut Problems) -> Result<Told> {
    let (mut told, mut since) = (Told::default(), Seq(0));
    loop {
        let batch = log::raw_after(conn, since).await?;
        let Some(last) = batch.last() else { return Ok(told) };
        since = last.seq;
        for event in batch {
            told.follow(event, problems);
        }
    }
}

impl Told {
    fn follow(&mut self, event: Event, problems: &mut Problems) {
        let seq = event.seq;
        if let (Fact::OrderStatusChanged { status, .. }, Some(order)) = (&event.fact, event.scope.order) {
            self.statuses.insert(order, *status);
        }
        if let Fact::DealCreated { card } = &event.fact {
            self.created.insert(card.id);
        }
        if let Fact::DealDeleted { card } = &event.fact {
            self.created.remove(&card.id);
        }
        if let Fact::FunnelCreated { funnel } = &event.fact {
            self.boards.insert(funnel.id, Board::new(funnel.clone(), seq));
            return;
        }
        let Some(funnel) = event.scope.funnel else { return };
        match self.boards.get_mut(&funnel) {
            Some(board) => {
                fold(board, &Live { event, card: None, customer_name: None });
            }
            None => problems.tell(format!("Event {seq} is about funnel {funnel}, which was never created.")),
        }
    }
}

/// What the rows hold.
struct Kept {
    funnels: BTreeMap<FunnelId, Funnel>,
    cards: BTreeMap<DealId, Card>,
}

impl Kept {
    async fn read(conn: &mut Conn) -> Result<Self> {
        let mut funnels = BTreeMap::new();
        for row in sql!("SELECT id, storefront_id, name FROM funnels ORDER BY id").all(conn).await? {
            let id: FunnelId = row.get("id")?;
            let (storefront, name) = (row.get("storefront_id")?, row.get("name")?);
            funnels.insert(id, Funnel { id, storefront, name, stages: rows::stages(conn, id).await? });
        }
        let text = format!("SELECT {CARD} FROM deals d JOIN customers c ON c.id = d.customer_id ORDER BY d.id");
        let mut cards = BTreeMap::new();
        for row in Sql::assembled(text).all(conn).await? {
            let card = Card { customer_name: String::new(), ..rows::card(&row)? };
            cards.insert(card.id, card);
        }
        Ok(Self { funnels, cards })
    }
}

fn compare(told: &Told, kept: &Kept, problems: &mut Problems) {
    for (id, funnel) in &kept.funnels {
        match told.boards.get(id) {
            Some(board) => compare_funnels(&board.funnel, funnel, problems),
            None => problems.tell(format!("Funnel {id} is in the rows, but the log never created it.")),
        }
    }
    for id in told.boards.keys().filter(|id| !kept.funnels.contains_key(id)) {
        problems.tell(format!("Funnel {id} is in the log, but not in the rows."));
    }
    let mut logged: HashMap<DealId, &Card> = HashMap::new();
    for board in told.boards.values() {
        logged.extend(board.cards.iter().map(|(id, card)| (*id, card)));
    }
    for (id, card) in &kept.cards {
        let stands = kept.funnels.get(&card.funnel).is_some_and(|funnel| funnel.stage(card.stage).is_some());
        if !stands {
            problems.tell(format!("Deal {id} stands on stage {}, which its funnel does not have.", card.stage));
        }
        match logged.get(id) {
            _ if !told.created.contains(id) => {
                problems.tell(format!("Deal {id} is in the rows, but the log never created it."))
            }
            Some(logged) => compare_cards(logged, card, problems),
            None => problems.tell(format!("Deal {id} is in the rows, but the log has lost it.")),
        }
    }
    for id in told.created.iter().filter(|id| !kept.cards.contains_key(id)) {
        problems.tell(format!("Deal {id} is in the log, but not in the rows."));
    }
    compare_totals(told, kept, problems);
}

fn compare_funnels(logged: &Funnel, kept: &Funnel, problems: &mut Problems) {
    let id = kept.id;
    if logged.name != kept.name || logged.storefront != kept.storefront {
        problems.tell(format!("Funnel {id} has another name or storefront in the rows than in the log."));
    }
    if logged.stages != kept.stages {
        problems.tell(format!("Funnel {id} has other stages in the rows than in the log."));
    }
}

fn compare_cards(logged: &Card, kept: &Card, problems: &mut Problems) {
    let id = kept.id;
    let parts = [
        ("version", logged.version != kept.version),
        ("storefront", logged.storefront != kept.storefront),
        ("funnel", logged.funnel != kept.funnel),
        ("stage", logged.stage != kept.stage),
        ("position", logged.position != kept.position),
        ("customer", logged.customer != kept.customer),
        ("first line", logged.first_line != kept.first_line),
        ("number of lines", logged.more_lines != kept.more_lines),
        ("sum", logged.sum != kept.sum),
        ("currency", logged.currency != kept.currency),
        ("responsible person", logged.responsible != kept.responsible),
        ("source", logged.source != kept.source),
        ("order number", logged.order_number != kept.order_number),
        ("time on its stage", logged.since != kept.since),
        ("stage that it left", logged.left != kept.left),
        ("day of creation", logged.created_at != kept.created_at),
        ("mark of a deleted order", logged.deleted_in_shop != kept.deleted_in_shop),
    ];
    let differ: Vec<&str> = parts.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect();
    if !differ.is_empty() {
        problems.tell(format!("Deal {id} differs between the rows and the log: {}.", differ.join(", ")));
    }
}

/// The folded totals are counted up and down by differences; here they meet a count from nothing.
fn compare_totals(told: &Told, kept: &Kept, problems: &mut Problems) {
    let mut counted: HashMap<StageId, Totals> = HashMap::new();
    for card in kept.cards.values() {
        counted.entry(card.stage).or_default().add(card);
    }
    let none = Totals::default();
    for (stage, column) in told.boards.values().flat_map(|board| &board.columns) {
        if column.totals != *counted.get(stage).unwrap_or(&none) {
            problems.tell(format!("The count or the sums of stage {stage} differ between the rows and the log."));
        }
    }
}

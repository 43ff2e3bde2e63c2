//! Every statement is understood by both databases: the registered ones are prepared, the assembled ones are run.

use std::collections::BTreeSet;

use crate::common::shop::{NOW, Shop, form, id, incoming};
use crate::common::{TestDb, on_both};
use domain::board::Filter;
use domain::board::filter::{Day, Responsible};
use domain::board::sort::Cursor;
use domain::deals::Source;
use domain::ids::*;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqlSafeStr, SqliteConnection};
use store::Ctx;
use store::board::DealsAsked;
use store::upkeep::TABLES;

on_both![
    every_registered_statement_is_prepared,
    every_filter_is_understood,
    assembled_statements_run,
    a_dump_forgets_no_table,
];

/// A page of a list is read where it stands in an index: nothing is sorted for it, and nothing before it is read.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_list_has_its_index() {
    let db = TestDb::sqlite().await;
    let shop = Shop::open(&db.store).await;
    for (sort, index) in [
        ("id", "INTEGER PRIMARY KEY"),
        ("created", "deals_by_creation"),
        ("sum", "deals_by_sum"),
        ("since", "deals_by_age"),
    ] {
        for sort in [sort.to_owned(), format!("-{sort}")] {
            let after = Some(Cursor { value: 7, deal: DealId(7) });
            let asked = DealsAsked { sort: sort.parse().expect("an order"), after, ..DealsAsked::default() };
            for ctx in [&shop.owner, &shop.manager] {
                let plan = db.store.plan_of_sorted(ctx, &asked).await.expect("a plan");
                assert!(
                    plan.iter().any(|step| step.starts_with("SEARCH d") && step.contains(index)),
                    "{sort}: {plan:?}"
                );
                assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{sort}: {plan:?}");
            }
        }
    }
    let mut conn = SqliteConnection::connect(&db.options.url).await.expect("connects");
    let mut lists = BTreeSet::new();
    for statement in store::testing::statements() {
        let list = "FROM customers c WHERE c.id >";
        if !statement.sqlite.contains(list) {
            continue;
        }
        let text = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", statement.sqlite));
        let steps = sqlx::raw_sql(text).fetch_all(&mut conn).await.expect("a plan");
        let plan: Vec<String> = steps.iter().map(|step| step.get("detail")).collect();
        assert!(plan.iter().any(|step| step.contains("USING INTEGER PRIMARY KEY (rowid>?)")), "{list}: {plan:?}");
        assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{list}: {plan:?}");
        lists.insert(list);
    }
    assert_eq!(lists.len(), 1, "{lists:?}");
    conn.close().await.expect("closes");
    db.sound().await;
}

async fn every_registered_statement_is_prepared(db: TestDb) {
    let mut seen = 0;
    let mut faults = Vec::new();
    for statement in store::testing::statements() {
        let text = if db.store.is_postgres() { statement.postgres } else { statement.sqlite };
        let text = AssertSqlSafe(text).into_sql_str();
        let prepared = if db.store.is_postgres() {
            let mut conn = PgConnection::connect(&db.options.url).await.expect("connects");
            (&mut conn).prepare(text).await.map(drop)
        } else {
            let mut conn = SqliteConnection::connect(&db.options.url).await.expect("connects");
            (&mut conn).prepare(text).await.map(drop)
        };
        if let Err(error) = prepared {
            faults.push(format!("{}: {error}", statement.place));
        }
        seen += 1;
    }
    assert_eq!(faults, Vec::<String>::new());
    assert!(seen > 100, "only {seen} statements are registered: the registry does not reach the tests");
    db.sound().await;
}

async fn every_filter_is_understood(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    shop.deal(&db.store, "Ірина").await;
    let day = Some(Day { year: 2026, month: 9, day: 21 });
    let nobody = Some(Responsible::Nobody);
    let filters = [
        Filter { text: "50%_\\ Чай'--\0".into(), ..Filter::default() },
        Filter { text: "(050) 123".into(), ..Filter::default() },
        Filter { responsible: nobody, ..Filter::default() },
        Filter { responsible: Some(Responsible::User(UserId(1))), ..Filter::default() },
        Filter { storefront: Some(shop.one), ..Filter::default() },
        Filter { source: Some(Source::Ads), ..Filter::default() },
        Filter { sum_min: Some(i64::MAX), sum_max: Some(i64::MIN), ..Filter::default() },
        Filter { age_days: Some(i64::MAX), ..Filter::default() },
        Filter { age_days: Some(i64::MIN), ..Filter::default() },
        Filter { overdue: true, ..Filter::default() },
        Filter { from: day, to: day, ..Filter::default() },
        Filter { from: Some(Day { year: 2026, month: 13, day: 99 }), ..Filter::default() },
        Filter {
            text: "чай".into(),
            responsible: nobody,
            storefront: Some(shop.one),
            source: Some(Source::Call),
            sum_min: Some(1),
            sum_max: Some(1_000),
            age_days: Some(1),
            overdue: true,
            from: day,
            to: day,
        },
    ];
    for filter in &filters {
        for ctx in [&shop.owner, &shop.manager] {
            db.store.board(ctx, shop.orders.id, filter).await.unwrap_or_else(|error| panic!("{filter:?}: {error}"));
            db.store.column_page(ctx, (shop.orders.id, shop.stage(0)), filter, "a0").await.expect("a page loads");
            let (funnel, stage) = (Some(shop.orders.id), Some(shop.stage(0)));
            db.store.deals_page(ctx, funnel, stage, filter, (DealId(0), 1)).await.expect("deals load");
            db.store.deals_page(ctx, None, None, filter, (DealId(7), i64::MAX)).await.expect("deals load");
            for sort in ["id", "-id", "created", "-created", "sum", "-sum", "since", "-since"] {
                let (filter, after) = (filter.clone(), Some(Cursor { value: 7, deal: DealId(7) }));
                let asked = DealsAsked { funnel, stage, filter, sort: sort.parse().expect("an order"), after };
                db.store.deals_sorted(ctx, &asked, 1).await.expect("deals load");
            }
        }
    }
    db.sound().await;
}

async fn assembled_statements_run(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    let edit = domain::deals::EditDeal { command: id(), deal: card.id, seen: 1, form: form("Ірина", "", &[]) };
    db.store.edit_deal(&shop.manager, edit).await.expect("edited");
    db.store.receive_order(shop.one, NOW, incoming("1"), store::orders::Arrival::Sent).await.expect("received");
    assert!(!db.store.events_after(Seq(0)).await.expect("events").is_empty());
    assert!(!db.store.raw_events(Seq(0)).await.expect("events").is_empty());
    assert_eq!(db.store.deal_history(&shop.viewer, card.id).await.expect("a history").len(), 2);
    assert_eq!(db.store.deal_events(&shop.viewer, card.id, Seq(0), 9).await.expect("events").len(), 2);
    let ctx = Ctx { now: NOW + 30 * 86_400_000, ..shop.owner.clone() };
    assert!(db.store.tidy(ctx.now).await.expect("tidied") > 0);
    db.sound().await;
}

/// The tables that a dump walks are those that the migrations make.
async fn a_dump_forgets_no_table(db: TestDb) {
    let query = if db.store.is_postgres() {
        "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'"
    } else {
        "SELECT name FROM sqlite_schema WHERE type = 'table'"
    };
    let names: Vec<String> = if db.store.is_postgres() {
        let mut conn = PgConnection::connect(&db.options.url).await.expect("connects");
        sqlx::query_scalar(query).fetch_all(&mut conn).await.expect("the tables")
    } else {
        let mut conn = SqliteConnection::connect(&db.options.url).await.expect("connects");
        sqlx::query_scalar(query).fetch_all(&mut conn).await.expect("the tables")
    };
    let made: BTreeSet<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| !name.starts_with("_sqlx") && *name != "sqlite_sequence")
        .collect();
    let dumped: BTreeSet<&str> = TABLES.iter().map(|table| table.name).collect();
    assert_eq!(dumped, made);
    db.sound().await;
}

//! One statement for two databases. A statement is text known at compile time; [`sql!`] also registers it, so that a
//! test prepares every one of them on both. Columns are BIGINT and TEXT only, so values need no more than that.

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::{Arguments, AssertSqlSafe, Postgres, Row as _, SqlSafeStr, SqlStr};

use crate::error::{Error, Result};
use crate::sqlite::{SqliteConn, SqliteRow};

/// A connection to either database.
pub enum Conn {
    Sqlite(SqliteConn),
    Postgres(PoolConnection<Postgres>),
}

/// Every statement in the crate, for the test that prepares them.
pub struct Registered {
    pub sqlite: &'static str,
    pub postgres: &'static str,
    pub place: &'static str,
}
inventory::collect!(Registered);

/// `sql!("text for both")`, or `sql!(sqlite: "…", postgres: "…")` where they truly differ.
macro_rules! sql {
    (sqlite: $sqlite:expr, postgres: $postgres:expr $(,)?) => {{
        inventory::submit! { $crate::sql::Registered {
            sqlite: $sqlite, postgres: $postgres, place: concat!(file!(), ":", line!()),
        } }
        $crate::sql::Sql::new($sqlite, $postgres)
    }};
    ($text:expr $(,)?) => { $crate::sql::sql!(sqlite: $text, postgres: $text) };
}
pub(crate) use sql;

/// A statement with its arguments.
pub struct Sql {
    sqlite: SqlStr,
    postgres: SqlStr,
    arguments: Vec<Value>,
}

/// An argument.
#[derive(Clone, Debug)]
pub enum Value {
    Integer(Option<i64>),
    Text(Option<String>),
}

impl Sql {
    pub fn new(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite: sqlite.into_sql_str(), postgres: postgres.into_sql_str(), arguments: Vec::new() }
    }

    /// A statement put together from constant pieces; values are always arguments.
    pub fn assembled(text: String) -> Self {
        let text = AssertSqlSafe(text).into_sql_str();
        Self { sqlite: text.clone(), postgres: text, arguments: Vec::new() }
    }

    /// What SQLite would do for it.
    pub fn plan(self) -> Self {
        Self { arguments: self.arguments, ..Self::assembled(format!("EXPLAIN QUERY PLAN {}", self.sqlite.as_str())) }
    }

    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.arguments.push(value.into());
        self
    }

    /// How many rows it touched.
    pub async fn run(self, conn: &mut Conn) -> Result<u64> {
        Ok(match conn {
            Conn::Sqlite(conn) => conn.run(self.sqlite.as_str(), &self.arguments).await?,
            Conn::Postgres(conn) => {
                let arguments = for_postgres(&self.arguments)?;
                sqlx::query_with(self.postgres, arguments).execute(&mut **conn).await?.rows_affected()
            }
        })
    }

    pub async fn all(self, conn: &mut Conn) -> Result<Vec<Row>> {
        Ok(match conn {
            Conn::Sqlite(conn) => {
                let rows = conn.all(self.sqlite.as_str(), &self.arguments).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Conn::Postgres(conn) => {
                let arguments = for_postgres(&self.arguments)?;
                let rows = sqlx::query_with(self.postgres, arguments).fetch_all(&mut **conn).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    pub async fn optional(self, conn: &mut Conn) -> Result<Option<Row>> {
        Ok(self.all(conn).await?.into_iter().next())
    }

    pub async fn one(self, conn: &mut Conn) -> Result<Row> {
        self.optional(conn).await?.ok_or_else(|| sqlx::Error::RowNotFound.into())
    }
}

fn for_postgres(values: &[Value]) -> Result<PgArguments> {
    let mut arguments = PgArguments::default();
    for value in values {
        match value {
            Value::Integer(value) => arguments.add(*value),
            Value::Text(value) => arguments.add(value.clone()),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    pub fn get<T: Column>(&self, name: &str) -> Result<T> {
        T::read(self, name)
    }

    fn integer(&self, name: &str) -> Result<Option<i64>> {
        Ok(match self {
            Row::Sqlite(row) => row.integer(name)?,
            Row::Postgres(row) => row.try_get(name)?,
        })
    }

    fn text(&self, name: &str) -> Result<Option<String>> {
        Ok(match self {
            Row::Sqlite(row) => row.text(name)?,
            Row::Postgres(row) => row.try_get(name)?,
        })
    }
}

/// What a column can be read as.
pub trait Column: Sized {
    fn read(row: &Row, name: &str) -> Result<Self>;
}

fn present<T>(value: Option<T>, name: &str) -> Result<T> {
    value.ok_or_else(|| Error::Corrupt(format!("column {name} is empty")))
}

impl Column for i64 {
    fn read(row: &Row, name: &str) -> Result<Self> {
        present(row.integer(name)?, name)
    }
}

impl Column for bool {
    fn read(row: &Row, name: &str) -> Result<Self> {
        Ok(i64::read(row, name)? != 0)
    }
}

impl Column for String {
    fn read(row: &Row, name: &str) -> Result<Self> {
        present(row.text(name)?, name)
    }
}

impl Column for Option<i64> {
    fn read(row: &Row, name: &str) -> Result<Self> {
        row.integer(name)
    }
}

impl Column for Option<String> {
    fn read(row: &Row, name: &str) -> Result<Self> {
        row.text(name)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Integer(Some(value))
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Value::Integer(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Integer(Some(value.into()))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        value.to_owned().into()
    }
}

impl From<String> for Value {
    /// PostgreSQL's TEXT holds no NUL. No name has one, so that it can only have been sent to do harm.
    fn from(mut value: String) -> Self {
        value.retain(|c| c != '\0');
        Value::Text(Some(value))
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        value.clone().into()
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        value.map_or(Value::Text(None), Value::from)
    }
}

macro_rules! ids {
    ($($id:ident),*) => {$(
        impl From<domain::ids::$id> for Value {
            fn from(id: domain::ids::$id) -> Self {
                Value::Integer(Some(id.0))
            }
        }
        impl From<Option<domain::ids::$id>> for Value {
            fn from(id: Option<domain::ids::$id>) -> Self {
                Value::Integer(id.map(|id| id.0))
            }
        }
        impl Column for domain::ids::$id {
            fn read(row: &Row, name: &str) -> Result<Self> {
                Ok(Self(i64::read(row, name)?))
            }
        }
        impl Column for Option<domain::ids::$id> {
            fn read(row: &Row, name: &str) -> Result<Self> {
                Ok(row.integer(name)?.map(domain::ids::$id))
            }
        }
    )*};
}
ids!(
    UserId,
    TokenId,
    StorefrontId,
    FunnelId,
    StageId,
    LostReasonId,
    CustomerId,
    DealId,
    OrderId,
    StatusId,
    ScenarioId,
    ShipmentId,
    ProductId,
    VariantId,
    WarehouseId,
    SupplierId,
    StockMoveId,
    IntakeId,
    DeliveryId,
    ViewId,
    ScreenId,
    ImportId,
    WebhookId,
    MessageId,
    Seq
);

/// Words stored by their key.
macro_rules! keys {
    ($($type:ty),*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Value::Text(Some(value.key().to_owned()))
            }
        }
        impl Column for $type {
            fn read(row: &Row, name: &str) -> Result<Self> {
                let key = String::read(row, name)?;
                Self::parse(&key).ok_or_else(|| Error::Corrupt(format!("{name} holds {key:?}")))
            }
        }
    )*};
}
keys!(
    domain::auth::Role,
    domain::backfill::BackfillState,
    domain::backfill::ShopKind,
    domain::carriers::ScanKind,
    domain::catalog::MoveKind,
    domain::deals::Source,
    domain::funnels::Colour,
    domain::funnels::StageKind,
    domain::intake::Outcome,
    domain::orders::Carrier,
    domain::orders::PaymentKind,
    domain::orders::ShopStatus,
    domain::orders::StatusKind,
    domain::import::Kind,
    domain::import::ImportState,
    domain::import::Failure,
    domain::import::Outcome,
    domain::webhooks::DeliveryState
);

impl From<domain::money::Currency> for Value {
    fn from(currency: domain::money::Currency) -> Self {
        Value::Text(Some(currency.code().to_owned()))
    }
}

impl Column for domain::money::Currency {
    fn read(row: &Row, name: &str) -> Result<Self> {
        let code = String::read(row, name)?;
        Self::parse(&code).ok_or_else(|| Error::Corrupt(format!("{name} holds {code:?}")))
    }
}

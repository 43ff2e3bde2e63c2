//! Many rows in one statement: a hundred deals cost a few statements, not hundreds.

use crate::error::Result;
use crate::sql::{Conn, Row, Sql, Value};

/// Rows of one statement. Fewer go in powers of two, so that few different statements are ever prepared.
const ROWS_MAX: usize = 128;

/// Rows of one table that wait to be inserted.
pub(crate) struct Many {
    table: &'static str,
    columns: &'static [&'static str],
    values: Vec<Value>,
}

impl Many {
    pub fn of(table: &'static str, columns: &'static [&'static str]) -> Self {
        Self { table, columns, values: Vec::new() }
    }

    pub fn push<const WIDTH: usize>(&mut self, row: [Value; WIDTH]) {
        debug_assert_eq!(WIDTH, self.columns.len(), "a row of {}", self.table);
        self.values.extend(row);
    }

    pub async fn insert(self, conn: &mut Conn) -> Result<()> {
        self.send(conn, "").await.map(drop)
    }

    /// What the new rows say in these columns. Numbers are given in the order of the rows; the answer may come in any.
    pub async fn insert_returning(self, conn: &mut Conn, columns: &'static str) -> Result<Vec<Row>> {
        self.send(conn, columns).await
    }

    async fn send(self, conn: &mut Conn, returning: &'static str) -> Result<Vec<Row>> {
        let width = self.columns.len();
        let mut left = self.values.len() / width;
        let mut values = self.values.into_iter();
        let mut answers = Vec::new();
        while left > 0 {
            let rows = (left.ilog2() as usize).min(ROWS_MAX.ilog2() as usize);
            let rows = 1usize << rows;
            let statement = Sql::assembled(text(self.table, self.columns, rows, returning));
            let statement = values.by_ref().take(rows * width).fold(statement, Sql::bind);
            if returning.is_empty() {
                statement.run(conn).await?;
            } else {
                answers.extend(statement.all(conn).await?);
            }
            left -= rows;
        }
        Ok(answers)
    }
}

fn text(table: &str, columns: &[&str], rows: usize, returning: &str) -> String {
    let width = columns.len();
    let tuple = |row: usize| {
        let places: Vec<String> = (1..=width).map(|column| format!("${}", row * width + column)).collect();
        format!("({})", places.join(", "))
    };
    let tuples: Vec<String> = (0..rows).map(tuple).collect();
    let returning = if returning.is_empty() { String::new() } else { format!(" RETURNING {returning}") };
    format!("INSERT INTO {table} ({}) VALUES {}{returning}", columns.join(", "), tuples.join(", "))
}

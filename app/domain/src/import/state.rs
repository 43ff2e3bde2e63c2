//! An import on its way: from a file that was taken in to the last row, and back.

use serde::{Deserialize, Serialize};

use super::{Kind, Mapping, Wrong};
use crate::auth::Who;
use crate::ids::*;

/// A file to take in; its rows follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewImport {
    pub kind: Kind,
    pub storefront: StorefrontId,
    /// Where the deals go; None: where the storefront's orders arrive.
    pub funnel: Option<FunnelId>,
    pub file_name: String,
    pub headings: Vec<String>,
}

/// What a start is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Says what would happen, and writes nothing.
    Check,
    Import,
}

/// Sets an import going.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartImport {
    pub import: ImportId,
    pub mapping: Mapping,
    pub purpose: Purpose,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Its rows are still coming: nobody sees it, and one that breaks off is thrown away.
    Receiving,
    /// Its rows are in; nobody has started it.
    Uploaded,
    Checking,
    Checked,
    Running,
    Done,
    /// It ended before its last row; what it made until then is there.
    Failed,
    Undoing,
    Undone,
}

impl ImportState {
    pub const ALL: [ImportState; 9] = [
        ImportState::Receiving,
        ImportState::Uploaded,
        ImportState::Checking,
        ImportState::Checked,
        ImportState::Running,
        ImportState::Done,
        ImportState::Failed,
        ImportState::Undoing,
        ImportState::Undone,
    ];

    pub fn key(self) -> &'static str {
        match self {
            ImportState::Receiving => "receiving",
            ImportState::Uploaded => "uploaded",
            ImportState::Checking => "checking",
            ImportState::Checked => "checked",
            ImportState::Running => "running",
            ImportState::Done => "done",
            ImportState::Failed => "failed",
            ImportState::Undoing => "undoing",
            ImportState::Undone => "undone",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Somebody has to drive it on.
    pub fn is_going(self) -> bool {
        matches!(self, ImportState::Checking | ImportState::Running | ImportState::Undoing)
    }

    pub fn may_start(self) -> bool {
        matches!(self, ImportState::Uploaded | ImportState::Checked)
    }

    pub fn may_undo(self) -> bool {
        matches!(self, ImportState::Done | ImportState::Failed)
    }
}

/// Why an import ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// Somebody stopped it.
    Stopped,
    /// The funnel was archived, or has no stage any more.
    FunnelGone,
    /// Whoever started it may not import any more.
    NotAllowed,
    /// Something broke on our side; the server's log says what.
    Broken,
}

impl Failure {
    pub const ALL: [Failure; 4] = [Failure::Stopped, Failure::FunnelGone, Failure::NotAllowed, Failure::Broken];

    pub fn key(self) -> &'static str {
        match self {
            Failure::Stopped => "stopped",
            Failure::FunnelGone => "funnel_gone",
            Failure::NotAllowed => "not_allowed",
            Failure::Broken => "broken",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failure| failure.key() == key)
    }
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Made,
    /// A customer who was known already has learnt something new.
    Changed,
    /// It is here already.
    Left,
    Refused,
    /// A further line of the order above.
    Joined,
}

impl Outcome {
    pub const ALL: [Outcome; 5] = [Outcome::Made, Outcome::Changed, Outcome::Left, Outcome::Refused, Outcome::Joined];

    pub fn key(self) -> &'static str {
        match self {
            Outcome::Made => "made",
            Outcome::Changed => "changed",
            Outcome::Left => "left",
            Outcome::Refused => "refused",
            Outcome::Joined => "joined",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.key() == key)
    }
}

/// Rows in all, rows done and rows refused; customers, deals or orders made, changed and left as they were. An order of
/// several rows counts once among the latter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub total: i64,
    pub done: i64,
    pub made: i64,
    pub changed: i64,
    pub left: i64,
    pub refused: i64,
    /// By an undo: what it took back, and what it spared because somebody has worked on it since.
    #[serde(default)]
    pub undone: i64,
    #[serde(default)]
    pub spared: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    pub id: ImportId,
    pub kind: Kind,
    pub storefront: StorefrontId,
    pub funnel: Option<FunnelId>,
    pub file_name: String,
    pub headings: Vec<String>,
    /// None until its first start.
    pub mapping: Option<Mapping>,
    pub state: ImportState,
    pub failure: Option<Failure>,
    pub counts: Counts,
    pub by: Who,
    pub created_at: Millis,
    pub started_at: Option<Millis>,
    pub ended_at: Option<Millis>,
    /// How often it went on after the server had been stopped in the middle.
    pub resumed: i64,
    /// The rows' cells are no longer kept, so that there is no report and no further start.
    pub emptied: bool,
}

/// A row that was not taken, as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    /// The file's row, counted as a spreadsheet counts: the headings are row 1.
    pub row: i64,
    pub cells: Vec<String>,
    pub wrong: Vec<Wrong>,
}

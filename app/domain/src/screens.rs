//! Screens on a wall: each shows one funnel, and nothing of any customer.

use serde::{Deserialize, Serialize};

use crate::board::Board;
use crate::funnels::{Colour, StageKind};
use crate::i18n::Lang;
use crate::ids::*;
use crate::money::Currency;

/// Characters of a pairing code.
pub const CODE_CHARS: usize = 6;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screen {
    pub id: ScreenId,
    pub name: String,
    pub funnel: FunnelId,
    pub funnel_name: String,
    pub lang: Lang,
    pub paired_at: Millis,
    /// When it last asked for anything.
    pub seen_at: Option<Millis>,
}

/// Makes the screen that shows this code show a funnel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairScreen {
    pub code: String,
    pub name: String,
    pub funnel: FunnelId,
    pub lang: Lang,
}

impl PairScreen {
    /// As the screen shows it, however it was typed: in small letters, in groups, or on a Cyrillic keyboard, whose
    /// letters look the same.
    pub fn normal_code(&self) -> String {
        let latin = |letter: char| match letter {
            'А' => 'A',
            'С' => 'C',
            'Е' => 'E',
            'Н' => 'H',
            'К' => 'K',
            'М' => 'M',
            'Р' => 'P',
            'Т' => 'T',
            'У' => 'Y',
            'Х' => 'X',
            letter => letter,
        };
        self.code.chars().flat_map(char::to_uppercase).map(latin).filter(char::is_ascii_alphanumeric).collect()
    }
}

/// What a screen shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wall {
    pub funnel: String,
    pub stages: Vec<WallStage>,
    pub today: Today,
    /// When today began: a picture of yesterday is another one.
    pub day_began: Millis,
    /// The newest first.
    pub moves: Vec<WallMove>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WallStage {
    pub id: StageId,
    pub name: String,
    pub colour: Colour,
    pub kind: StageKind,
    pub count: i64,
    pub sums: Vec<(Currency, i64)>,
    /// Deals that got as far as this stage: the funnel's width here. Never more than at the stage before; None on a
    /// lost stage.
    pub reached: Option<i64>,
}

/// Since midnight in the shop's time zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    pub new: i64,
    pub won: i64,
    pub lost: i64,
}

/// A deal by its order's number, for a wall tells no names of customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WallMove {
    pub at: Millis,
    pub number: Option<String>,
    pub sum: i64,
    pub currency: Currency,
    pub to: String,
    pub colour: Colour,
}

/// A board's stages as a screen shows them.
pub fn stages(board: &Board) -> Vec<WallStage> {
    let told = board.funnel.stages.iter().map(|stage| {
        let totals = board.columns.get(&stage.id).map(|column| column.totals.clone()).unwrap_or_default();
        WallStage {
            id: stage.id,
            name: stage.name.clone(),
            colour: stage.colour,
            kind: stage.kind,
            count: totals.count,
            sums: totals.sums.iter().map(|(currency, sum)| (currency.0, *sum)).collect(),
            reached: board.reached(stage.id),
        }
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        let typed = |code: &str| {
            PairScreen { code: code.into(), name: String::new(), funnel: FunnelId(1), lang: Lang::Uk }.normal_code()
        };
        assert_eq!(typed(" ace-347 "), "ACE347");
        assert_eq!(typed("асе 347"), "ACE347", "on a Cyrillic keyboard");
        assert_eq!(typed("'; DROP"), "DROP");
    }
}

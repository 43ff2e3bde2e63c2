//! A deal: a customer's intention, worked on by somebody, worth something.

mod details;
pub mod patch;

use serde::{Deserialize, Serialize};

pub use details::{DealDetails, OrderDetails};

use crate::ids::{CommandId, DealId, FunnelId, StageId, StorefrontId, UserId};
use crate::orders::Line;

pub const LINES_MAX: usize = 200;
pub const NAME_CHARS_MAX: usize = 200;
pub const COMMENT_CHARS_MAX: usize = 5_000;
pub const QUANTITY_MAX: i64 = 1_000_000;

/// Where a lead came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    #[default]
    Site,
    Landing,
    Messenger,
    Call,
    Ads,
    Seo,
    Social,
    Email,
    Affiliate,
    Referral,
    Other,
}

impl Source {
    pub const ALL: [Source; 11] = [
        Source::Site,
        Source::Landing,
        Source::Messenger,
        Source::Call,
        Source::Ads,
        Source::Seo,
        Source::Social,
        Source::Email,
        Source::Affiliate,
        Source::Referral,
        Source::Other,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Source::Site => "site",
            Source::Landing => "landing",
            Source::Messenger => "messenger",
            Source::Call => "call",
            Source::Ads => "ads",
            Source::Seo => "seo",
            Source::Social => "social",
            Source::Email => "email",
            Source::Affiliate => "affiliate",
            Source::Referral => "referral",
            Source::Other => "other",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.key() == key)
    }
}

/// What a person types into a deal's form, still as text: the door parses it with [`DealForm::parse`] on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealForm {
    pub customer_name: String,
    pub phone: String,
    pub email: String,
    pub source: String,
    pub responsible: Option<UserId>,
    pub comment: String,
    pub lines: Vec<LineForm>,
    /// Blank: what the lines come to. An order's sum has delivery and discounts in it.
    #[serde(default)]
    pub sum: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineForm {
    pub name: String,
    pub sku: String,
    pub quantity: String,
    pub price: String,
}

/// A field that a form can be wrong in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    CustomerName,
    Phone,
    Email,
    Source,
    Responsible,
    Comment,
    Lines,
    Sum,
    LineName(usize),
    LineQuantity(usize),
    LinePrice(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    Missing,
    TooLong,
    TooMany,
    NotANumber,
    NotAPhone,
    NotAnEmail,
    Unknown,
    /// It is somebody else's.
    Taken,
}

/// What was wrong, field by field; never empty.
pub type Faults = Vec<(Field, Fault)>;

/// A deal's contents, valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealContents {
    pub customer_name: String,
    /// As typed; the store's door normalises it to E.164.
    pub phone: String,
    pub email: Option<String>,
    pub source: Source,
    pub responsible: Option<UserId>,
    pub comment: String,
    pub lines: Vec<Line>,
    /// Minor units.
    pub sum: i64,
}

impl DealForm {
    /// All faults at once. A line without a name, sku or price is left out.
    pub fn parse(&self, currency: crate::money::Currency) -> Result<DealContents, Faults> {
        let mut faults = Faults::new();
        let name = one_line(&self.customer_name);
        if name.is_empty() {
            faults.push((Field::CustomerName, Fault::Missing));
        } else if name.chars().count() > NAME_CHARS_MAX {
            faults.push((Field::CustomerName, Fault::TooLong));
        }
        let digits = self.phone.chars().filter(char::is_ascii_digit).count();
        if !self.phone.trim().is_empty() && !(7..=15).contains(&digits) {
            faults.push((Field::Phone, Fault::NotAPhone));
        }
        let email = crate::customers::normal_email(&self.email);
        if !self.email.trim().is_empty() && email.is_none() {
            faults.push((Field::Email, Fault::NotAnEmail));
        }
        let source = Source::parse(&self.source);
        if source.is_none() {
            faults.push((Field::Source, Fault::Unknown));
        }
        if self.comment.chars().count() > COMMENT_CHARS_MAX {
            faults.push((Field::Comment, Fault::TooLong));
        }
        if self.lines.len() > LINES_MAX {
            faults.push((Field::Lines, Fault::TooMany));
        }
        let mut lines = Vec::new();
        let mut sum: i64 = 0;
        for (i, line) in self.lines.iter().take(LINES_MAX).enumerate() {
            if line.is_blank() {
                continue;
            }
            match line.parse(currency) {
                Ok(line) => {
                    sum = sum.saturating_add(line.total().unwrap_or(i64::MAX));
                    lines.push(line);
                }
                Err(found) => faults.extend(found.into_iter().map(|(field, fault)| (field(i), fault))),
            }
        }
        if sum > crate::money::MINOR_MAX {
            faults.push((Field::Lines, Fault::TooLong));
        }
        if !self.sum.trim().is_empty() {
            let typed = crate::money::parse_minor(&self.sum, currency);
            match typed.filter(|typed| (0..=crate::money::MINOR_MAX).contains(typed)) {
                Some(typed) => sum = typed,
                None => faults.push((Field::Sum, Fault::NotANumber)),
            }
        }
        match (source, faults.is_empty()) {
            (Some(source), true) => Ok(DealContents {
                customer_name: name,
                phone: self.phone.trim().to_owned(),
                email,
                source,
                responsible: self.responsible,
                comment: self.comment.replace('\0', "").trim().to_owned(),
                lines,
                sum,
            }),
            _ => Err(faults),
        }
    }
}

type LineFault = (fn(usize) -> Field, Fault);

impl LineForm {
    fn is_blank(&self) -> bool {
        [&self.name, &self.sku, &self.price].iter().all(|text| text.trim().is_empty())
    }

    fn parse(&self, currency: crate::money::Currency) -> Result<Line, Vec<LineFault>> {
        let mut faults: Vec<LineFault> = Vec::new();
        let name = one_line(&self.name);
        if name.is_empty() {
            faults.push((Field::LineName, Fault::Missing));
        } else if name.chars().count() > NAME_CHARS_MAX || self.sku.chars().count() > NAME_CHARS_MAX {
            faults.push((Field::LineName, Fault::TooLong));
        }
        let quantity = match self.quantity.trim() {
            "" => Some(1),
            text => text.parse().ok().filter(|n| (1..=QUANTITY_MAX).contains(n)),
        };
        if quantity.is_none() {
            faults.push((Field::LineQuantity, Fault::NotANumber));
        }
        let price = match self.price.trim() {
            "" => Some(0),
            text => crate::money::parse_minor(text, currency).filter(|minor| *minor >= 0),
        };
        if price.is_none() {
            faults.push((Field::LinePrice, Fault::NotANumber));
        }
        match (quantity, price, faults.is_empty()) {
            (Some(quantity), Some(price), true) => Ok(Line { name, sku: one_line(&self.sku), quantity, price }),
            _ => Err(faults),
        }
    }
}

/// Without control characters: no terminal obeys them, and PostgreSQL takes no NUL.
fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

/// Makes a deal by hand, on top of a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateDeal {
    pub command: CommandId,
    pub funnel: FunnelId,
    /// None: the funnel's entrance.
    pub stage: Option<StageId>,
    /// None: the funnel's own.
    pub storefront: Option<StorefrontId>,
    pub form: DealForm,
}

/// Replaces a deal's contents. `seen` older than the contents' last change is refused with what they are now;
/// moves in between do not matter to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditDeal {
    pub command: CommandId,
    pub deal: DealId,
    pub seen: i64,
    pub form: DealForm,
}

/// Hands a deal over, or back to nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignDeal {
    pub command: CommandId,
    pub deal: DealId,
    pub to: Option<UserId>,
}

/// Takes a deal away for good. `seen` is the card's version: what changed meanwhile may be the reason to keep it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteDeal {
    pub command: CommandId,
    pub deal: DealId,
    pub seen: i64,
}

#[cfg(test)]
mod tests;

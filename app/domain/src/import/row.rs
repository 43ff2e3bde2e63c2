//! One row's cells, each read by what its column means.

use super::{Context, Field, Mapping, Why, Wrong, date, goods, number, status};
use crate::customers::normal_email;
use crate::deals::{COMMENT_CHARS_MAX, NAME_CHARS_MAX, Source};
use crate::funnels::Stage;
use crate::i18n::{Lang, t};
use crate::ids::*;
use crate::orders::{Line, ShopStatus};

const ID_CHARS_MAX: usize = 64;
/// A date that is further ahead is a mistake; a nearer one is a clock or a time zone.
const AHEAD_MAX: Millis = 86_400_000;
/// What other systems call our sources.
const SOURCES: [(Source, &[&str]); 8] = [
    (Source::Social, &["instagram", "інстаграм", "инстаграм", "facebook", "фейсбук", "tiktok"]),
    (Source::Messenger, &["telegram", "телеграм", "viber", "вайбер", "whatsapp", "chat", "чат"]),
    (Source::Call, &["phone", "телефон", "call center"]),
    (Source::Ads, &["google ads", "facebook ads", "adwords", "cpc"]),
    (Source::Seo, &["google", "organic", "seo"]),
    (Source::Site, &["web", "website", "online store", "shop", "магазин", "інтернет магазин", "интернет магазин"]),
    (Source::Landing, &["landing", "лендінг", "лендинг", "lp"]),
    (Source::Email, &["newsletter", "mail", "розсилка", "рассылка"]),
];

/// What one row says; several rows of one order are joined.
#[derive(Default)]
pub(super) struct Row {
    pub name: String,
    pub phone: Option<(usize, String)>,
    pub email: Option<String>,
    pub order_number: Option<String>,
    pub external_id: Option<String>,
    pub stage: Option<StageId>,
    pub status: Option<ShopStatus>,
    pub shop_status: String,
    pub sum: Option<i64>,
    pub shipping_total: Option<i64>,
    pub discount_total: Option<i64>,
    pub payment_method: String,
    pub paid: Option<bool>,
    pub lines: Vec<Line>,
    pub source: Option<Source>,
    pub responsible: Option<UserId>,
    pub lost_reason: Option<LostReasonId>,
    pub comment: String,
    pub created_at: Option<Millis>,
}

impl Row {
    /// What the rows before have not said; lines are added.
    pub fn join(&mut self, next: Row) {
        let first = |known: &mut String, next: String| {
            if known.is_empty() {
                *known = next;
            }
        };
        first(&mut self.name, next.name);
        first(&mut self.shop_status, next.shop_status);
        first(&mut self.payment_method, next.payment_method);
        first(&mut self.comment, next.comment);
        self.phone = self.phone.take().or(next.phone);
        self.email = self.email.take().or(next.email);
        self.order_number = self.order_number.take().or(next.order_number);
        self.external_id = self.external_id.take().or(next.external_id);
        self.stage = self.stage.or(next.stage);
        self.status = self.status.or(next.status);
        self.sum = self.sum.or(next.sum);
        self.shipping_total = self.shipping_total.or(next.shipping_total);
        self.discount_total = self.discount_total.or(next.discount_total);
        self.paid = self.paid.or(next.paid);
        self.source = self.source.or(next.source);
        self.responsible = self.responsible.or(next.responsible);
        self.lost_reason = self.lost_reason.or(next.lost_reason);
        self.created_at = self.created_at.or(next.created_at);
        self.lines.extend(next.lines);
    }
}

/// What can be read, and what is wrong with the rest.
pub(super) fn read(cells: &[String], mapping: &Mapping, context: &Context<'_>) -> (Row, Vec<Wrong>) {
    let mut cells = Cells { cells, mapping, context, wrong: Vec::new() };
    let shop_status = cells.text(Field::Status, NAME_CHARS_MAX).unwrap_or_default();
    let row = Row {
        name: cells.name(),
        phone: cells.phone(),
        email: cells.email(),
        order_number: cells
            .text(Field::OrderNumber, ID_CHARS_MAX)
            .map(|number| numbered(&number))
            .filter(|number| !number.is_empty()),
        external_id: cells.text(Field::ExternalId, ID_CHARS_MAX),
        stage: cells.stage(),
        status: Some(shop_status.as_str()).filter(|word| !word.is_empty()).map(status::status),
        shop_status,
        sum: cells.amount(Field::Sum),
        shipping_total: cells.amount(Field::ShippingTotal),
        discount_total: cells.value(Field::DiscountTotal, |text, cells| {
            // A discount that is taken off is a discount.
            number::parse_amount(text, cells.mapping.decimal, cells.context.currency).map(i64::abs)
        }),
        payment_method: cells.text(Field::PaymentMethod, NAME_CHARS_MAX).unwrap_or_default(),
        paid: cells.value(Field::Paid, |text, _| number::parse_answer(text)),
        lines: cells.lines(),
        source: cells.value(Field::Source, |text, _| Ok(source(text))),
        responsible: cells.responsible(),
        lost_reason: cells.lost_reason(),
        comment: cells.comment(),
        created_at: cells.created_at(),
    };
    (row, cells.wrong)
}

struct Cells<'r> {
    cells: &'r [String],
    mapping: &'r Mapping,
    context: &'r Context<'r>,
    wrong: Vec<Wrong>,
}

impl<'r> Cells<'r> {
    /// The field's cell as read; what cannot be read is told.
    fn value<T>(&mut self, field: Field, read: impl FnOnce(&'r str, &Self) -> Result<T, Why>) -> Option<T> {
        let (column, text) = self.mapping.cell(self.cells, field)?;
        match read(text, self) {
            Ok(value) => Some(value),
            Err(why) => {
                self.wrong.push(Wrong { column: Some(column), field, why });
                None
            }
        }
    }

    fn text(&mut self, field: Field, chars_max: usize) -> Option<String> {
        let text = self.value(field, |text, _| fitting(one_line(text), chars_max))?;
        (!text.is_empty()).then_some(text)
    }

    fn amount(&mut self, field: Field) -> Option<i64> {
        self.value(field, |text, cells| {
            let minor = number::parse_amount(text, cells.mapping.decimal, cells.context.currency)?;
            if minor < 0 { Err(Why::Negative) } else { Ok(minor) }
        })
    }

    /// Of several columns, joined in their order.
    fn joined(&self, field: Field, between: &str) -> String {
        let columns = self.mapping.columns_of(field);
        let texts = columns.filter_map(|column| self.cells.get(column)).map(|text| text.trim());
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(between)
    }

    fn name(&mut self) -> String {
        let name = one_line(&self.joined(Field::Name, " "));
        self.value(Field::Name, |_, _| fitting(name, NAME_CHARS_MAX)).unwrap_or_default()
    }

    fn comment(&mut self) -> String {
        let comment: String = self.joined(Field::Comment, "\n").chars().filter(|c| *c != '\0').collect();
        self.value(Field::Comment, |_, _| fitting(comment, COMMENT_CHARS_MAX)).unwrap_or_default()
    }

    /// Several in one cell: the first.
    fn phone(&mut self) -> Option<(usize, String)> {
        let (column, text) = self.mapping.cell(self.cells, Field::Phone)?;
        let first = text.split([',', ';', '\n']).map(str::trim).find(|part| !part.is_empty())?;
        Some((column, first.to_owned()))
    }

    fn email(&mut self) -> Option<String> {
        self.value(Field::Email, |text, _| {
            let apart = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
            let first = text.split(apart).find(|part| !part.is_empty()).unwrap_or(text);
            normal_email(first).ok_or(Why::NotAnEmail)
        })
    }

    fn stage(&mut self) -> Option<StageId> {
        self.value(Field::Stage, |text, cells| {
            let wanted = folded(text);
            let found = cells.context.stages.iter().find(|stage| is_called(stage, &wanted));
            found.map(|stage| stage.id).ok_or(Why::UnknownStage)
        })
    }

    fn responsible(&mut self) -> Option<UserId> {
        self.value(Field::Responsible, |text, cells| {
            let wanted = folded(text);
            let mut found = cells.context.team.iter().filter(|one| folded(&one.name) == wanted || one.email == wanted);
            match (found.next(), found.next()) {
                (Some(one), None) => Ok(one.id),
                // Two of one name: the file must call them by their addresses.
                (None, _) | (Some(_), Some(_)) => Err(Why::UnknownPerson),
            }
        })
    }

    fn lost_reason(&mut self) -> Option<LostReasonId> {
        self.value(Field::LostReason, |text, cells| {
            let wanted = folded(text);
            let found = cells.context.lost_reasons.iter().find(|reason| folded(&reason.name) == wanted);
            found.map(|reason| reason.id).ok_or(Why::UnknownLostReason)
        })
    }

    fn created_at(&mut self) -> Option<Millis> {
        self.value(Field::CreatedAt, |text, cells| {
            let at = match date::parse_date(text, cells.mapping.dates)? {
                date::When::Moment(at) => at,
                date::When::Local(local) => (cells.context.moment)(local),
            };
            let now = cells.context.now;
            if at > now + AHEAD_MAX { Err(Why::InFuture) } else { Ok(at.min(now)) }
        })
    }

    /// All the goods of the row: without a column of their prices or numbers, a cell may name several.
    fn lines(&mut self) -> Vec<Line> {
        let counted = [Field::Sku, Field::Quantity, Field::Price].into_iter().any(|field| self.mapping.has(field));
        let named = self.mapping.cell(self.cells, Field::ProductName).filter(|_| !counted);
        let several = named.and_then(|(_, text)| goods::read_goods(text));
        several.unwrap_or_else(|| self.line().into_iter().collect())
    }

    /// The row's product, where it has one.
    fn line(&mut self) -> Option<Line> {
        let name = self.text(Field::ProductName, NAME_CHARS_MAX);
        let sku = self.text(Field::Sku, NAME_CHARS_MAX).unwrap_or_default();
        let quantity = self.value(Field::Quantity, |text, _| number::parse_quantity(text));
        let price = self.amount(Field::Price);
        let named = name.clone().or_else(|| Some(sku.clone()).filter(|sku| !sku.is_empty()));
        if named.is_none() && price.is_some_and(|price| price > 0) {
            let column = self.mapping.columns_of(Field::ProductName).next();
            let named = self.mapping.has(Field::ProductName);
            // Without a column of products, a price is the price of the order's one thing.
            if named {
                self.wrong.push(Wrong { column, field: Field::ProductName, why: Why::Missing });
                return None;
            }
            return Some(Line { name: "—".into(), sku, quantity: quantity.unwrap_or(1), price: price.unwrap_or(0) });
        }
        Some(Line { name: named?, sku, quantity: quantity.unwrap_or(1), price: price.unwrap_or(0) })
    }
}

/// "#1001" is how a shop shows it; the sign is no part of what people say.
fn numbered(number: &str) -> String {
    number.trim_start_matches(['#', '№']).trim().to_owned()
}

fn fitting(text: String, chars_max: usize) -> Result<String, Why> {
    if text.chars().count() > chars_max { Err(Why::TooLong) } else { Ok(text) }
}

/// Without control characters: printers and terminals obey them.
pub(super) fn one_line(text: &str) -> String {
    let spaced = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    spaced.filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn is_called(stage: &Stage, wanted: &str) -> bool {
    folded(&stage.name) == wanted
}

/// Ours by its key or its name in any language, or what others call it.
fn source(text: &str) -> Source {
    let word = super::normal_heading(text);
    let ours = Source::ALL.into_iter().find(|source| {
        let named = |lang: Lang| super::normal_heading(t::source_name(lang, *source)) == word;
        source.key() == word || Lang::ALL.into_iter().any(named)
    });
    let theirs = || SOURCES.into_iter().find(|(_, words)| words.contains(&word.as_str())).map(|(source, _)| source);
    ours.or_else(theirs).unwrap_or(Source::Other)
}

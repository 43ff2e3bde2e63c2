//! Imports in the reader's language.

use super::{Failure, Field, ImportFault, ImportState, Kind, MappingFault, Outcome, Why};
use crate::i18n::{Lang, t};

impl Kind {
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Kind::Customers => t::import_customers(lang),
            Kind::Deals => t::import_deals(lang),
            Kind::Orders => t::import_orders(lang),
        }
    }
}

impl Field {
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Field::Name => t::import_field_name(lang),
            Field::Phone => t::phone(lang),
            Field::Email => t::import_field_email(lang),
            Field::OrderNumber => t::import_field_number(lang),
            Field::ExternalId => t::import_field_external(lang),
            Field::Stage => t::stage(lang),
            Field::Status => t::import_field_status(lang),
            Field::Sum => t::sum(lang),
            Field::ProductName => t::line_name(lang),
            Field::Sku => t::line_sku(lang),
            Field::Quantity => t::line_quantity(lang),
            Field::Price => t::line_price(lang),
            Field::ShippingTotal => t::import_field_shipping(lang),
            Field::DiscountTotal => t::import_field_discount(lang),
            Field::PaymentMethod => t::import_field_payment(lang),
            Field::Paid => t::import_field_paid(lang),
            Field::Source => t::source(lang),
            Field::Responsible => t::responsible(lang),
            Field::LostReason => t::import_field_lost_reason(lang),
            Field::Comment => t::comment(lang),
            Field::CreatedAt => t::import_field_created(lang),
        }
    }
}

impl Why {
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Why::Missing => t::import_missing(lang),
            Why::Nobody => t::import_nobody(lang),
            Why::NotANumber => t::import_not_a_number(lang),
            Why::AmbiguousNumber => t::import_ambiguous_number(lang),
            Why::NotAQuantity => t::import_not_a_quantity(lang),
            Why::TooBig => t::import_too_big(lang),
            Why::Negative => t::import_negative(lang),
            Why::OtherCurrency => t::import_other_currency(lang),
            Why::NotADate => t::import_not_a_date(lang),
            Why::AmbiguousDate => t::import_ambiguous_date(lang),
            Why::InFuture => t::import_in_future(lang),
            Why::NotAPhone => t::import_not_a_phone(lang),
            Why::NotAnEmail => t::import_not_an_email(lang),
            Why::NotYesOrNo => t::import_not_yes_or_no(lang),
            Why::TooLong => t::import_too_long(lang),
            Why::UnknownStage => t::import_unknown_stage(lang),
            Why::UnknownPerson => t::import_unknown_person(lang),
            Why::UnknownLostReason => t::import_unknown_lost_reason(lang),
            Why::ReasonWithoutLoss => t::import_reason_without_loss(lang),
            Why::TooManyLines => t::import_too_many_lines(lang),
            Why::OrderRefused => t::import_order_refused(lang),
            Why::Contradiction => t::import_contradiction(lang),
        }
    }
}

impl ImportState {
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            ImportState::Receiving | ImportState::Uploaded => t::import_uploaded(lang),
            ImportState::Checking => t::import_checking(lang),
            ImportState::Checked => t::import_checked(lang),
            ImportState::Running => t::import_running(lang),
            ImportState::Done => t::import_done(lang),
            ImportState::Failed => t::import_failed(lang),
            ImportState::Undoing => t::import_undoing(lang),
            ImportState::Undone => t::import_undone(lang),
        }
    }
}

impl Failure {
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Failure::Stopped => t::import_stopped(lang),
            Failure::FunnelGone => t::import_funnel_gone(lang),
            Failure::NotAllowed => t::import_no_longer_allowed(lang),
            Failure::Broken => t::import_broken(lang),
        }
    }
}

impl Outcome {
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Outcome::Made => t::import_row_made(lang),
            Outcome::Changed => t::import_row_changed(lang),
            Outcome::Left => t::import_row_left(lang),
            Outcome::Refused => t::import_row_refused(lang),
            Outcome::Joined => t::import_row_joined(lang),
        }
    }
}

impl MappingFault {
    pub fn words(&self, lang: Lang) -> String {
        match self {
            MappingFault::Missing(fields) => {
                let names: Vec<&str> = fields.iter().map(|field| field.words(lang)).collect();
                t::import_needs_column(lang, &names.join(" / "))
            }
            MappingFault::Twice(field) => t::import_column_twice(lang, field.words(lang)),
            MappingFault::Stranger(field) => t::import_column_stranger(lang, field.words(lang)),
            MappingFault::Width => t::import_width(lang).to_owned(),
        }
    }
}

impl ImportFault {
    pub fn words(&self, lang: Lang) -> String {
        match self {
            ImportFault::Mapping(faults) => {
                let words: Vec<String> = faults.iter().map(|fault| fault.words(lang)).collect();
                words.join(". ")
            }
            ImportFault::AnotherIsGoing => t::import_another_is_going(lang).to_owned(),
            ImportFault::NotNow => t::import_not_now(lang).to_owned(),
            ImportFault::Emptied => t::import_emptied(lang).to_owned(),
            ImportFault::NoRows => t::import_no_rows(lang).to_owned(),
            ImportFault::TooManyRows => t::import_too_many_rows(lang).to_owned(),
            ImportFault::TooManyColumns => t::import_too_many_columns(lang).to_owned(),
            ImportFault::RowTooWide { row } => t::import_row_too_wide(lang, *row),
            ImportFault::CellTooLong { row, column } => t::import_cell_too_long(lang, *row, column + 1),
            ImportFault::OutOfOrder => t::import_out_of_order(lang).to_owned(),
        }
    }
}

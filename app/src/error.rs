//! What a server function answers when it can't do what was asked, and its words.

use domain::board::{Limit, Refusal};
use domain::catalog::Short;
use domain::deals::Fault;
use domain::i18n::{Lang, t};
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// A rule said no; nothing changed.
    Refused(Refusal),
    SignedOut,
    /// Asked too often, or more than the server can take now.
    Busy,
    /// The server's disk is full.
    Full,
    /// The server could not be reached.
    Network,
    /// Our fault. The trace joins what the person sees with what the log says.
    Internal {
        trace: String,
    },
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => AppError::Network,
            // A proxy's or a guard's answer is no JSON of ours.
            ServerFnErrorErr::Deserialization(_) => AppError::Busy,
            other => AppError::Internal { trace: other.to_string().chars().take(80).collect() },
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.words(Lang::En))
    }
}

impl std::error::Error for AppError {}

impl AppError {
    /// For people: what is wrong and what to do.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            AppError::Refused(refusal) => refusal_words(refusal, lang),
            AppError::SignedOut => t::error_signed_out(lang).to_owned(),
            AppError::Busy => t::error_busy(lang).to_owned(),
            AppError::Full => t::error_full(lang).to_owned(),
            AppError::Network => t::error_network(lang).to_owned(),
            // It may have come back in an address: nothing but a code is shown.
            AppError::Internal { trace } => {
                let code: String = trace.chars().filter(char::is_ascii_hexdigit).take(12).collect();
                t::error_internal(lang, &code)
            }
        }
    }
}

pub fn refusal_words(refusal: &Refusal, lang: Lang) -> String {
    match refusal {
        Refusal::NotFound => t::error_not_found(lang),
        Refusal::NotAllowed => t::error_not_allowed(lang),
        Refusal::Stale { .. } => t::refused_stale_plain(lang),
        Refusal::Edited { .. } => t::refused_edited(lang),
        Refusal::StageGone => t::refused_stage_gone(lang),
        Refusal::ReasonNeeded => t::reason_needed(lang),
        Refusal::ReasonUnknown => t::reason_unknown(lang),
        Refusal::Faults { faults } => faults.first().map_or("", |(_, fault)| fault_words(*fault, lang)),
        Refusal::Limit { limit } => limit_words(*limit, lang),
        Refusal::Import { fault } => return fault.words(lang),
        Refusal::Order { fault } => return fault.words(lang),
        Refusal::Statuses { fault } => return fault.words(lang),
        Refusal::Catalog { fault } => return fault.words(lang),
        Refusal::Stock { short } => return Short::words(short, lang),
        Refusal::CommandReused => t::command_reused(lang),
    }
    .to_owned()
}

pub fn fault_words(fault: Fault, lang: Lang) -> &'static str {
    match fault {
        Fault::Missing => t::fault_missing(lang),
        Fault::TooLong => t::fault_too_long(lang),
        Fault::TooMany => t::fault_too_many(lang),
        Fault::NotANumber => t::fault_not_a_number(lang),
        Fault::NotAPhone => t::fault_not_a_phone(lang),
        Fault::NotAnEmail => t::fault_not_an_email(lang),
        Fault::Unknown => t::fault_unknown(lang),
        Fault::Taken => t::fault_taken(lang),
    }
}

fn limit_words(limit: Limit, lang: Lang) -> &'static str {
    match limit {
        Limit::StagesFull => t::limit_stages_full(lang),
        Limit::LastStage => t::limit_last_stage(lang),
        Limit::NameMissing => t::limit_name_missing(lang),
        Limit::NameTooLong => t::limit_name_too_long(lang),
        Limit::NameTaken => t::limit_name_taken(lang),
        Limit::StageHasDeals => t::limit_stage_has_deals(lang),
        Limit::TooMany => t::limit_too_many(lang),
        Limit::LastOwner => t::limit_last_owner(lang),
        Limit::WeakPassword => t::weak_password(lang),
        Limit::WrongPassword => t::wrong_password(lang),
        Limit::LinkSpent => t::link_spent(lang),
        Limit::AlreadySetUp => t::already_set_up(lang),
        Limit::UnknownCurrency => t::limit_unknown_currency(lang),
        Limit::Yourself => t::limit_yourself(lang),
        Limit::CodeUnknown => t::screen_code_unknown(lang),
        Limit::IntakeEmptied => t::limit_intake_emptied(lang),
        Limit::Url(fault) => t::url_fault(lang, fault),
        Limit::NothingChosen => t::webhook_nothing_chosen(lang),
        Limit::Forgotten => t::webhook_forgotten(lang),
        Limit::WebhookPaused => t::webhook_paused_no(lang),
        Limit::ShopAddress => t::backfill_address_wrong(lang),
        Limit::ShopKeys => t::backfill_keys_missing(lang),
        Limit::BackfillGoing => t::backfill_going(lang),
        Limit::CarrierKeys => t::carrier_keys_missing(lang),
        Limit::CarrierUnknown => t::carrier_not_asked(lang),
    }
}

//! Settings: one's own profile, and for those who may: funnels, statuses, reasons, people, storefronts, carriers, screens, imports,
//! what came in, what is taken out, webhooks, the keys of scripts.

mod api;
mod carriers;
mod colours;
mod confirm;
mod export;
mod frame;
mod funnel;
mod funnels;
mod import;
mod intake;
mod lost_reasons;
mod outcome;
mod profile;
mod rename;
mod screens;
mod statuses;
mod storefronts;
mod team;
mod tokens;
mod webhooks;

pub use carriers::CarriersPage;
pub use export::ExportPage;
pub use funnel::FunnelPage;
pub use funnels::FunnelsPage;
pub use import::{ImportPage, ImportsPage};
pub use intake::IntakePage;
pub use lost_reasons::LostReasonsPage;
pub use profile::ProfilePage;
pub use screens::ScreensPage;
pub use statuses::StatusesPage;
pub use storefronts::StorefrontsPage;
pub use team::TeamPage;
pub use tokens::TokensPage;
pub use webhooks::{WebhookPage, WebhooksPage};

//! Settings: one's own profile, and for those who may: funnels, reasons, people, storefronts, screens, webhooks, what came in.

mod api;
mod colours;
mod confirm;
mod frame;
mod funnel;
mod funnels;
mod intake;
mod lost_reasons;
mod outcome;
mod profile;
mod rename;
mod screens;
mod storefronts;
mod team;
mod webhooks;

pub use funnel::FunnelPage;
pub use funnels::FunnelsPage;
pub use intake::IntakePage;
pub use lost_reasons::LostReasonsPage;
pub use profile::ProfilePage;
pub use screens::ScreensPage;
pub use storefronts::StorefrontsPage;
pub use team::TeamPage;
pub use webhooks::{WebhookPage, WebhooksPage};

//! The doors: signing in, the first run, invitations, entrance links.

mod api;
mod currency;
mod door;
mod enter;
mod invite;
mod leaving;
mod next;
mod password;
mod set_up;
mod sign_in;
mod submit;

pub use currency::CurrencyField;
pub use enter::EnterPage;
pub use invite::InvitePage;
#[cfg(feature = "ssr")]
pub use leaving::lead;
pub use leaving::{leave, leave_when_done};
pub use password::PasswordField;
pub use set_up::SetUpPage;
pub use sign_in::SignInPage;
pub use submit::Submit;

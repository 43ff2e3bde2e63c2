//! Orders: each one's page, the list of them, and the small form that a status asks for, which the board opens as well.

mod actions;
mod answers;
mod api;
mod change;
mod chip;
mod customer;
mod deal;
mod fields;
mod form;
mod goods;
mod head;
mod history;
mod list;
mod live;
mod make;
mod page;
mod parcels;
mod scans;
mod state;
mod stays;
mod typed;
mod when;
mod words;

pub use chip::StatusChip;
pub use fields::AskFields;
pub use list::OrdersPage;
pub use make::MakeOrderForm;
pub use page::OrderPage;
pub use typed::Typed;
pub use words::fault_words;

//! What others write, as ours: the deliveries of shops, the answers of carriers and the tables that people bring along.
//! Bytes come in; our types or a reason come out. Neither database nor network nor clock: so anything can be thrown at it (`server/fuzz`).

pub mod carriers;
pub mod shops;
pub mod tables;

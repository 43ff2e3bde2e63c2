//! Followers of the log that do something about it, one file each.

pub mod webhooks;

//! The binary's parts. In reading order:

pub mod config;
pub mod failure;

pub mod cli;
pub mod serve;

pub mod router;
pub mod pages;
pub mod state;

pub mod guard;
pub mod patience;

pub mod figures;
pub mod site;

pub mod hub;
pub mod live;

pub mod http;
pub mod export;
pub mod import;

pub mod readers;
pub mod deliver;
pub mod upkeep;

pub mod seed;
pub mod shops;
pub mod carriers;

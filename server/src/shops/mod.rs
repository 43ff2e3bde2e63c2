//! Foreign shops that are asked. What they say, unasked or in answer, crate `formats` reads.

pub mod backfill;

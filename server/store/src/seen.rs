//! What somebody knew of a thing when they decided to change it. Compared where the change is made: between a look
//! before the transaction and the transaction itself, somebody else may have been there.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::tx::hex;

/// Of a hash in hexadecimal: enough to tell two states of one thing apart.
const TAG_CHARS: usize = 24;

/// On which state of a thing a change depends.
#[derive(Clone, Debug)]
pub enum Seen {
    /// Whatever it is.
    Any,
    /// The one with this [`tag`].
    This(String),
    /// None that a thing can have.
    Never,
}

/// A hash of a thing as its readers are told of it.
pub fn tag(thing: &impl Serialize) -> Result<String> {
    let mut tag = hex(&Sha256::digest(serde_json::to_vec(thing)?));
    tag.truncate(TAG_CHARS);
    Ok(tag)
}

impl Seen {
    /// `now`: read in the transaction that changes it, and on PostgreSQL under its row's lock.
    pub(crate) fn holds(&self, now: &impl Serialize) -> Result<()> {
        let known = match self {
            Seen::Any => return Ok(()),
            Seen::This(tag) => Some(tag),
            Seen::Never => None,
        };
        let tag = tag(now)?;
        if known == Some(&tag) { Ok(()) } else { Err(Error::Changed { tag }) }
    }
}

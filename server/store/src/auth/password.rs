//! Passwords: argon2id, off the async threads, two at a time.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use domain::board::Limit;

use crate::Store;
use crate::error::{Error, Result};

pub(crate) const LENGTH_MIN: usize = 10;
pub(crate) const LENGTH_MAX: usize = 500;

impl Store {
    /// A hash in the PHC form.
    pub(crate) async fn hash_password(&self, password: &str) -> Result<String> {
        let length = password.chars().count();
        if !(LENGTH_MIN..=LENGTH_MAX).contains(&length) {
            return Err(Limit::WeakPassword.into());
        }
        let password = password.to_owned();
        self.off_thread(move || {
            Argon2::default()
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
                .map_err(|error| Error::Corrupt(format!("password hash: {error}")))
        })
        .await?
    }

    /// Takes as long for a user who does not exist (no hash) as for a wrong password.
    pub(crate) async fn verify_password(&self, password: &str, hash: Option<String>) -> Result<bool> {
        let password: String = password.chars().take(LENGTH_MAX + 1).collect();
        self.off_thread(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
            let Ok(parsed) = PasswordHash::new(&hash) else { return false };
            Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && known
        })
        .await
    }

    async fn off_thread<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _turn = self.passwords().acquire().await.map_err(|_| Error::Closed)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| Error::Closed)
    }
}

/// A hash with the default parameters that no password gives: 32 zero bytes.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

//! Why the command line could not do what it was asked, in words for whoever typed it.

use app::error::refusal_words;
use domain::i18n::Lang;

#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// What was being done when it went wrong.
    pub fn while_doing(what: &str) -> impl FnOnce(std::io::Error) -> Self {
        move |error| Self(format!("{what}: {error}"))
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Refused(refusal) => Self(refusal_words(&refusal, Lang::En)),
            other => Self(other.to_string()),
        }
    }
}

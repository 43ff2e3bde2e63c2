//! Names that people give: to funnels, stages, storefronts, colleagues, tokens, views.

use domain::board::Limit;

use crate::error::Result;

/// One line of text without control characters; neither empty nor longer than fits.
pub(crate) fn checked(name: &str, chars_max: usize) -> Result<String> {
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let name = name.trim();
    if name.is_empty() {
        return Err(Limit::NameMissing.into());
    }
    if name.chars().count() > chars_max {
        return Err(Limit::NameTooLong.into());
    }
    Ok(name.to_owned())
}

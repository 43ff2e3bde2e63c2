//! A customer is found again by phone or email.

/// Lower case, trimmed; None where it can't be an address (something@something.something, ≤ 254 bytes, no spaces).
pub fn normal_email(text: &str) -> Option<String> {
    let email = text.trim().to_lowercase();
    let (name, host) = email.split_once('@')?;
    let fits = !name.is_empty()
        && email.len() <= 254
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !host.contains('@')
        && !email.chars().any(|c| c.is_whitespace() || c.is_control());
    fits.then_some(email)
}

#[cfg(test)]
mod tests {
    use super::normal_email;

    #[test]
    fn addresses_are_told_from_other_text() {
        assert_eq!(normal_email(" Olena.K@Ukr.Net ").as_deref(), Some("olena.k@ukr.net"));
        for text in ["", "a@b", "@b.c", "a b@c.d", "a@b@c.d", "a@.c"] {
            assert_eq!(normal_email(text), None, "{text:?}");
        }
    }
}

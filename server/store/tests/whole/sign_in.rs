//! What happens between the look at a password and the session that it gives.

use crate::common::shop::{NOW, PASSWORD, first_run};
use crate::common::{TestDb, on_both};

on_both![a_password_that_was_changed_meanwhile_opens_nothing];

const EMAIL: &str = "olena@example.com";

/// Checking a password takes long. Somebody else's transaction, begun before and ended after it, holds the session up,
/// so that what it changes is changed in between.
async fn a_password_that_was_changed_meanwhile_opens_nothing(db: TestDb) {
    db.store.set_up(first_run("Олена", EMAIL), NOW).await.expect("set up");
    let cases = [
        ("UPDATE users SET theme = 'dark'", "UPDATE users SET theme = NULL", true),
        (
            "UPDATE users SET password_hash = password_hash || 'x'",
            "UPDATE users SET password_hash = substr(password_hash, 1, length(password_hash) - 1)",
            false,
        ),
        ("UPDATE users SET removed_at = 1", "UPDATE users SET removed_at = NULL", false),
    ];
    for (change, undo, opens) in cases {
        let mut other = db.elsewhere().await;
        other.begin().await;
        other.run(change).await;
        let store = db.store.clone();
        let signing = tokio::spawn(async move { store.sign_in(EMAIL, PASSWORD, NOW).await });
        // While these are checked, one after another, its own look is long over.
        for _ in 0..4 {
            assert!(db.store.sign_in(EMAIL, "не той пароль", NOW).await.expect("read").is_none());
        }
        assert!(!signing.is_finished(), "{change}: it waits for the other transaction");
        let end = db.store.log_end().await.expect("the end");
        other.run("COMMIT").await;
        let signed_in = signing.await.expect("it ends").expect("no failure");
        assert_eq!(signed_in.is_some(), opens, "{change}");
        assert_eq!(db.store.log_end().await.expect("the end") > end, opens, "{change}: a session, or no trace of one");
        other.run(undo).await;
        other.close().await;
        assert!(db.store.sign_in(EMAIL, PASSWORD, NOW).await.expect("read").is_some(), "{undo}");
    }
    db.sound().await;
}

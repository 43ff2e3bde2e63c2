//! What the nodes on one PostgreSQL tell each other: who is on which board with them. A list is told when it changes
//! and again before it would be forgotten, so that a word that was lost is made good and a node that died is not
//! remembered.

use std::time::Duration;

use domain::ids::{FunnelId, UserId};
use serde::{Deserialize, Serialize};
use store::listen::Heard;
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};
use uuid::Uuid;

use super::Hub;

/// Who comes at once is told at once.
const GATHER: Duration = Duration::from_millis(100);
/// People of one board that fit into one notification, however long their numbers have become.
const USERS_MAX: usize = 380;
/// The shortest rhythm that anybody may wish for.
const RHYTHM_MIN: Duration = Duration::from_millis(20);

#[derive(Serialize, Deserialize)]
struct Word {
    node: Uuid,
    said: Said,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    /// It has just begun to listen and knows nobody.
    Hello,
    /// Everybody who is on a board there.
    Here { funnel: FunnelId, users: Vec<UserId> },
    /// It stops.
    Gone,
}

impl Hub {
    /// Runs for as long as the hub does.
    pub(super) async fn speak(&self) {
        if !self.store.is_postgres() {
            return std::future::pending().await;
        }
        let mut again = every(self.silence_max / 3);
        let mut look = every(self.silence_max / 10);
        loop {
            tokio::select! {
                () = self.presence.stirred() => tokio::time::sleep(GATHER).await,
                _ = again.tick() => self.presence.repeat(),
                _ = look.tick() => self.presence.forget(|_, at| at.elapsed() > self.silence_max),
            }
            if timeout(self.silence_max / 3, self.tell_nodes()).await.is_err() {
                tracing::warn!("the other nodes were not told in time who is here");
            }
        }
    }

    pub(super) fn hear(&self, heard: Heard<'_>) {
        let words = match heard {
            Heard::Begun => return self.presence.greet(),
            Heard::Told(words) => words,
        };
        let Ok(Word { node, said }) = serde_json::from_str(words) else {
            tracing::debug!("another node said what this version does not understand");
            return;
        };
        // Everybody hears themselves as well.
        if node == self.node {
            return;
        }
        match said {
            Said::Hello => self.presence.repeat(),
            Said::Here { funnel, users } => self.presence.heard(node, funnel, users),
            Said::Gone => self.presence.forget(|other, _| other == node),
        }
    }

    /// The last word: nobody is here any more.
    pub async fn part(&self) {
        if let Err(error) = self.say(Said::Gone).await {
            tracing::warn!(%error, "the other nodes were not told that this one stops");
        }
    }

    async fn tell_nodes(&self) {
        let (hello, boards) = self.presence.news();
        let hello = hello.then_some(Said::Hello);
        let boards = boards.into_iter().map(|(funnel, mut users)| {
            users.truncate(USERS_MAX);
            Said::Here { funnel, users }
        });
        for said in hello.into_iter().chain(boards) {
            if let Err(error) = self.say(said).await {
                tracing::warn!(%error, "the other nodes were not told who is here");
                return;
            }
        }
    }

    async fn say(&self, said: Said) -> store::Result<()> {
        let words = serde_json::to_string(&Word { node: self.node, said })?;
        self.store.tell(&words).await
    }
}

fn every(period: Duration) -> Interval {
    let mut interval = interval(period.max(RHYTHM_MIN));
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

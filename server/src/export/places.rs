//! How many files are made at once: each holds a connection now and then, and one of XLSX a piece of the disk.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::auth::Who;

const EACH_MAX: usize = 2;
const ALL_MAX: usize = 16;

#[derive(Default)]
pub struct Places {
    taken: Mutex<HashMap<Who, usize>>,
}

/// A place among those who are given a file; given back when dropped.
pub struct Place {
    places: Arc<Places>,
    who: Who,
}

impl Places {
    /// None: this person has as many under way as they may, or everybody together has.
    pub fn take(self: &Arc<Self>, who: Who) -> Option<Place> {
        let mut taken = self.taken();
        if taken.values().sum::<usize>() >= ALL_MAX {
            return None;
        }
        let mine = taken.entry(who).or_default();
        if *mine >= EACH_MAX {
            return None;
        }
        *mine += 1;
        Some(Place { places: Arc::clone(self), who })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<Who, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        if let Some(mine) = taken.get_mut(&self.who) {
            *mine -= 1;
            if *mine == 0 {
                taken.remove(&self.who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::UserId;

    use super::*;

    #[test]
    fn the_third_waits_until_one_has_ended_and_a_colleague_does_not() {
        let places = Arc::new(Places::default());
        let (one, other) = (Who::User(UserId(1)), Who::User(UserId(2)));
        let first = places.take(one);
        let second = places.take(one);
        assert!(first.is_some() && second.is_some() && places.take(one).is_none());
        assert!(places.take(other).is_some());
        drop(first);
        assert!(places.take(one).is_some());
    }

    #[test]
    fn all_together_have_an_end_too() {
        let places = Arc::new(Places::default());
        let held: Vec<_> = (0..ALL_MAX as i64).map(|id| places.take(Who::User(UserId(id)))).collect();
        assert!(held.iter().all(Option::is_some));
        assert!(places.take(Who::System).is_none());
        drop(held);
        assert!(places.taken().is_empty());
    }
}

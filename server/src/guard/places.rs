//! How many files are made or taken in at once: each holds a connection now and then, and a piece of the disk. Nobody has
//! them all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::auth::Who;

pub struct Places {
    each_max: usize,
    all_max: usize,
    taken: Mutex<HashMap<Who, usize>>,
}

/// A place among those who are served; given back when dropped.
pub struct Place {
    places: Arc<Places>,
    who: Who,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// This person has as many under way as they may.
    Yours,
    /// Everybody together has.
    All,
}

impl Places {
    pub fn new(each_max: usize, all_max: usize) -> Arc<Self> {
        Arc::new(Self { each_max, all_max, taken: Mutex::default() })
    }

    pub fn take(self: &Arc<Self>, who: Who) -> Result<Place, Full> {
        let mut taken = self.taken();
        let (mine, all) = (taken.get(&who).copied().unwrap_or(0), taken.values().sum::<usize>());
        if mine >= self.each_max {
            return Err(Full::Yours);
        }
        if all >= self.all_max {
            return Err(Full::All);
        }
        taken.insert(who, mine + 1);
        Ok(Place { places: Arc::clone(self), who })
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
        let places = Places::new(2, 4);
        let (one, other) = (Who::User(UserId(1)), Who::User(UserId(2)));
        let first = places.take(one);
        let second = places.take(one);
        assert!(first.is_ok() && second.is_ok());
        assert_eq!(places.take(one).err(), Some(Full::Yours));
        assert!(places.take(other).is_ok());
        drop(first);
        assert!(places.take(one).is_ok());
    }

    #[test]
    fn all_together_have_an_end_too() {
        let places = Places::new(2, 16);
        let held: Vec<_> = (0..16).map(|id| places.take(Who::User(UserId(id)))).collect();
        assert!(held.iter().all(Result::is_ok));
        assert_eq!(places.take(Who::System).err(), Some(Full::All));
        drop(held);
        assert!(places.taken().is_empty());
    }
}

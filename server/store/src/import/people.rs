//! The customers of some rows: those who are here, and those whom the rows bring. One person in several rows is one.

use std::collections::HashMap;

use domain::ids::*;

use crate::customers::{Contacts, UNNAMED};

pub(super) struct Person {
    /// None: the rows bring them.
    pub id: Option<CustomerId>,
    /// As they were before the rows; None: nobody.
    pub before: Option<Contacts>,
    pub now: Contacts,
    pub created_at: Millis,
}

/// What one row had to do with a person.
#[derive(Clone)]
pub(super) struct Met {
    pub person: usize,
    /// None: the row brought them.
    pub before: Option<Contacts>,
    pub after: Contacts,
}

impl Met {
    pub fn changed(&self) -> bool {
        self.before.as_ref() != Some(&self.after)
    }
}

#[derive(Default)]
pub(super) struct People {
    pub all: Vec<Person>,
    by_phone: HashMap<String, usize>,
    by_email: HashMap<String, usize>,
    /// Of those who have neither.
    by_name: HashMap<String, usize>,
}

impl People {
    /// The first with a phone or an address keeps it.
    pub fn add_known(&mut self, id: CustomerId, contacts: Contacts) {
        let person = Person { id: Some(id), before: Some(contacts.clone()), now: contacts, created_at: 0 };
        self.all.push(person);
        self.index(self.all.len() - 1);
    }

    /// By phone, else by email, else somebody new. Contacts that the found one lacks are added; a name stays, unless it
    /// was only an order's number.
    pub fn meet(&mut self, given: &Contacts, created_at: Millis) -> Met {
        let by_phone = given.phone.as_ref().and_then(|phone| self.by_phone.get(phone));
        let by_email = given.email.as_ref().and_then(|email| self.by_email.get(email));
        let found = by_phone.or(by_email).copied();
        self.meet_found(found, given, created_at)
    }

    /// The same, but somebody with a name alone is found by it.
    pub fn meet_by_name_too(&mut self, given: &Contacts, created_at: Millis) -> Met {
        let named = given.phone.is_none() && given.email.is_none();
        match self.by_name.get(&given.name).copied().filter(|_| named) {
            Some(found) => self.meet_found(Some(found), given, created_at),
            None => self.meet(given, created_at),
        }
    }

    fn meet_found(&mut self, found: Option<usize>, given: &Contacts, created_at: Millis) -> Met {
        match found {
            Some(index) => {
                let person = &mut self.all[index];
                let before = person.now.clone();
                let nameless = before.name.starts_with(UNNAMED) && !given.name.starts_with(UNNAMED);
                let name = if nameless { given.name.clone() } else { before.name.clone() };
                person.now = Contacts { name, ..before.clone().or(given) };
                let after = person.now.clone();
                self.index(index);
                Met { person: index, before: Some(before), after }
            }
            None => {
                self.all.push(Person { id: None, before: None, now: given.clone(), created_at });
                let index = self.all.len() - 1;
                self.index(index);
                Met { person: index, before: None, after: given.clone() }
            }
        }
    }

    fn index(&mut self, index: usize) {
        let Contacts { name, phone, email } = self.all[index].now.clone();
        if phone.is_none() && email.is_none() {
            self.by_name.entry(name).or_insert(index);
        }
        if let Some(phone) = phone {
            self.by_phone.entry(phone).or_insert(index);
        }
        if let Some(email) = email {
            self.by_email.entry(email).or_insert(index);
        }
    }
}

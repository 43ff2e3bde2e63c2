//! JSON as shops written in PHP and its like send it: a number may be a string, an empty object `[]`, a list an object
//! with numbers for names. These types take whatever stands in a field and never fail on its kind, so that the reader
//! can say which field was wrong, by its path; serde alone would name a line and a column.

use std::fmt;
use std::marker::PhantomData;

use domain::intake::Got;
use serde::de::value::MapAccessDeserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// How much of a wrong value a reason repeats.
const SHOWN_CHARS_MAX: usize = 40;

/// A field that should hold one value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Scalar {
    #[default]
    Absent,
    Text(String),
    /// In decimal notation, without an exponent: money is read from the text, digit by digit.
    Number(String),
    Flag(bool),
    List,
    Object,
}

impl Scalar {
    /// The trimmed text of a string or a number; None where there is nothing, or something else.
    pub fn text(&self) -> Option<&str> {
        match self {
            Scalar::Text(text) | Scalar::Number(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Scalar::Absent | Scalar::Flag(_) | Scalar::List | Scalar::Object => None,
        }
    }

    /// Whether there is something that [`Scalar::text`] can't give.
    pub fn is_odd(&self) -> bool {
        match self {
            Scalar::Absent | Scalar::Text(_) | Scalar::Number(_) => false,
            Scalar::Flag(_) | Scalar::List | Scalar::Object => true,
        }
    }

    /// For a reason: what stands there.
    pub fn got(&self) -> Got {
        match self {
            Scalar::Absent => Got::Nothing,
            Scalar::Text(text) | Scalar::Number(text) => match one_line(text, SHOWN_CHARS_MAX) {
                text if text.is_empty() => Got::Nothing,
                text => Got::Text(text),
            },
            Scalar::Flag(flag) => Got::Flag(*flag),
            Scalar::List => Got::List,
            Scalar::Object => Got::Object,
        }
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Absent)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Scalar, E> {
        Ok(Scalar::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number.to_string()))
    }

    /// Display gives the shortest text that reads back as the same number, so 33.33 in JSON is "33.33" here.
    fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Scalar, E> {
        Ok(Scalar::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Scalar, A::Error> {
        skip_seq(seq).map(|_| Scalar::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Scalar, A::Error> {
        skip_map(map).map(|()| Scalar::Object)
    }
}

/// A field that should hold an object. PHP writes an empty one as `[]`.
#[derive(Clone, Debug, Default)]
pub enum Object<T> {
    #[default]
    Absent,
    Present(T),
    Wrong(Scalar),
}

impl<T> Object<T> {
    /// None where it is absent, or something else.
    pub fn get(&self) -> Option<&T> {
        match self {
            Object::Present(value) => Some(value),
            Object::Absent | Object::Wrong(_) => None,
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Object::Absent)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Object::Wrong(Scalar::Flag(flag)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Object::Wrong(Scalar::Number(number.to_string())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Object::Wrong(Scalar::Number(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Object::Wrong(Scalar::Number(number.to_string())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Object::Wrong(Scalar::Text(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        Ok(if skip_seq(seq)? == 0 { Object::Absent } else { Object::Wrong(Scalar::List) })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Object::Present)
    }
}

/// A field that should hold a list of objects; the first `MAX` are kept, the rest is skipped. PHP writes a list
/// with a gap in its numbering as an object, whose values are then the list.
#[derive(Clone, Debug)]
pub enum List<T, const MAX: usize> {
    Present(Vec<Object<T>>),
    Wrong(Scalar),
}

impl<T, const MAX: usize> Default for List<T, MAX> {
    fn default() -> Self {
        List::Present(Vec::new())
    }
}

impl<T, const MAX: usize> List<T, MAX> {
    /// Empty where it is something else.
    pub fn items(&self) -> &[Object<T>] {
        match self {
            List::Present(items) => items,
            List::Wrong(_) => &[],
        }
    }
}

impl<'de, T: Deserialize<'de>, const MAX: usize> Deserialize<'de> for List<T, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T, const MAX: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const MAX: usize> Visitor<'de> for ListVisitor<T, MAX> {
    type Value = List<T, MAX>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(List::default())
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(List::Wrong(Scalar::Flag(flag)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(List::Wrong(Scalar::Number(number.to_string())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(List::Wrong(Scalar::Number(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(List::Wrong(Scalar::Number(number.to_string())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(List::Wrong(Scalar::Text(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while items.len() < MAX {
            match seq.next_element()? {
                Some(item) => items.push(item),
                None => return Ok(List::Present(items)),
            }
        }
        skip_seq(seq).map(|_| List::Present(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while items.len() < MAX {
            match map.next_entry::<IgnoredAny, _>()? {
                Some((_, item)) => items.push(item),
                None => return Ok(List::Present(items)),
            }
        }
        skip_map(map).map(|()| List::Present(items))
    }
}

/// How many elements there were; a parser insists that they are all read.
fn skip_seq<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<usize, A::Error> {
    let mut count = 0;
    while seq.next_element::<IgnoredAny>()?.is_some() {
        count += 1;
    }
    Ok(count)
}

fn skip_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

/// One line of text for people: no control characters (PostgreSQL takes no NUL, a terminal no escape), no more than fits.
pub fn one_line(text: &str, chars_max: usize) -> String {
    let shown: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(chars_max).collect();
    shown.trim_end().to_owned()
}

/// The same with its line breaks.
pub fn paragraphs(text: &str, chars_max: usize) -> String {
    let shown = text.trim().chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    shown.take(chars_max).collect::<String>().trim_end().to_owned()
}

//! PHP's `serialize` format, as far as it is data: arrays, texts, numbers, flags and null. Objects and references, which
//! are how such a text attacks a PHP that reads it, are refused. Lengths count bytes. Nothing panics, whatever comes.

use std::str::FromStr;

use domain::intake::PhpFault;

const DEPTH_MAX: usize = 8;
/// Of all arrays together.
const ELEMENTS_MAX: usize = 1_000;
/// "-1.7976931348623157E+308" is the longest that PHP writes.
const NUMBER_BYTES_MAX: usize = 40;

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Flag(bool),
    Int(i64),
    Float(f64),
    Text(String),
    /// In the order that it was written.
    Array(Vec<(Key, Value)>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    Int(i64),
    Text(String),
}

/// What is wrong, and at which byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub at: usize,
    pub fault: PhpFault,
}

pub fn parse(text: &[u8]) -> Result<Value, Fault> {
    let mut reader = Reader { bytes: text.trim_ascii_end(), at: 0, elements: 0 };
    let value = reader.value(0)?;
    if reader.at == reader.bytes.len() { Ok(value) } else { Err(reader.fault(PhpFault::SecondValue)) }
}

impl Value {
    /// An array that is numbered throughout is a list, wherever its numbers begin.
    pub fn json(self) -> serde_json::Value {
        match self {
            Value::Null => serde_json::Value::Null,
            Value::Flag(flag) => flag.into(),
            Value::Int(number) => number.into(),
            Value::Float(number) => number.into(),
            Value::Text(text) => text.into(),
            Value::Array(entries) if entries.iter().all(|(key, _)| matches!(key, Key::Int(_))) => {
                serde_json::Value::Array(entries.into_iter().map(|(_, value)| value.json()).collect())
            }
            Value::Array(entries) => {
                let fields = entries.into_iter().map(|(key, value)| (key.name(), value.json()));
                serde_json::Value::Object(fields.collect())
            }
        }
    }
}

impl Key {
    fn name(self) -> String {
        match self {
            Key::Int(number) => number.to_string(),
            Key::Text(text) => text,
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// How many there were so far.
    elements: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Value, Fault> {
        let tag = match self.rest() {
            [tag @ b'N', b';', ..] | [tag @ (b'b' | b'i' | b'd' | b's' | b'a'), b':', ..] => *tag,
            [b'O' | b'C' | b'E' | b'R' | b'r', b':', ..] => {
                return Err(self.fault(PhpFault::Forbidden));
            }
            [] => return Err(self.fault(PhpFault::CutShort)),
            [..] => return Err(self.fault(PhpFault::NotAValue)),
        };
        self.at += 2;
        match tag {
            b'b' => self.number::<u8>(b';').map(|flag| Value::Flag(flag != 0)),
            b'i' => self.number(b';').map(Value::Int),
            b'd' => self.float().map(Value::Float),
            b's' => self.text().map(Value::Text),
            b'a' => self.array(depth),
            _ => Ok(Value::Null),
        }
    }

    /// `2:{key value key value}`.
    fn array(&mut self, depth: usize) -> Result<Value, Fault> {
        if depth >= DEPTH_MAX {
            return Err(self.fault(PhpFault::TooDeep));
        }
        let count: usize = self.number(b':')?;
        if count > ELEMENTS_MAX - self.elements {
            return Err(self.fault(PhpFault::TooMany { max: ELEMENTS_MAX as i64 }));
        }
        self.elements += count;
        self.take(b"{")?;
        // As many as there are, not as many as it says: nothing is reserved for what may never come.
        let mut entries = Vec::new();
        for _ in 0..count {
            entries.push((self.key()?, self.value(depth + 1)?));
        }
        self.take(b"}")?;
        Ok(Value::Array(entries))
    }

    fn key(&mut self) -> Result<Key, Fault> {
        let at = self.at;
        // At this depth no array is read.
        match self.value(DEPTH_MAX)? {
            Value::Int(number) => Ok(Key::Int(number)),
            Value::Text(text) => Ok(Key::Text(text)),
            Value::Null | Value::Flag(_) | Value::Float(_) | Value::Array(_) => {
                Err(Fault { at, fault: PhpFault::WrongKey })
            }
        }
    }

    /// `5:"hello";`.
    fn text(&mut self) -> Result<String, Fault> {
        let length: usize = self.number(b':')?;
        self.take(b"\"")?;
        let Some(bytes) = self.rest().get(..length) else {
            return Err(self.fault(PhpFault::ShortText));
        };
        // A page that was converted to UTF-8 without counting again cuts a letter in two here.
        let text = std::str::from_utf8(bytes).map_err(|_| self.fault(PhpFault::NotUtf8))?;
        self.at += length;
        self.take(b"\";")?;
        Ok(text.to_owned())
    }

    fn float(&mut self) -> Result<f64, Fault> {
        let at = self.at;
        let number: f64 = self.number(b';')?;
        if number.is_finite() { Ok(number) } else { Err(Fault { at, fault: PhpFault::NotFinite }) }
    }

    fn number<N: FromStr>(&mut self, end: u8) -> Result<N, Fault> {
        let rest = self.rest();
        let length = rest.iter().take(NUMBER_BYTES_MAX).position(|byte| *byte == end);
        let text = length.and_then(|length| std::str::from_utf8(rest.get(..length)?).ok());
        let Some(number) = text.and_then(|text| text.parse().ok()) else {
            return Err(self.fault(PhpFault::NotANumber));
        };
        self.at += text.map_or(0, str::len) + 1;
        Ok(number)
    }

    fn take(&mut self, expected: &[u8]) -> Result<(), Fault> {
        if !self.rest().starts_with(expected) {
            return Err(self.fault(PhpFault::Mismatch));
        }
        self.at += expected.len();
        Ok(())
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn fault(&self, fault: PhpFault) -> Fault {
        Fault { at: self.at, fault }
    }
}

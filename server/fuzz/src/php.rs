//! The way back into PHP's format.

use formats::shops::lpcrm::php::{Key, Value};

pub fn write(value: &Value) -> String {
    match value {
        Value::Null => "N;".into(),
        Value::Flag(flag) => format!("b:{};", u8::from(*flag)),
        Value::Int(number) => format!("i:{number};"),
        // With an exponent: the longest numbers have three hundred digits.
        Value::Float(number) => format!("d:{number:e};"),
        Value::Text(text) => write_text(text),
        Value::Array(entries) => {
            let entries_text: String = entries.iter().map(|(key, value)| write_key(key) + &write(value)).collect();
            format!("a:{}:{{{entries_text}}}", entries.len())
        }
    }
}

fn write_key(key: &Key) -> String {
    match key {
        Key::Int(number) => format!("i:{number};"),
        Key::Text(text) => write_text(text),
    }
}

fn write_text(text: &str) -> String {
    format!("s:{}:\"{text}\";", text.len())
}

/// All arrays' elements together.
pub fn elements(value: &Value) -> usize {
    match value {
        Value::Array(entries) => entries.len() + entries.iter().map(|(_, value)| elements(value)).sum::<usize>(),
        Value::Null | Value::Flag(_) | Value::Int(_) | Value::Float(_) | Value::Text(_) => 0,
    }
}

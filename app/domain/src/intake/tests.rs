use super::*;
use crate::board::{Limit, Refusal};
use crate::event::Fact;
use crate::money::Currency;

fn got() -> Got {
    Got::Text("багато".to_owned())
}

/// The next of its kind. A new one does not compile until it has a place here, and so its words.
fn after(why: &Why) -> Option<Why> {
    Some(match why {
        Why::NoTopic => Why::Missing,
        Why::Missing => Why::NotJson { line: 1, column: 7 },
        Why::NotJson { .. } => Why::Unreadable,
        Why::Unreadable => Why::FormCutShort,
        Why::FormCutShort => Why::Php { at: 37, fault: PhpFault::CutShort },
        Why::Php { at, fault } => match after_fault(*fault) {
            Some(fault) => Why::Php { at: *at, fault },
            None => Why::NotAnObject { got: Got::Nothing },
        },
        Why::NotAnObject { .. } => Why::NotAList { got: Got::Object },
        Why::NotAList { .. } => Why::NotAnOrderNumber { got: Got::List },
        Why::NotAnOrderNumber { .. } => Why::NotACartToken { got: Got::Nothing },
        Why::NotACartToken { .. } => Why::NotACurrency { got: got() },
        Why::NotACurrency { .. } => Why::NotMoney { currency: Currency::UAH, got: Got::Flag(false) },
        Why::NotMoney { .. } => Why::BelowZero { got: got() },
        Why::BelowZero { .. } => Why::NotANumber { max: 1_000_000, got: got() },
        Why::NotANumber { .. } => Why::LineTooDear,
        Why::LineTooDear => Why::SumTooLarge,
        Why::SumTooLarge => Why::ShopError { code: "rest_forbidden".to_owned(), message: "No.".to_owned() },
        Why::ShopError { .. } => Why::NotSentAlong { order: "727".to_owned() },
        Why::NotSentAlong { .. } => Why::DoorGone { door: "ebay".to_owned() },
        Why::DoorGone { .. } => Why::NoFunnel,
        Why::NoFunnel => Why::NotTaken { rule: "limit".to_owned() },
        // Its words are those of an older version, in one language.
        Why::NotTaken { .. } | Why::Other { .. } => return None,
    })
}

fn after_fault(fault: PhpFault) -> Option<PhpFault> {
    Some(match fault {
        PhpFault::CutShort => PhpFault::NotAValue,
        PhpFault::NotAValue => PhpFault::Forbidden,
        PhpFault::Forbidden => PhpFault::TooDeep,
        PhpFault::TooDeep => PhpFault::TooMany { max: 1_000 },
        PhpFault::TooMany { .. } => PhpFault::WrongKey,
        PhpFault::WrongKey => PhpFault::ShortText,
        PhpFault::ShortText => PhpFault::NotUtf8,
        PhpFault::NotUtf8 => PhpFault::NotANumber,
        PhpFault::NotANumber => PhpFault::NotFinite,
        PhpFault::NotFinite => PhpFault::Mismatch,
        PhpFault::Mismatch => PhpFault::SecondValue,
        PhpFault::SecondValue => return None,
    })
}

fn all() -> Vec<Why> {
    std::iter::successors(Some(Why::NoTopic), after).collect()
}

#[test]
fn every_reason_has_words_of_its_own_in_every_language() {
    let all = all();
    assert_eq!(all.len(), 32, "one is left out: {all:?}");
    for (index, why) in all.iter().enumerate() {
        let words = Lang::ALL.map(|lang| why.words(lang));
        let [uk, en, ru] = &words;
        assert!(uk != en && en != ru && uk != ru, "{words:?}");
        assert!(en.is_ascii() || en.contains(['“', 'б']), "{en}");
        assert!(words.iter().all(|words| !words.is_empty()), "{why:?}");
        for other in &all[index + 1..] {
            for lang in Lang::ALL {
                assert_ne!(why.words(lang), other.words(lang));
            }
        }
    }
}

#[test]
fn a_reason_is_kept_and_read_whole() {
    for why in all() {
        for reason in [Reason::whole(why.clone()), Reason::at("line_items[2].quantity", why.clone())] {
            let kept = serde_json::to_string(&reason).expect("JSON");
            assert_eq!(Reason::read(&kept), reason, "{kept}");
            assert!(kept.contains(&format!("\"is\":\"{}\"", why.key())), "{kept}");
        }
    }
}

#[test]
fn the_place_is_said_before_what_is_wrong_there() {
    let reason = Reason::at("line_items[2].quantity", Why::NotANumber { max: 10, got: Got::Nothing });
    assert_eq!(reason.words(Lang::En), "line_items[2].quantity: expected a number from 0 to 10, got nothing");
    assert_eq!(reason.words(Lang::Uk), "line_items[2].quantity: має бути число від 0 до 10, а тут нічого");
    assert_eq!(reason.words(Lang::Ru), "line_items[2].quantity: должно быть число от 0 до 10, а здесь ничего");
}

#[test]
fn what_was_kept_before_reasons_had_types_is_shown_as_it_is() {
    for kept in ["currency: expected an ISO 4217 code, got \"грн\"", "", "{", "{}", "5", r#"{"why":{"is":"new"}}"#] {
        let reason = Reason::read(kept);
        assert_eq!(reason, Reason::whole(Why::Other { words: kept.to_owned() }));
        for lang in Lang::ALL {
            assert_eq!(reason.words(lang), kept);
        }
    }
}

#[test]
fn a_rule_of_ours_is_a_reason_too() {
    assert_eq!(Why::from(&Refusal::StageGone), Why::NoFunnel);
    let limit = Refusal::Limit { limit: Limit::TooMany };
    for (refusal, rule) in [(Refusal::NotFound, "not_found"), (limit, "limit")] {
        assert_eq!(Why::from(&refusal), Why::NotTaken { rule: rule.to_owned() });
    }
}

#[test]
fn the_log_reads_what_older_versions_wrote() {
    let old = r#"{"kind":"intake_refused","intake":7,"reason":"total: missing"}"#;
    let fact: Fact = serde_json::from_str(old).expect("a fact");
    assert_eq!(fact, Fact::IntakeRefused { intake: IntakeId(7), reason: "total: missing".to_owned() });
}

#[test]
fn outcomes_and_doors_have_names() {
    for outcome in Outcome::ALL {
        assert_eq!(Outcome::parse(outcome.key()), Some(outcome));
        let [uk, en, ru] = Lang::ALL.map(|lang| outcome.words(lang));
        assert!(uk != en && en != ru, "{uk} {en} {ru}");
    }
    assert_eq!(Outcome::parse("forged"), None);
    assert_eq!(door_name("woocommerce", Lang::Uk), "WooCommerce");
    assert_ne!(door_name("lpcrm", Lang::Uk), door_name("lpcrm", Lang::En));
    assert_eq!(door_name("ebay", Lang::En), "ebay");
}

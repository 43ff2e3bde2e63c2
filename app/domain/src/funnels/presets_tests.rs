use std::collections::HashSet;

use super::*;

/// The stages as the source documents name them, with the lost stage that each funnel needs.
const DOCUMENTED: [(Preset, &str); 6] = [
    (Preset::Orders, "Новий заказ → Підтвердження → Обробка → Відправлено → Оплачено → Скасовано"),
    (Preset::Journey, "Зацікавленість → Розгляд → Рішення → Дія → Утримання → Втрачено"),
    (Preset::Dropshipping, "Усвідомлення → Інтерес → Розгляд → Дія → Лояльність → Втрачено"),
    (Preset::Sales, "Обізнаність → Інтерес → Розгляд → Рішення → Дія → Утримання → Адвокація → Втрачено"),
    (Preset::Marketing, "Усвідомлення → Інтерес → Бажання → Дія → Лояльність → Адвокація → Втрачено"),
    (
        Preset::Shop,
        "Перший контакт → Зацікавленість → Порівняння → Прийняття рішення → Оформлення замовлення → \
         Післяпродажне обслуговування → Втрачено",
    ),
];

/// Suggested names, as written there.
const SUGGESTED: [[&str; 2]; 6] = [
    ["Перший контакт", "Новий лід"],
    ["Підготовка інформації", "Детальна консультація"],
    ["Порівняння варіантів", "Детальний огляд"],
    ["Прийняття рішення", "Погодження умов"],
    ["Покупка", "Оформлення замовлення"],
    ["Зворотний зв'язок", "Післяпродажний супровід"],
];

fn names(preset: Preset, lang: Lang) -> Vec<&'static str> {
    preset.stages(lang).iter().map(|stage| stage.name).collect()
}

#[test]
fn the_ukrainian_names_are_the_documents() {
    assert_eq!(DOCUMENTED.map(|(preset, _)| preset), Preset::ALL);
    for (preset, wanted) in DOCUMENTED {
        assert_eq!(names(preset, Lang::Uk).join(" → "), wanted);
    }
}

#[test]
fn the_russian_order_funnel_speaks_as_its_guide() {
    let wanted = ["Новый заказ", "Подтверждение", "Обработка", "Отправлен", "Оплачен", "Отменён"];
    assert_eq!(names(Preset::Orders, Lang::Ru), wanted);
}

#[test]
fn keys_read_back_and_are_the_wire_s() {
    for preset in Preset::ALL {
        assert_eq!(Preset::parse(preset.key()), Some(preset));
        assert_eq!(serde_json::to_string(&preset).expect("a word"), format!("\"{}\"", preset.key()));
    }
    assert_eq!(Preset::parse("Orders"), None);
}

#[test]
fn every_preset_can_be_won_once_and_ends_lost() {
    for preset in Preset::ALL {
        let stages = preset.stages(Lang::Uk);
        let count = |kind| stages.iter().filter(|stage| stage.kind == kind).count();
        assert_eq!((count(StageKind::Won), count(StageKind::Lost)), (1, 1), "{preset:?}");
        let last = stages.last().expect("a stage");
        assert_eq!((last.kind, last.colour), (StageKind::Lost, Colour::Red), "{preset:?}");
        assert_eq!(stages[0].kind, StageKind::Open, "{preset:?} has an entrance");
        assert!(stages.len() <= super::super::STAGES_MAX);
        let won = stages.iter().find(|stage| stage.kind == StageKind::Won).expect("a won stage");
        assert!(["Оплачено", "Дія", "Оформлення замовлення"].contains(&won.name), "{preset:?}: {}", won.name);
    }
}

#[test]
fn languages_differ_in_words_only() {
    for preset in Preset::ALL {
        let wanted = preset.stages(Lang::Uk);
        for lang in Lang::ALL {
            assert!(!preset.name(lang).trim().is_empty());
            let stages = preset.stages(lang);
            assert_eq!(stages.len(), wanted.len(), "{preset:?} {lang:?}");
            for (stage, uk) in stages.iter().zip(&wanted) {
                assert!(!stage.name.trim().is_empty(), "{preset:?} {lang:?}");
                assert_eq!(*stage, PresetStage { name: stage.name, public_name: stage.public_name, ..*uk });
            }
            let distinct: HashSet<_> = stages.iter().map(|stage| stage.name).collect();
            assert_eq!(distinct.len(), stages.len(), "{preset:?} {lang:?} repeats a name");
        }
    }
}

#[test]
fn no_two_stages_of_a_preset_share_a_colour() {
    for preset in Preset::ALL {
        let stages = preset.stages(Lang::Uk);
        let distinct: HashSet<_> = stages.iter().map(|stage| stage.colour).collect();
        assert_eq!(distinct.len(), stages.len(), "{preset:?}");
    }
}

#[test]
fn only_open_stages_have_limits() {
    let limits: Vec<_> = Preset::Orders.stages(Lang::Uk).iter().map(|stage| stage.limit_hours).collect();
    assert_eq!(limits, [Some(2), Some(24), Some(48), Some(168), None, None]);
    for preset in Preset::ALL {
        for stage in preset.stages(Lang::Uk) {
            assert!(stage.kind == StageKind::Open || stage.limit_hours.is_none(), "{preset:?} {}", stage.name);
            assert!(stage.limit_hours.is_none_or(|hours| hours > 0));
        }
    }
}

#[test]
fn each_shop_stage_has_its_two_plain_names() {
    for (index, wanted) in SUGGESTED.into_iter().enumerate() {
        assert_eq!(suggestions(Lang::Uk, index), wanted);
        for lang in Lang::ALL {
            let [one, other] = suggestions(lang, index);
            assert!(!one.is_empty() && !other.is_empty() && one != other, "{index} {lang:?}");
        }
    }
    let named = Preset::Shop.stages(Lang::Uk).iter().filter(|stage| stage.kind != StageKind::Lost).count();
    assert_eq!(named, SUGGESTED.len(), "a pair for each stage but the lost one");
    assert_eq!(suggestions(Lang::En, usize::MAX), suggestions(Lang::En, 5));
}

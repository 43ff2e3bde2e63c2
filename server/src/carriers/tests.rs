use std::sync::Mutex;

use futures::FutureExt;

use super::*;

fn numbers(numbers: &[&str]) -> Vec<String> {
    numbers.iter().map(|number| (*number).to_owned()).collect()
}

/// A carrier that refuses whatever some numbers are asked for with.
async fn asked(all: &[&str], refused: &[&str]) -> (Asked, Vec<usize>) {
    let (all, sizes) = (numbers(all), Mutex::new(Vec::new()));
    let ask = |some: &[String]| {
        sizes.lock().expect("nobody panicked").push(some.len());
        let refuses = some.iter().any(|number| refused.contains(&number.as_str()));
        let told: Vec<Tracked> = some.iter().map(|number| nothing_of(number)).collect();
        let answer = if refuses { Err(Trouble::of(CarrierWhy::Refuses)) } else { Ok(told) };
        async move { answer }.boxed()
    };
    let asked = in_halves(&all, ask).await;
    (asked, sizes.into_inner().expect("nobody panicked"))
}

#[tokio::test]
async fn a_number_that_is_refused_takes_no_other_with_it() {
    let (told, sizes) = asked(&["1", "2", "3", "4"], &["3"]).await;
    assert_eq!((told.told.len(), told.trouble), (4, None));
    assert_eq!(sizes, [4, 2, 2, 1, 1]);
    let (told, sizes) = asked(&["1", "2"], &[]).await;
    assert_eq!((told.told.len(), sizes), (2, vec![2]));
    assert_eq!(asked(&[], &[]).await.1, Vec::<usize>::new());
}

#[tokio::test]
async fn a_carrier_that_refuses_everything_is_not_asked_for_ever() {
    let all: Vec<String> = (0..100).map(|number| number.to_string()).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let (told, sizes) = asked(&all, &all).await;
    assert!(sizes.len() <= QUESTIONS_MAX as usize * 2, "{sizes:?}");
    assert_eq!(told.trouble.map(|trouble| trouble.why), Some(CarrierWhy::Refuses));
}

#[tokio::test]
async fn other_trouble_ends_it_at_once() {
    let all = numbers(&["1", "2", "3"]);
    let told = in_halves(&all, |_| async { Err(Trouble::of(CarrierWhy::TooOften)) }.boxed()).await;
    assert_eq!((told.told.len(), told.trouble), (0, Some(Trouble::of(CarrierWhy::TooOften))));
}

#[test]
fn each_carrier_answers_at_its_own_address_or_where_a_test_says() {
    let own = Settings::of(&Config::default());
    assert_eq!(own.base(Carrier::Dhl, dhl::OWN), "https://api-eu.dhl.com");
    let config = Config { carriers_url: Some("http://127.0.0.1:1/".into()), ..Config::default() };
    assert_eq!(Settings::of(&config).base(Carrier::FedEx, fedex::OWN), "http://127.0.0.1:1/fedex");
    for own in [nova_poshta::OWN, ukrposhta::OWN, dhl::OWN, fedex::OWN] {
        assert!(own.starts_with("https://") && !own.ends_with('/'), "{own}");
    }
}

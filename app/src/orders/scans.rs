//! A parcel's way: what its carrier told of it, the newest first.

use domain::carriers::{KeptScan, Progress, ScanKind};
use domain::i18n::{Lang, t};
use leptos::prelude::*;

use super::when::When;
use crate::boot::use_lang;

#[component]
pub fn Scans(told: Memo<Option<Progress>>) -> impl IntoView {
    let lang = use_lang();
    let scans = Memo::new(move |_| told.with(|told| told.as_ref().map_or_else(Vec::new, |told| told.scans.clone())));
    view! {
        <Show
            when=move || scans.with(|scans| !scans.is_empty())
            fallback=move || view! { <p class="muted">{t::parcel_unasked(lang)}</p> }
        >
            <details class="parcel-way" open=true>
                <summary>{t::parcel_scans(lang)}</summary>
                <ol class="scans">
                    <For each=move || scans.get() key=|scan| (scan.at, scan.code.clone()) let(scan)>
                        <OneScan scan/>
                    </For>
                </ol>
            </details>
        </Show>
    }
    .into_any()
}

#[component]
fn OneScan(scan: KeptScan) -> impl IntoView {
    let lang = use_lang();
    let own = own_words(&scan, lang);
    let KeptScan { at, kind, place, .. } = scan;
    view! {
        <li>
            <p>{kind.words(lang)}</p>
            {own.map(|own| view! { <p class="muted">{own}</p> })}
            <p class="muted"><When at/>{(!place.is_empty()).then(|| format!(" · {place}"))}</p>
        </li>
    }
}

/// Its carrier's own words where ours say too little.
fn own_words(scan: &KeptScan, lang: Lang) -> Option<String> {
    let KeptScan { kind, code, text, .. } = scan;
    match kind {
        ScanKind::Unknown if text.is_empty() => Some(code.clone()),
        ScanKind::Unknown => Some(t::stay_told(lang, code, text)),
        ScanKind::Exception => Some(text.clone()).filter(|text| !text.is_empty()),
        ScanKind::LabelMade
        | ScanKind::Accepted
        | ScanKind::InTransit
        | ScanKind::ReadyForPickup
        | ScanKind::Delivered
        | ScanKind::Returning
        | ScanKind::Returned
        | ScanKind::NotFound => None,
    }
}

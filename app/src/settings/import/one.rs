//! One import: what its columns mean, how far it is, what came of it.

use domain::board::Refusal;
use domain::i18n::t;
use domain::ids::ImportId;
use domain::import::{Import, ImportState};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

use super::api::{self, ImportData};
use super::counts::Counts;
use super::delete::Delete;
use super::mapping::MappingForm;
use super::progress::Progress;
use super::refused::Refused;
use super::undo::Undo;
use crate::boot::use_lang;
use crate::error::AppError;
use crate::settings::frame::{Page, SettingsFrame};
use crate::settings::outcome::{Loading, focus};

const STATE: &str = "import-state";

#[component]
pub fn ImportPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("import")).and_then(|id| id.parse::<ImportId>().ok()));
    let import = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::one_import(id).await,
                None => Err(AppError::Refused(Refusal::NotFound)),
            }
        },
    );
    // The frame is within: its heading is the file's name.
    view! {
        <Suspense fallback=|| view! { <SettingsFrame here=Page::Import><Loading/></SettingsFrame> }>
            {move || Suspend::new(async move {
                match import.await {
                    Ok(one) => view! { <One one/> }.into_any(),
                    Err(error) => view! {
                        <SettingsFrame here=Page::Import>
                            <p class="fault" role="alert">{error.words(lang)}</p>
                        </SettingsFrame>
                    }
                    .into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn One(one: ImportData) -> impl IntoView {
    let lang = use_lang();
    let title = Signal::stored(one.import.file_name.clone());
    let (id, kind) = (one.import.id, one.import.kind);
    let one = RwSignal::new(one);
    let state = Memo::new(move |_| one.with(|one| one.import.state));
    // What has begun or ended is another page; the keyboard is brought to what it is now.
    let changed = Callback::new(move |import: Import| {
        let moved = one.with_untracked(|one| one.import.state != import.state);
        if !moved || import.state.is_going() {
            one.update(|one| one.import = import);
        } else {
            spawn_local(async move {
                // Two looks may have seen the end: the second must not take back what was begun since.
                let waits = move || one.try_with_untracked(|one| one.import.state.is_going()) == Some(true);
                if let Ok(fresh) = api::one_import(id).await
                    && waits()
                {
                    one.set(fresh);
                }
            });
        }
        if moved {
            focus(STATE.to_owned());
        }
    });
    let import = Signal::derive(move || one.with(|one| one.import.clone()));
    let inside = move || match state.get() {
        ImportState::Receiving => view! { <Loading/> }.into_any(),
        ImportState::Uploaded => view! {
            <MappingForm one changed/>
            <Delete import/>
        }
        .into_any(),
        ImportState::Checking | ImportState::Running | ImportState::Undoing => {
            view! { <Progress import changed/> }.into_any()
        }
        ImportState::Checked => view! {
            <section class="card settings-card"><Counts import/></section>
            <Refused import/>
            <MappingForm one changed/>
            <Delete import/>
        }
        .into_any(),
        ImportState::Done | ImportState::Failed => view! {
            <section class="card settings-card">
                <Counts import/>
                <Undo import changed/>
            </section>
            <Refused import/>
        }
        .into_any(),
        ImportState::Undone => view! { <section class="card settings-card"><Counts import/></section> }.into_any(),
    };
    view! {
        <SettingsFrame here=Page::Import title>
            <div class="settings-buttons"><a class="link" href="/settings/import">{t::import_all(lang)}</a></div>
            <p id=STATE class="settings-name" tabindex="-1" role="status">
                {move || format!("{}: {}", kind.words(lang), state.get().words(lang))}
            </p>
            {move || import.with(|import| import.failure).map(|failure| view! { <p class="fault" role="alert">{failure.words(lang)}</p> })}
            {inside}
        </SettingsFrame>
    }
}

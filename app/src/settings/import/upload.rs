//! A file's way to the server, with word of how far it is: only XMLHttpRequest knows that.

use domain::i18n::Lang;
use domain::ids::ImportId;
use leptos::html;
use leptos::prelude::*;

/// As large a file as the server takes, bytes.
#[cfg(feature = "hydrate")]
const FILE_BYTES_MAX: f64 = 50.0 * 1_024.0 * 1_024.0;

#[derive(Clone, Copy)]
pub struct Sending {
    /// How much of the file is there, from 0 to 1; None: nothing is on its way.
    pub share: RwSignal<Option<f64>>,
    pub fault: RwSignal<Option<String>>,
    /// For what is said once nobody's page can be asked for it.
    lang: Lang,
}

impl Sending {
    pub fn new(lang: Lang) -> Self {
        Self { share: RwSignal::new(None), fault: RwSignal::new(None), lang }
    }
}

/// What was dropped is as if it were picked in the field.
pub fn drop_into(field: NodeRef<html::Input>, event: &leptos::ev::DragEvent) {
    #[cfg(feature = "hydrate")]
    if let (Some(field), Some(files)) =
        (field.get_untracked(), event.data_transfer().and_then(|dropped| dropped.files()))
    {
        field.set_files(Some(&files));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (field, event);
}

/// Sends the picked file to an address, which is told the file's name.
pub fn send(field: NodeRef<html::Input>, address: String, sending: Sending, done: Callback<ImportId>) {
    #[cfg(feature = "hydrate")]
    {
        use domain::i18n::t;
        let lang = sending.lang;
        let file = field.get_untracked().and_then(|field| field.files()).and_then(|files| files.get(0));
        let fault = match &file {
            None => Some(t::import_pick_first(lang)),
            Some(file) if file.size() > FILE_BYTES_MAX => Some(t::import_file_too_large(lang)),
            Some(_) => None,
        };
        sending.fault.set(fault.map(str::to_owned));
        if let (Some(file), None) = (file, fault) {
            sending.share.set(Some(0.0));
            leptos::task::spawn_local(browser::run(file, address, sending, done));
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (field, address, sending.lang, done);
}

#[cfg(feature = "hydrate")]
mod browser {
    use domain::i18n::t;
    use domain::ids::ImportId;
    use domain::import::Draft;
    use futures::channel::oneshot;
    use leptos::prelude::*;
    use wasm_bindgen::closure::Closure;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{File, ProgressEvent, XmlHttpRequest};

    use super::Sending;

    /// What the door says where it takes a file not.
    #[derive(serde::Deserialize)]
    struct NotTaken {
        error: String,
    }

    pub async fn run(file: File, address: String, sending: Sending, done: Callback<ImportId>) {
        let answer = post(&file, &address, sending).await.ok();
        // Whoever has left the page sees it among the imports.
        if sending.share.try_set(None).is_some() {
            return;
        }
        let taken = answer.as_ref().filter(|(status, _)| *status == 200);
        if let Some(draft) = taken.and_then(|(_, text)| serde_json::from_str::<Draft>(text).ok()) {
            done.run(draft.import.id);
            return;
        }
        let said = answer.and_then(|(_, text)| serde_json::from_str::<NotTaken>(&text).ok());
        sending
            .fault
            .set(Some(said.map_or_else(|| t::import_file_broken_off(sending.lang).to_owned(), |said| said.error)));
    }

    /// The answer's status and text; a status of 0 where there was none.
    async fn post(file: &File, address: &str, sending: Sending) -> Result<(u16, String), JsValue> {
        let request = XmlHttpRequest::new()?;
        let name = String::from(js_sys::encode_uri_component(&file.name()));
        request.open_with_async("POST", &format!("{address}&name={name}"), true)?;
        let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            if event.length_computable() && event.total() > 0.0 {
                let _ = sending.share.try_set(Some(event.loaded() / event.total()));
            }
        });
        request.upload()?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        let (tell, told) = oneshot::channel::<()>();
        let ended = Closure::once(move || {
            let _ = tell.send(());
        });
        request.set_onloadend(Some(ended.as_ref().unchecked_ref()));
        request.send_with_opt_blob(Some(file.as_ref()))?;
        let _ = told.await;
        Ok((request.status()?, request.response_text()?.unwrap_or_default()))
    }
}

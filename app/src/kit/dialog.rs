//! A modal dialog: the browser's own, with its focus trap and Esc.

use leptos::html;
use leptos::prelude::*;

/// Open while `open` is true; closing it by Esc or the backdrop calls `on_close`.
#[component]
pub fn Dialog(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(optional)] class: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let wanted = open.get();
        #[cfg(feature = "hydrate")]
        if let Some(dialog) = node.get() {
            if wanted && !dialog.open() {
                let _ = dialog.show_modal();
            } else if !wanted && dialog.open() {
                dialog.close();
            }
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = wanted;
    });
    let children = StoredValue::new(children);
    view! {
        <dialog
            node_ref=node
            class=format!("dialog {class}")
            aria-label=move || label.get()
            on:cancel=move |event: leptos::ev::Event| {
                event.prevent_default();
                on_close.run(());
            }
            on:click=move |event| {
                // A click on the dialog itself, not on what is in it, is a click on the backdrop.
                #[cfg(feature = "hydrate")]
                {
                    use wasm_bindgen::JsCast;
                    let own = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlDialogElement>().ok());
                    if own.is_some() {
                        on_close.run(());
                    }
                }
                #[cfg(not(feature = "hydrate"))]
                let _ = event;
            }
        >
            <Show when=move || open.get()>
                <div class="dialog-body">{children.with_value(|children| children())}</div>
            </Show>
        </dialog>
    }
}

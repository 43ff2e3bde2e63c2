//! Somebody else's move glides: a picture of the card travels from where it was to where it is.

use domain::ids::DealId;

#[cfg(not(feature = "hydrate"))]
pub struct Start;

#[cfg(not(feature = "hydrate"))]
pub fn before(_deal: DealId) -> Option<Start> {
    None
}

#[cfg(not(feature = "hydrate"))]
pub fn after(_deal: DealId, _start: Option<Start>) {}

#[cfg(feature = "hydrate")]
pub use browser::{after, before};

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;

    use super::DealId;

    pub struct Start {
        picture: web_sys::HtmlElement,
        left: f64,
        top: f64,
    }

    fn element(deal: DealId) -> Option<web_sys::HtmlElement> {
        document().query_selector(&format!("[data-card-id='{deal}']")).ok()??.dyn_into().ok()
    }

    /// A picture of the card as it stands, where it is in sight.
    pub fn before(deal: DealId) -> Option<Start> {
        let card = element(deal)?;
        let rect = card.get_bounding_client_rect();
        let picture: web_sys::HtmlElement = card.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
        let _ = picture.remove_attribute("data-card-id");
        let _ = picture.set_attribute("aria-hidden", "true");
        let _ = picture.class_list().add_1("gliding");
        let style = picture.style();
        let _ = style.set_property("width", &format!("{}px", rect.width()));
        let _ = style.set_property("left", &format!("{}px", rect.left()));
        let _ = style.set_property("top", &format!("{}px", rect.top()));
        Some(Start { picture, left: rect.left(), top: rect.top() })
    }

    /// Once the card is drawn in its new place, the picture goes there and vanishes.
    pub fn after(deal: DealId, start: Option<Start>) {
        let Some(Start { picture, left, top }) = start else { return };
        let still =
            window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_some_and(|m| m.matches());
        if still {
            return;
        }
        request_animation_frame(move || {
            let Some(card) = element(deal) else { return };
            let rect = card.get_bounding_client_rect();
            let (x, y) = (rect.left() - left, rect.top() - top);
            if x.abs() < 2.0 && y.abs() < 2.0 {
                return;
            }
            let Some(body) = document().body() else { return };
            let _ = body.append_child(&picture);
            let target = picture.clone();
            request_animation_frame(move || {
                let _ = target.style().set_property("transform", &format!("translate({x}px, {y}px)"));
            });
            set_timeout(move || picture.remove(), std::time::Duration::from_millis(420));
        });
    }
}

//! Carrying a card by mouse or finger. A mouse lifts it after a few pixels; a finger by a long press, so that
//! scrolling never starts a drag.

#[cfg(not(feature = "hydrate"))]
use leptos::ev;
#[cfg(feature = "hydrate")]
use leptos::prelude::*;

use super::queue::Mover;
use super::state::BoardState;

/// The hand that carries; copied into the board's handlers.
#[derive(Clone, Copy)]
pub struct Carrier {
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser drags"))]
    state: BoardState,
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser drags"))]
    mover: Mover,
}

#[cfg(not(feature = "hydrate"))]
impl Carrier {
    pub fn new(state: BoardState, mover: Mover) -> Self {
        Self { state, mover }
    }

    pub fn down(self, _event: &ev::PointerEvent) {}

    pub fn click(self, _event: &ev::MouseEvent) {}
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::{Cell, RefCell};
    use std::time::Duration;

    use domain::auth::Action;
    use domain::ids::{DealId, StageId};
    use leptos::ev;
    use leptos::leptos_dom::helpers::TimeoutHandle;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;

    use super::Carrier;
    use crate::board::column::row_height;
    use crate::board::state::{Drawer, Target};
    use crate::kit::closest;

    const MOUSE_PX: f64 = 5.0;
    const FINGER_PX: f64 = 10.0;
    const LONG_PRESS_MS: u64 = 350;
    /// So near an edge the board scrolls by itself, so many pixels a frame.
    const EDGE_PX: f64 = 56.0;
    const SCROLL_PX: i32 = 14;

    struct Carry {
        deal: DealId,
        start: (f64, f64),
        at: (f64, f64),
        /// From the card's corner to the pointer.
        grip: (f64, f64),
        finger: bool,
        picture: Option<web_sys::HtmlElement>,
        timer: Option<TimeoutHandle>,
    }

    thread_local! {
        static CARRY: RefCell<Option<Carry>> = const { RefCell::new(None) };
        /// The click that ends a drag opens nothing.
        static DROPPED: Cell<bool> = const { Cell::new(false) };
    }

    pub fn id_of<T: std::str::FromStr>(element: &web_sys::Element, attribute: &str) -> Option<T> {
        element.get_attribute(attribute)?.parse().ok()
    }

    /// Whether a pointer carries a card now.
    pub fn lifted() -> bool {
        CARRY.with_borrow(|carry| carry.as_ref().is_some_and(|carry| carry.picture.is_some()))
    }

    impl Carrier {
        /// Listens for as long as the board's page lives.
        pub fn listen(self) {
            let moved = window_event_listener(ev::pointermove, move |event| self.moved(&event));
            let up = window_event_listener(ev::pointerup, move |_| {
                self.end(true);
                forget_drop();
            });
            let cancel = window_event_listener(ev::pointercancel, move |_| {
                self.end(false);
                forget_drop();
            });
            let escape = window_event_listener(ev::keydown, move |event| {
                if event.key() == "Escape" && lifted() {
                    self.end(false);
                }
            });
            let menu = window_event_listener(ev::contextmenu, move |event| {
                if lifted() {
                    event.prevent_default();
                }
            });
            // A browser asks once, before it scrolls: only a listener that may refuse keeps the finger for us.
            let hold = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
                if lifted() {
                    event.prevent_default();
                }
            });
            let options = web_sys::AddEventListenerOptions::new();
            options.set_passive(false);
            let function = hold.as_ref().unchecked_ref::<js_sys::Function>().clone();
            let _ = window().add_event_listener_with_callback_and_add_event_listener_options(
                "touchmove",
                &function,
                &options,
            );
            hold.forget();
            let function = send_wrapper::SendWrapper::new(function);
            on_cleanup(move || {
                let _ = window().remove_event_listener_with_callback("touchmove", &function);
                moved.remove();
                up.remove();
                cancel.remove();
                escape.remove();
                menu.remove();
            });
        }

        pub fn down(self, event: &ev::PointerEvent) {
            if event.button() != 0
                || !self.state.may(Action::MoveDeal)
                || closest(event.target(), "[data-no-drag]").is_some()
            {
                return;
            }
            let Some(card) = closest(event.target(), "[data-card-id]") else { return };
            let Some(deal) = id_of(&card, "data-card-id") else { return };
            let at = (f64::from(event.client_x()), f64::from(event.client_y()));
            let rect = card.get_bounding_client_rect();
            let finger = event.pointer_type() == "touch";
            let timer = finger
                .then(|| set_timeout_with_handle(move || self.lift(), Duration::from_millis(LONG_PRESS_MS)).ok())
                .flatten();
            let grip = (at.0 - rect.left(), at.1 - rect.top());
            CARRY.set(Some(Carry { deal, start: at, at, grip, finger, picture: None, timer }));
        }

        fn moved(self, event: &ev::PointerEvent) {
            let at = (f64::from(event.client_x()), f64::from(event.client_y()));
            let step = CARRY.with_borrow_mut(|carry| {
                let carry = carry.as_mut()?;
                carry.at = at;
                let far = (at.0 - carry.start.0).hypot(at.1 - carry.start.1);
                Some((carry.picture.is_some(), carry.finger, far))
            });
            match step {
                Some((true, ..)) => {
                    event.prevent_default();
                    self.follow();
                }
                Some((false, true, far)) if far > FINGER_PX => self.end(false),
                Some((false, false, far)) if far > MOUSE_PX => self.lift(),
                Some(_) | None => {}
            }
        }

        fn lift(self) {
            let made = CARRY.with_borrow_mut(|carry| {
                let carry = carry.as_mut().filter(|carry| carry.picture.is_none())?;
                let card = document().query_selector(&format!("[data-card-id='{}']", carry.deal)).ok()??;
                let rect = card.get_bounding_client_rect();
                let picture: web_sys::HtmlElement = card.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
                let _ = picture.remove_attribute("data-card-id");
                let _ = picture.set_attribute("aria-hidden", "true");
                let _ = picture.class_list().add_1("carried");
                let _ = picture.style().set_property("width", &format!("{}px", rect.width()));
                document().body()?.append_child(&picture).ok()?;
                carry.picture = Some(picture);
                Some(carry.deal)
            });
            let Some(deal) = made else { return };
            if let Ok(Some(selection)) = window().get_selection() {
                let _ = selection.remove_all_ranges();
            }
            self.state.lifted.set(Some(deal));
            self.follow();
            self.scroll_at_edges();
        }

        /// The picture follows the pointer, and the place below it is marked.
        fn follow(self) {
            let Some((deal, at)) = CARRY.with_borrow(|carry| {
                let carry = carry.as_ref()?;
                let (x, y) = (carry.at.0 - carry.grip.0, carry.at.1 - carry.grip.1);
                let _ = carry
                    .picture
                    .as_ref()?
                    .style()
                    .set_property("transform", &format!("translate({x}px, {y}px) rotate(1.5deg)"));
                Some((carry.deal, carry.at))
            }) else {
                return;
            };
            let target = self.target_at(deal, at);
            if self.state.target.get_untracked() != target {
                self.state.target.set(target);
            }
        }

        fn target_at(self, deal: DealId, (x, y): (f64, f64)) -> Option<Target> {
            let under = document().element_from_point(x as f32, y as f32)?;
            let column = under.closest("[data-column-id]").ok()??;
            let stage: StageId = id_of(&column, "data-column-id")?;
            let state = self.state.column(stage)?;
            let Some(list) = column.query_selector(".cards").ok().flatten() else {
                return Some(Target { stage, index: 0 });
            };
            let top = list.get_bounding_client_rect().top();
            let row = row_height(self.state.density.get_untracked());
            let slot = ((y - top + f64::from(list.scroll_top())) / row).round().max(0.0) as usize;
            let (count, own) = state.ids.with_untracked(|ids| (ids.len(), ids.iter().position(|id| *id == deal)));
            let slot = slot.min(count);
            // Counted without the card itself.
            let index = if own.is_some_and(|own| own < slot) { slot - 1 } else { slot };
            Some(Target { stage, index })
        }

        fn scroll_at_edges(self) {
            request_animation_frame(move || {
                let Some((x, y)) =
                    CARRY.with_borrow(|carry| carry.as_ref().filter(|c| c.picture.is_some()).map(|c| c.at))
                else {
                    return;
                };
                if let Ok(Some(board)) = document().query_selector(".board") {
                    let rect = board.get_bounding_client_rect();
                    board.set_scroll_left(board.scroll_left() + toward(x, rect.left(), rect.right()));
                }
                let under = document().element_from_point(x as f32, y as f32);
                if let Some(list) = under.and_then(|element| element.closest(".cards").ok().flatten()) {
                    let rect = list.get_bounding_client_rect();
                    list.set_scroll_top(list.scroll_top() + toward(y, rect.top(), rect.bottom()));
                }
                self.follow();
                self.scroll_at_edges();
            });
        }

        fn end(self, dropped: bool) {
            let Some(carry) = CARRY.take() else { return };
            if let Some(timer) = carry.timer {
                timer.clear();
            }
            let Some(picture) = carry.picture else { return };
            picture.remove();
            DROPPED.set(true);
            let target = self.state.target.get_untracked();
            self.state.target.set(None);
            self.state.lifted.set(None);
            let Some(target) = target.filter(|_| dropped) else { return };
            let selected = self.state.selected.get_untracked();
            let deals = if selected.contains(&carry.deal) { selected.into_iter().collect() } else { vec![carry.deal] };
            self.mover.carry(deals, target);
        }

        /// A click on a card opens it; with Ctrl or Shift it selects.
        pub fn click(self, event: &ev::MouseEvent) {
            if DROPPED.get() || closest(event.target(), "[data-no-drag]").is_some() {
                return;
            }
            let Some(card) = closest(event.target(), "[data-card-id]") else { return };
            let Some(deal) = id_of::<DealId>(&card, "data-card-id") else { return };
            if event.ctrl_key() || event.meta_key() || event.shift_key() {
                self.state.selected.update(|set| {
                    if !set.remove(&deal) {
                        set.insert(deal);
                    }
                });
            } else {
                self.state.drawer.set(Some(Drawer::Deal(deal)));
            }
        }
    }

    /// The click comes right after the hand lets go, which after an Escape may be long after the carrying ended.
    fn forget_drop() {
        if DROPPED.get() {
            set_timeout(|| DROPPED.set(false), Duration::from_millis(50));
        }
    }

    fn toward(at: f64, low: f64, high: f64) -> i32 {
        if at < low + EDGE_PX {
            -SCROLL_PX
        } else if at > high - EDGE_PX {
            SCROLL_PX
        } else {
            0
        }
    }
}

#[cfg(feature = "hydrate")]
pub use browser::{id_of, lifted};

#[cfg(feature = "hydrate")]
impl Carrier {
    pub fn new(state: BoardState, mover: Mover) -> Self {
        let carrier = Self { state, mover };
        Effect::new(move || carrier.listen());
        carrier
    }
}

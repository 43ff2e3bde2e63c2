//! An order out of a deal that has none: how it is paid for is asked, the rest is the deal's.

use domain::i18n::t;
use domain::ids::DealId;
use domain::orders::{MakeOrder, PaymentKind};
use leptos::prelude::*;

use super::api;
use crate::boot::use_lang;
use crate::kit::{Attempt, Fault, Toast, use_toasts};

/// `made` is called once the order is there.
#[component]
pub fn MakeOrderForm(deal: DealId, #[prop(into)] made: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let attempt = Attempt::new();
    let payment = RwSignal::new(PaymentKind::OnDelivery);
    let fault = RwSignal::new(None::<String>);
    let make = Action::new(move |(): &()| async move {
        let payment_method = t::payment_kind_name(lang, payment.get_untracked()).to_owned();
        let command = attempt.id(&payment_method);
        match api::send_make_order(MakeOrder { command, deal, payment_method }).await {
            Ok(_) => {
                toasts.show(Toast::done(t::order_made(lang)));
                made.run(());
            }
            Err(error) => {
                fault.try_set(Some(error.words(lang)));
            }
        }
    });
    let pending = make.pending();
    let choose = move |event| {
        if let Some(kind) = PaymentKind::parse(&event_target_value(&event)) {
            payment.set(kind);
        }
    };
    view! {
        <section class="order make-order">
            <h3>{t::order(lang)}</h3>
            <label class="field"><span>{t::make_order_payment(lang)}</span>
                <select id="make-order-payment" on:change=choose>
                    {PaymentKind::ALL.into_iter().map(|kind| view! { <option value=kind.key()>{t::payment_kind_name(lang, kind)}</option> }).collect_view()}
                </select>
            </label>
            <button type="button" class="button" disabled=move || pending.get() on:click=move |_| { make.dispatch(()); }>{t::make_order(lang)}</button>
            <Fault words=fault/>
        </section>
    }
}

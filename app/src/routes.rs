//! Every page, one list.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::boot::use_lang;
use crate::{auth, board, orders, settings};
use domain::i18n::t;

#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/") view=board::Home ssr=SsrMode::Async/>
                <Route path=path!("/f/:funnel") view=board::BoardPage ssr=SsrMode::Async/>
                <Route path=path!("/orders") view=orders::OrdersPage ssr=SsrMode::Async/>
                <Route path=path!("/orders/:order") view=orders::OrderPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=auth::SignInPage ssr=SsrMode::Async/>
                <Route path=path!("/setup") view=auth::SetUpPage ssr=SsrMode::Async/>
                <Route path=path!("/invite/:token") view=auth::InvitePage ssr=SsrMode::Async/>
                <Route path=path!("/enter/:token") view=auth::EnterPage ssr=SsrMode::Async/>
                <Route path=path!("/settings") view=settings::ProfilePage ssr=SsrMode::Async/>
                <Route path=path!("/settings/funnels") view=settings::FunnelsPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/funnels/:funnel") view=settings::FunnelPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/statuses") view=settings::StatusesPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/lost-reasons") view=settings::LostReasonsPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/team") view=settings::TeamPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/storefronts") view=settings::StorefrontsPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/carriers") view=settings::CarriersPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/screens") view=settings::ScreensPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/import") view=settings::ImportsPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/import/:import") view=settings::ImportPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/webhooks") view=settings::WebhooksPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/webhooks/:webhook") view=settings::WebhookPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/intake") view=settings::IntakePage ssr=SsrMode::Async/>
                <Route path=path!("/settings/export") view=settings::ExportPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/tokens") view=settings::TokensPage ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}

#[component]
fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    let lang = use_lang();
    view! {
        <Title text=t::page_not_found(lang)/>
        <main id="content" class="lonely">
            <h1>{t::page_not_found(lang)}</h1>
            <a class="button" href="/">{t::to_board(lang)}</a>
        </main>
    }
}

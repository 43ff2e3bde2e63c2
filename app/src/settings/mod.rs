use leptos::prelude::*;
#[component] pub fn ProfilePage() -> impl IntoView {}
#[component] pub fn FunnelsPage() -> impl IntoView {}
#[component] pub fn FunnelPage() -> impl IntoView {}
#[component] pub fn LostReasonsPage() -> impl IntoView {}
#[component] pub fn TeamPage() -> impl IntoView {}
#[component] pub fn StorefrontsPage() -> impl IntoView {}
#[component] pub fn IntakePage() -> impl IntoView {}

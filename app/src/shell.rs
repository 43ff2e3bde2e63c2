//! The document around every page.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;

use crate::boot;
use crate::routes::Pages;

#[cfg(feature = "ssr")]
pub fn shell(_options: LeptosOptions) -> impl IntoView {
    use leptos::nonce::use_nonce;
    let boot = boot::find();
    let build = boot.build.clone();
    let wakes = format!(
        "import init, {{ hydrate }} from '/pkg/voronka.js?v={build}';\
         init({{ module_or_path: '/pkg/voronka.wasm?v={build}' }}).then(hydrate);"
    );
    view! {
        <!DOCTYPE html>
        <html lang=boot.lang.code() data-theme=boot.theme.key() data-density=boot.density.key()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#f6f7f9" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#14171c" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=format!("/pkg/voronka.css?v={build}")/>
                <link rel="modulepreload" href=format!("/pkg/voronka.js?v={build}") nonce=use_nonce()/>
                <link rel="preload" href=format!("/pkg/voronka.wasm?v={build}") r#as="fetch" crossorigin="anonymous"/>
                <script id=boot::ELEMENT_ID type="application/json" inner_html=boot::embedded(&boot)></script>
                <script type="module" nonce=use_nonce() inner_html=wakes></script>
                <leptos_meta::MetaTags/>
            </head>
            <body><App/></body>
        </html>
    }
}

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    boot::provide_boot();
    crate::kit::toast::provide_toasts();
    view! {
        <Pages/>
        <crate::kit::toast::Toasts/>
    }
}

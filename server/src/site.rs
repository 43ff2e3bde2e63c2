//! The built site's files: from a folder, or from the binary itself where the feature `embed` put them.

use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, Request, Response, StatusCode, header};
use sha2::{Digest, Sha256};

const WASM: &str = "pkg/voronka.wasm";
/// A name with the build's number in its query never changes its content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Any other may: browsers ask whether it did.
const ASK: HeaderValue = HeaderValue::from_static("no-cache");

#[derive(Clone)]
pub struct Site {
    #[cfg(not(feature = "embed"))]
    files: tower_http::services::ServeDir,
    build: Arc<str>,
}

impl Site {
    pub fn new(folder: &Path) -> Self {
        let build = wasm(folder).map_or_else(|| "dev".into(), |wasm| build_of(&wasm).into());
        Self {
            #[cfg(not(feature = "embed"))]
            files: tower_http::services::ServeDir::new(folder)
                .precompressed_br()
                .precompressed_gzip()
                .append_index_html_on_directories(false),
            build,
        }
    }

    /// Changes with every build of the browser's side.
    pub fn build_id(&self) -> Arc<str> {
        self.build.clone()
    }

    /// The file, if the site has it.
    pub async fn file(&self, request: Request<Body>) -> Option<Response<Body>> {
        let versioned = request.uri().query().is_some_and(|query| query.split('&').any(|pair| pair.starts_with("v=")));
        let mut response = self.find(request).await?;
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, if versioned { FOREVER } else { ASK });
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        Some(response)
    }

    #[cfg(not(feature = "embed"))]
    async fn find(&self, request: Request<Body>) -> Option<Response<Body>> {
        use tower::ServiceExt;
        // A file that can't be read is as good as none: the error never says more than that.
        let response = self.files.clone().oneshot(request).await.ok()?;
        let found = !matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::TEMPORARY_REDIRECT);
        found.then(|| response.map(Body::new))
    }

    #[cfg(feature = "embed")]
    async fn find(&self, request: Request<Body>) -> Option<Response<Body>> {
        embedded::find(&request)
    }
}

fn build_of(wasm: &[u8]) -> String {
    Sha256::digest(wasm).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(not(feature = "embed"))]
fn wasm(folder: &Path) -> Option<Vec<u8>> {
    std::fs::read(folder.join(WASM)).ok()
}

#[cfg(feature = "embed")]
fn wasm(_folder: &Path) -> Option<Vec<u8>> {
    embedded::Files::get(WASM).map(|file| file.data.into_owned())
}

#[cfg(feature = "embed")]
mod embedded {
    use super::*;

    #[derive(rust_embed::RustEmbed)]
    #[folder = "../target/site"]
    pub struct Files;

    pub fn find(request: &Request<Body>) -> Option<Response<Body>> {
        let path = request.uri().path().trim_start_matches('/');
        let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        let accepts = |coding: &str| {
            accepted.is_some_and(|accepted| accepted.split(',').any(|one| one.trim().split(';').next() == Some(coding)))
        };
        let packed = [("br", ".br"), ("gzip", ".gz")].into_iter().filter(|(coding, _)| accepts(coding));
        let packed =
            packed.filter_map(|(coding, ending)| Some((coding, Files::get(&format!("{path}{ending}"))?))).next();
        let (coding, file) = match packed {
            Some((coding, file)) => (Some(coding), file),
            None => (None, Files::get(path)?),
        };
        let tag: String = file.metadata.sha256_hash().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let tag = format!("\"{tag}\"");
        let mut response = Response::builder().header(header::ETAG, &tag).header(header::CONTENT_TYPE, type_of(path));
        if let Some(coding) = coding {
            response = response.header(header::CONTENT_ENCODING, coding);
        }
        if request.headers().get(header::IF_NONE_MATCH).is_some_and(|asked| asked.as_bytes() == tag.as_bytes()) {
            return response.status(StatusCode::NOT_MODIFIED).body(Body::empty()).ok();
        }
        response.body(Body::from(file.data.into_owned())).ok()
    }

    /// The kinds of files that a site of ours has.
    fn type_of(path: &str) -> &'static str {
        match path.rsplit('.').next() {
            Some("js") => "text/javascript",
            Some("css") => "text/css",
            Some("wasm") => "application/wasm",
            Some("svg") => "image/svg+xml",
            Some("png") => "image/png",
            Some("ico") => "image/x-icon",
            Some("woff2") => "font/woff2",
            Some("txt") => "text/plain; charset=utf-8",
            Some("json" | "webmanifest") => "application/json",
            _ => "application/octet-stream",
        }
    }
}

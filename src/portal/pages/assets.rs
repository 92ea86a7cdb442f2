//! Style, script, fonts and the icon: built into the program.

use std::sync::LazyLock;

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};

use crate::{Portal, secret};

/// Name, media type, contents.
const FILES: [(&str, &str, &[u8]); 6] = [
    (
        "kartal.css",
        "text/css; charset=utf-8",
        include_bytes!("static/kartal.css"),
    ),
    (
        "kartal.js",
        "text/javascript; charset=utf-8",
        include_bytes!("static/kartal.js"),
    ),
    (
        "KartalSans-Regular.otf",
        "font/otf",
        include_bytes!("../../../assets/fonts/KartalSans-Regular.otf"),
    ),
    (
        "KartalSans-SemiBold.otf",
        "font/otf",
        include_bytes!("../../../assets/fonts/KartalSans-SemiBold.otf"),
    ),
    (
        "KartalMono-Regular.ttf",
        "font/ttf",
        include_bytes!("../../../assets/fonts/KartalMono-Regular.ttf"),
    ),
    (
        "kartal.svg",
        "image/svg+xml",
        include_bytes!("../../../assets/icons/kartal.svg"),
    ),
];

/// Of all files together: another version of any of them has other addresses.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let all: Vec<u8> = FILES
        .iter()
        .flat_map(|(_, _, contents)| *contents)
        .copied()
        .collect();
    secret::sha256_hex(&all).chars().take(12).collect()
});

/// Where a file is. The version is in the path, so that the style sheet's own relative addresses carry it too.
pub(super) fn address(name: &str) -> String {
    format!("/static/{}/{name}", *VERSION)
}

pub(super) fn router() -> Router<Portal> {
    Router::new().route("/static/{version}/{name}", get(file))
}

async fn file(Path((version, name)): Path<(String, String)>) -> Response {
    let found = FILES.iter().find(|(known, _, _)| *known == name);
    let Some((_, kind, contents)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // The contents of an address of this version never change.
    let caching = if version == *VERSION {
        "public, max-age=31536000, immutable"
    } else {
        "no-store"
    };
    (
        [(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, caching)],
        *contents,
    )
        .into_response()
}

//! The protocol's calls over HTTP: each turns a request into types, calls the core, and turns what comes back into an
//! answer or a problem. `src/service/PROTOCOL.md` says what they mean.

use axum::{Router, extract::DefaultBodyLimit};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::Portal;

mod applications;
mod authority;
mod cards;
mod certificates;
mod extract;
mod health;
mod practice;
mod problem;
mod replacements;
mod sessions;
mod signing;

pub(crate) use extract::is_english;
pub use extract::{Caller, Holder};
pub(crate) use health::{Metrics, observe};
pub use problem::Refused;
pub(crate) use problem::retry_after;

/// The longest body of most calls, in bytes.
const LONGEST_BODY: usize = 256 * 1024;
/// The longest body of signatures and of what is to be signed, in bytes.
const LONGEST_SIGNATURES: usize = 4 * 1024 * 1024;

/// What the description says about the whole.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kartal certificate service",
        description = "The certificate service's protocol, version 1. src/service/PROTOCOL.md says what the calls mean.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(service::ProblemBody)),
    modifiers(&Shared),
)]
struct Description;

/// What many calls refer to: the ways to say who one is, and the problems.
struct Shared;

impl utoipa::Modify for Shared {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
        let components = openapi.components.get_or_insert_default();
        for name in ["session", "page", "claim"] {
            components.add_security_scheme(name, SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
        }
        for (name, response) in problem::shared() {
            components.responses.insert(name, response.into());
        }
    }
}

/// All calls, and their description.
fn described() -> (Router<Portal>, utoipa::openapi::OpenApi) {
    let small = OpenApiRouter::new()
        .routes(routes!(sessions::challenge))
        .routes(routes!(sessions::open))
        .routes(routes!(sessions::send_code))
        .routes(routes!(sessions::verify_code))
        .routes(routes!(sessions::signed))
        .routes(routes!(sessions::reset_word))
        .routes(routes!(sessions::close))
        .routes(routes!(replacements::list))
        .routes(routes!(replacements::certificate))
        .routes(routes!(replacements::chain))
        .routes(routes!(replacements::confirm))
        .routes(routes!(signing::watch))
        .routes(routes!(signing::claim))
        .routes(routes!(signing::refuse))
        .routes(routes!(signing::session))
        .routes(routes!(cards::list))
        .routes(routes!(cards::pin_info, cards::delete_pin_info))
        .routes(routes!(cards::unlock))
        .routes(routes!(cards::step))
        .routes(routes!(certificates::list))
        .routes(routes!(certificates::download))
        .routes(routes!(certificates::activate))
        .routes(routes!(certificates::revoke))
        .merge(applications::router())
        .layer(DefaultBodyLimit::max(LONGEST_BODY));
    let large = OpenApiRouter::new()
        .routes(routes!(signing::create))
        .routes(routes!(signing::submit))
        .layer(DefaultBodyLimit::max(LONGEST_SIGNATURES));
    OpenApiRouter::with_openapi(Description::openapi())
        .nest("/v1", small.merge(large))
        .split_for_parts()
}

/// The description of all calls (`OpenAPI` 3.1), as it is served at `/openapi.json` and kept in the repository.
pub fn openapi() -> String {
    let mut text = described().1.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

/// The protocol's calls, with health, measures and description; without the pages.
pub fn router() -> Router<Portal> {
    described()
        .0
        .merge(health::router())
        .merge(authority::router())
        .merge(practice::router())
}

//! Whether the service is well, how much it does, and what it can.

use std::{
    net::SocketAddr,
    sync::{Arc, LazyLock},
    time::Instant,
};

use axum::{
    Router,
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::Registry,
};

use crate::Portal;

use super::Refused;

/// What is counted.
#[derive(Clone, Debug)]
pub(crate) struct Metrics {
    registry: Arc<Registry>,
    calls: Family<Call, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
}

/// By route, not by address: addresses name people's things.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    method: String,
    route: String,
    status: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

fn histogram() -> Histogram {
    Histogram::new([0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0])
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let calls = Family::<Call, Counter>::default();
        let seconds = Family::<Route, Histogram, fn() -> Histogram>::new_with_constructor(histogram);
        let mut registry = Registry::with_prefix("kartal_portal");
        registry.register("calls", "Calls that were answered", calls.clone());
        registry.register("call_seconds", "How long calls took", seconds.clone());
        Self {
            registry: Arc::new(registry),
            calls,
            seconds,
        }
    }

    fn count(&self, method: &str, route: &str, status: StatusCode, seconds: f64) {
        let call = Call {
            method: method.to_owned(),
            route: route.to_owned(),
            status: u32::from(status.as_u16()),
        };
        self.calls.get_or_create(&call).inc();
        let route = Route {
            route: route.to_owned(),
        };
        self.seconds.get_or_create(&route).observe(seconds);
    }
}

/// Counts and logs every call, without anything about the person.
pub(crate) async fn observe(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().as_str().to_owned();
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or("unknown", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let (status, took) = (response.status(), begun.elapsed());
    // Methods can be made up; those are counted as one.
    let known = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    let method = if known.contains(&method.as_str()) {
        method
    } else {
        "other".to_owned()
    };
    portal
        .metrics()
        .count(&method, &route, status, took.as_secs_f64());
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(method, route, status = status.as_u16(), millis, "call");
    response
}

pub(super) fn router() -> Router<Portal> {
    Router::new()
        .route("/healthz", get(health))
        .route("/metrics", get(metrics))
        .route("/openapi.json", get(description))
}

async fn health(State(portal): State<Portal>) -> Result<&'static str, Refused> {
    portal.store().ping().await?;
    Ok("ok\n")
}

/// To this very computer only: a proxy in front does not hand it on.
async fn metrics(State(portal): State<Portal>, request: Request) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let forwarded = request.headers().contains_key("x-forwarded-for");
    if forwarded || !peer.is_some_and(|peer| peer.0.ip().is_loopback()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut text = String::new();
    if encode(&mut text, &portal.metrics().registry).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

async fn description() -> impl IntoResponse {
    static DESCRIPTION: LazyLock<String> = LazyLock::new(super::openapi);
    ([(header::CONTENT_TYPE, "application/json")], DESCRIPTION.as_str())
}

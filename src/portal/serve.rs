//! The HTTP server: calls and pages behind the same headers, bounds and measures.

use std::{future::Future, net::SocketAddr, time::Duration};

use axum::{
    Router,
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tokio::net::TcpListener;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    set_header::SetResponseHeaderLayer,
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};

use crate::{Configuration, Error, Moment, Portal, api, issuing, messages::Outbox, pages};

/// The longest call: the longest wait for a signature, and some.
const LONGEST_CALL: Duration = Duration::from_secs(150);
/// How long a body may let the next bytes wait.
const SLOWEST_BODY: Duration = Duration::from_secs(20);
/// How often what is over is forgotten.
const SWEEP_EVERY: Duration = Duration::from_mins(1);
/// How long running calls are waited for when the service stops.
const FAREWELL: Duration = Duration::from_secs(10);

/// Nothing from elsewhere, nothing inline, nothing in frames.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A service that listens and does not answer yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    portal: Portal,
    address: SocketAddr,
}

impl Server {
    /// Listens, opens the store and, for practice, makes the practice people known.
    pub async fn start(configuration: Configuration, outbox: Outbox) -> Result<Self, Error> {
        let failed = |error: std::io::Error| Error::internal("listen", error);
        let listener = TcpListener::bind(configuration.listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let public_url = configuration
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{address}"));
        if configuration.practice && configuration.behind_proxy {
            // Whoever reaches the proxy reaches this.
            check_open(&configuration, &public_url)?;
        }
        if !address.ip().is_loopback() {
            check_open(&configuration, &public_url)?;
            tracing::warn!(%address, "not only this computer: TLS has to end in a proxy in front");
        }
        let portal = Portal::open(configuration, outbox, public_url).await?;
        if portal.configuration().practice {
            issuing::practise(&portal, Moment::now()).await?;
        }
        Ok(Self {
            listener,
            portal,
            address,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The service itself.
    pub fn portal(&self) -> &Portal {
        &self.portal
    }

    /// Answers until `stop` comes; then no new calls are taken, waiting pages are answered, and the others finish.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), Error> {
        let portal = self.portal.clone();
        let sweeper = tokio::spawn(sweep(portal.clone()));
        let app = router(&portal).into_make_service_with_connect_info::<SocketAddr>();
        let (ended, end) = tokio::sync::oneshot::channel::<()>();
        let closing = portal.clone();
        let stopping = async move {
            stop.await;
            tracing::info!("stopping");
            closing.stop();
            // Nobody waits for it if the server is gone already.
            let _ = ended.send(());
        };
        let serving = axum::serve(self.listener, app).with_graceful_shutdown(stopping);
        let late = async {
            let _ = end.await;
            tokio::time::sleep(FAREWELL).await;
        };
        let served = tokio::select! {
            served = serving => served.map_err(|error| Error::internal("serve", error)),
            () = late => Ok(()),
        };
        sweeper.abort();
        portal.telling().close();
        if tokio::time::timeout(FAREWELL, portal.telling().wait())
            .await
            .is_err()
        {
            tracing::warn!(
                messages = portal.telling().len(),
                "stopped before all messages had gone out"
            );
        }
        portal.store().close().await;
        served
    }
}

/// What listens for others than this computer is no practice, and is reached by TLS.
fn check_open(configuration: &Configuration, public_url: &str) -> Result<(), Error> {
    let refused = |why: &str| Err(Error::internal("listen", why));
    if configuration.practice {
        return refused("practice shows everybody's codes: it listens on this computer alone");
    }
    if !public_url.starts_with("https://") {
        return refused("for others than this computer, public-url must begin with https://");
    }
    Ok(())
}

/// Every call and page of the service, with headers, bounds and measures.
pub fn router(portal: &Portal) -> Router {
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let secure = portal.public_url().starts_with("https://");
    let transport = secure.then(|| {
        header(
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        )
    });
    let layers = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state(portal.clone(), api::observe))
        .option_layer(transport)
        .layer(header(header::CONTENT_SECURITY_POLICY, CONTENT_POLICY))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "no-referrer"))
        .layer(header(header::X_FRAME_OPTIONS, "DENY"))
        .layer(header(
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ))
        .layer(header(
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ))
        .layer(header(
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=()",
        ))
        .layer(header(header::CACHE_CONTROL, "no-store"))
        .layer(CatchPanicLayer::custom(fallen))
        .layer(middleware::map_response(told_as_problem))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            LONGEST_CALL,
        ))
        .layer(RequestBodyTimeoutLayer::new(SLOWEST_BODY));
    Router::new()
        .merge(api::router())
        .merge(pages::router(portal))
        .layer(layers)
        .layer(middleware::from_fn(finish))
        .with_state(portal.clone())
}

/// A fault of our own that got as far as a panic: the call is lost, the service is not.
fn fallen(_: Box<dyn std::any::Any + Send>) -> Response {
    api::Refused(Error::internal("call", "it fell over")).into_response()
}

/// What changes something comes to its end also for whoever hangs up meanwhile: a wrong word is counted, written down and
/// told. What only reads ends with its caller.
async fn finish(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let finished = tokio::spawn(next.run(request)).await;
    finished.unwrap_or_else(|error| api::Refused(Error::internal("call", error)).into_response())
}

/// A call that took too long has an answer without a body.
async fn told_as_problem(response: Response) -> Response {
    let is_bare = !response.headers().contains_key(header::CONTENT_TYPE);
    if is_bare && response.status() == StatusCode::REQUEST_TIMEOUT {
        return api::Refused(Error::TooSlow).into_response();
    }
    response
}

async fn sweep(portal: Portal) {
    let mut every = tokio::time::interval(SWEEP_EVERY);
    loop {
        every.tick().await;
        if let Err(error) = portal.sweep(Moment::now()).await {
            tracing::warn!(%error, "could not forget what is over");
        }
    }
}

//! SMS over HTTP: gateways differ in names and form, hardly in anything else.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use reqwest::{
    Client, Method, Url,
    header::{HeaderMap, HeaderName, HeaderValue},
    redirect::Policy,
};
use serde::Deserialize;

use super::MessageError;

const WAY: &str = "gateway";
const PATIENCE: Duration = Duration::from_secs(20);

/// A gateway that takes SMS over HTTP. `Debug` shows no header and no field.
#[derive(Clone)]
pub struct Gateway {
    client: Client,
    url: Url,
    headers: HeaderMap,
    body: GatewayBody,
    fields: BTreeMap<String, String>,
    number: fn(&str) -> &str,
}

/// What a gateway wants.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GatewaySettings {
    /// Where it takes messages: `https`, or `http` to this computer alone.
    pub url: String,
    /// Headers, for instance `Authorization`.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// How fields are written.
    #[serde(default)]
    pub body: GatewayBody,
    /// Its fields. In the values `{to}` and `{text}` stand for number and text.
    pub fields: BTreeMap<String, String>,
    /// Whether numbers go without their `+`.
    #[serde(default)]
    pub without_plus: bool,
}

/// How fields are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GatewayBody {
    /// A JSON object of strings.
    #[default]
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
}

impl Gateway {
    /// With these settings. Nothing is sent yet.
    pub fn new(settings: &GatewaySettings) -> Result<Self, MessageError> {
        let wrong = |what: String| MessageError::Settings(format!("gateway: {what}"));
        let url = Url::parse(&settings.url).map_err(|error| wrong(error.to_string()))?;
        let local = is_local(&url);
        if url.scheme() != "https" && !(url.scheme() == "http" && local) {
            return Err(wrong("the address must be https".into()));
        }
        let stands = |wanted: &str| settings.fields.values().any(|value| value.contains(wanted));
        if !stands("{to}") || !stands("{text}") {
            return Err(wrong("no field has {to}, or none has {text}".into()));
        }
        let mut headers = HeaderMap::new();
        for (name, value) in &settings.headers {
            let header = HeaderName::try_from(name.as_str())
                .ok()
                .zip(HeaderValue::try_from(value.as_str()).ok());
            let (key, mut value) = header.ok_or_else(|| wrong(format!("the header {name:?}")))?;
            value.set_sensitive(true);
            headers.insert(key, value);
        }
        // Whoever was first in this process has chosen; that is no fault.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder()
            .user_agent(concat!("kartal-portal/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(PATIENCE / 2)
            .timeout(PATIENCE)
            .redirect(Policy::none());
        if local {
            let addresses = [
                SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
                SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
            ];
            builder = builder.no_proxy().resolve_to_addrs("localhost", &addresses);
        } else {
            builder = builder.https_only(true);
        }
        Ok(Self {
            client: builder.build().map_err(|error| wrong(error.to_string()))?,
            url,
            headers,
            body: settings.body,
            fields: settings.fields.clone(),
            number: if settings.without_plus {
                |number| number.trim_start_matches('+')
            } else {
                |number| number
            },
        })
    }

    pub(super) async fn send(&self, to: &str, text: &str) -> Result<(), MessageError> {
        let to = (self.number)(to);
        let fields: BTreeMap<&str, String> = self
            .fields
            .iter()
            .map(|(name, template)| (name.as_str(), filled(template, to, text)))
            .collect();
        let (kind, body) = match self.body {
            GatewayBody::Json => (
                "application/json",
                serde_json::to_string(&fields).unwrap_or_default(),
            ),
            GatewayBody::Form => ("application/x-www-form-urlencoded", form(&fields)),
        };
        let request = self
            .client
            .request(Method::POST, self.url.clone())
            .headers(self.headers.clone())
            .header(reqwest::header::CONTENT_TYPE, kind)
            .body(body);
        match request.send().await {
            Ok(response) if response.status().is_success() => Ok(()),
            Ok(response) => {
                let status = response.status();
                Err(MessageError::Refused {
                    way: WAY,
                    later: status.is_server_error() || status.as_u16() == 429,
                    detail: status.as_u16().to_string(),
                })
            }
            Err(error) if error.is_connect() || error.is_builder() => Err(MessageError::Unreachable {
                way: WAY,
                detail: words(&error),
            }),
            Err(error) => Err(MessageError::NoAnswer {
                way: WAY,
                detail: words(&error),
            }),
        }
    }
}

/// Both at once, so that a text with `{to}` in it stays as it is.
fn filled(template: &str, to: &str, text: &str) -> String {
    let mut filled = String::with_capacity(template.len() + text.len());
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let (before, after) = rest.split_at(start);
        filled.push_str(before);
        let (put, left) = if let Some(left) = after.strip_prefix("{to}") {
            (to, left)
        } else if let Some(left) = after.strip_prefix("{text}") {
            (text, left)
        } else {
            after.split_at(1)
        };
        filled.push_str(put);
        rest = left;
    }
    filled.push_str(rest);
    filled
}

/// As a browser writes a form.
fn form(fields: &BTreeMap<&str, String>) -> String {
    let mut address = Url::parse("http://localhost").ok();
    if let Some(address) = &mut address {
        address.query_pairs_mut().extend_pairs(fields);
    }
    address
        .and_then(|address| address.query().map(str::to_owned))
        .unwrap_or_default()
}

fn is_local(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let number = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || number
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// The innermost cause: the outer ones repeat the address, which can carry a key.
fn words(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string().chars().take(200).collect()
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gateway")
            .field("host", &self.url.host_str())
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for GatewaySettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GatewaySettings")
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_place_in_a_text_stays() {
        assert_eq!(
            filled("{to}: {text} {x} {", "+90", "{to} {text}"),
            "+90: {to} {text} {x} {"
        );
        assert_eq!(filled("", "a", "b"), "");
    }
}

//! What forms bring: each tied to the browser that it was made for.

use std::collections::HashMap;

use axum::{
    Form,
    extract::{FromRequest, FromRequestParts as _, Request},
    http::StatusCode,
};
use serde::de::{DeserializeOwned, IntoDeserializer as _, value};
use zeroize::Zeroizing;

use crate::{Error, Portal};

use super::{fault::Fault, visitor::Visitor};

/// The field with the form's token.
pub(super) const TOKEN: &str = "token";

/// A form's fields, by name; wiped when they go. Of a field that came twice, the first counts.
#[derive(Default)]
pub(super) struct Fields(HashMap<String, Zeroizing<String>>);

impl std::fmt::Debug for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fields({})", self.0.len())
    }
}

impl Fields {
    /// The field as it was typed; empty if it was not sent.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.as_str())
    }

    /// Whether it was sent at all.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// All of them as a type whose fields are texts.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        let fields = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let reading = value::MapDeserializer::<_, value::Error>::new(
            fields.map(|(name, value)| (name.into_deserializer(), value)),
        );
        T::deserialize(reading).map_err(|error| Error::internal("form", error).into())
    }
}

impl FromRequest<Portal> for Fields {
    type Rejection = Fault;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, Fault> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, portal).await?;
        let request = Request::from_parts(parts, body);
        let pairs = Form::<Vec<(String, Zeroizing<String>)>>::from_request(request, portal).await;
        let Form(pairs) = pairs.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
            _ => Error::FormInvalid { errors: Vec::new() },
        })?;
        let mut fields = HashMap::new();
        for (name, value) in pairs {
            // What was not UTF-8 has become this; no keyboard types it.
            if value.contains(char::REPLACEMENT_CHARACTER) {
                return Err(Error::FormInvalid { errors: Vec::new() }.into());
            }
            fields.entry(name).or_insert(value);
        }
        let fields = Self(fields);
        if visitor.sent(portal, fields.get(TOKEN)) {
            Ok(fields)
        } else {
            Err(Fault::Form)
        }
    }
}

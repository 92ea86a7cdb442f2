//! A person's cards as the service knows them, and what came with a new one: `GET /cards`,
//! `GET /cards/{serial}/pin-info`, `DELETE` of the same.

use serde::{Deserialize, Serialize};

use crate::{CardSerial, Secret};

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// Its serial number.
    pub serial: CardSerial,
    /// Whether it can be used.
    pub state: CardState,
    /// Whether its PIN can be shown: it was not deleted.
    pub pin_info_available: bool,
    /// Whether the service can unlock it.
    pub unlockable: bool,
}

/// Whether a card can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CardState {
    /// It can.
    Active,
    /// Its certificates begin only when the old ones have ended.
    NotYet,
    /// Its certificates are suspended, revoked or at their end.
    Inactive,
}

/// The cards of the person who is logged in, at most 100.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Cards {
    /// In no particular order.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub cards: Vec<Card>,
}

/// What came with a new card. Out of date once the PIN was changed on the card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PinLetter {
    /// The card.
    pub serial: CardSerial,
    /// The PIN as it was issued.
    pub pin: Secret,
    /// The PUK as it was issued, where people get one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub puk: Option<Secret>,
}

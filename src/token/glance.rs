//! What a card tells in a handful of commands, before anything of it is read.

use card::{
    Family,
    apdu::Channel,
    pkcs15::{self, Reader},
};

use crate::{Cache, Choice, Contents, PinInfo, PinRole, TriesLeft, cache::Key};

/// What a card told at a glance.
#[derive(Debug, Default)]
pub(crate) struct Glance {
    /// Wrong PIN entries that are still allowed, if the family can be asked.
    pub(crate) tries: Option<u8>,
    /// What the cache knows this card by, if the family has a change counter.
    pub(crate) key: Option<Key>,
}

impl Glance {
    /// Asks the card, without spending a try. With `caching`, the card is asked for its change counter too; for
    /// that its application is selected.
    ///
    /// Without `caching` nothing is selected, so that a module's idea of the selected file stays right. Families
    /// with a change counter are those whose modules are known to select anew each time.
    pub(crate) fn take(
        channel: &mut Channel<'_>,
        family: &Family,
        caching: Option<&Choice>,
    ) -> Result<Self, card::Error> {
        let key = match caching {
            Some(choice) if family.myeid_info => key(channel, choice)?,
            _ => None,
        };
        let tries = match family.pin_status_reference {
            Some(reference) => pkcs15::tries_left(channel, reference)?,
            None => None,
        };
        Ok(Self { tries, key })
    }

    /// What was read of this card before, if it has not changed since.
    pub(crate) fn recall(&self, cache: Option<&Cache>, apdus: u32) -> Option<Contents> {
        let mut contents = cache?.get(self.key.as_ref()?)?;
        contents.apdus = Some(apdus);
        // The number from then says nothing about now.
        set_tries(&mut contents.pins, TriesLeft::Unknown);
        self.tell(&mut contents.pins);
        Some(contents)
    }

    /// Enters the number of tries where it belongs.
    pub(crate) fn tell(&self, pins: &mut [PinInfo]) {
        if let Some(tries) = self.tries {
            set_tries(pins, TriesLeft::Exact(tries));
        }
    }
}

fn key(channel: &mut Channel<'_>, choice: &Choice) -> Result<Option<Key>, card::Error> {
    match Reader::open(channel) {
        Ok(_) => {}
        // Without its application the card is no case for the cache.
        Err(card::Error::Refused { .. } | card::Error::Malformed { .. }) => return Ok(None),
        Err(error) => return Err(error),
    }
    let info = pkcs15::myeid_info(channel)?;
    Ok(info.map(|info| Key {
        serial: info.serial.to_vec(),
        state: info.change_counter.to_be_bytes().to_vec(),
        choice: choice.clone(),
    }))
}

/// Families are asked for the PIN that signs: the first of the user's.
fn set_tries(pins: &mut [PinInfo], tries: TriesLeft) {
    if let Some(pin) = pins.iter_mut().find(|pin| pin.role == PinRole::User) {
        pin.tries_left = tries;
    }
}

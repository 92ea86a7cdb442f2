//! A stretch with the PIN proven: one try, then as much as is to be done.

use card::pkcs15::{Backup, File, Swap, Written};

use crate::{CardCertificate, Error, Pin, SigningKey, ToSign, TokenHandle, Try};

/// A stretch in which the PIN is proven: made by [`TokenHandle::log_in`], ended by [`Self::end`] or by dropping it. What others ask of the
/// same token waits meanwhile, so keep it short, and never while a person types.
///
/// The PIN was sent once and is never sent again: if what it proved is lost (the card was pulled or reset), each
/// request fails from then on.
#[must_use = "dropping it ends the stretch"]
pub struct Stretch {
    handle: TokenHandle,
    ended: bool,
}

impl Stretch {
    pub(crate) fn new(handle: TokenHandle) -> Self {
        Self { handle, ended: false }
    }

    /// Ends it, and waits until nothing is proven any more: then the card may be pulled and the program may end.
    pub async fn end(mut self) {
        self.ended = true;
        // A worker that is gone has no stretch on.
        if let Ok(answer) = self.handle.end_stretch() {
            let _ = answer.await;
        }
    }

    /// Signs with the key of a certificate. See [`crate::Token::sign`].
    pub async fn sign(&self, key: SigningKey, what: ToSign) -> Result<Vec<u8>, Error> {
        self.handle.within(move |token| token.sign(&key, &what)).await
    }

    /// See [`crate::Token::certificates`].
    pub async fn certificates(&self) -> Result<Vec<CardCertificate>, Error> {
        self.handle.within(|token| token.certificates()).await
    }

    /// See [`crate::Token::write_certificate`]. Once begun it is not abandoned, whether or not anybody waits.
    pub async fn write_certificate(
        &self,
        swap: Swap,
        mut progress: impl FnMut(Written) + Send + 'static,
    ) -> Result<(), Error> {
        self.handle
            .whole(move |token| token.write_certificate(&swap, &mut progress))
            .await
    }

    /// See [`crate::Token::delete_certificate`]. Once begun it is not abandoned.
    pub async fn delete_certificate(&self, swap: Swap) -> Result<(), Error> {
        self.handle
            .whole(move |token| token.delete_certificate(&swap))
            .await
    }

    /// See [`crate::Token::restore`]. Once begun it is not abandoned.
    pub async fn restore(&self, backup: Backup, kinds: Vec<File>) -> Result<(), Error> {
        self.handle
            .whole(move |token| token.restore(&backup, &kinds))
            .await
    }
}

impl Drop for Stretch {
    fn drop(&mut self) {
        if !self.ended {
            // A worker that is gone has no stretch on.
            let _ = self.handle.end_stretch();
        }
    }
}

impl TokenHandle {
    /// Tries the PIN once and, if it is right, begins a stretch with it proven. `way` says what speaks to the card
    /// meanwhile.
    pub async fn log_in(&self, request: Try<Pin>, way: StretchWay) -> Result<Stretch, Error> {
        self.beginning(move |token| token.log_in(request, way)).await
    }

    /// Signs all of this with one key: one PIN try, then a signature for each, in order. `progress` is told after
    /// each how many there are.
    pub async fn sign(
        &self,
        request: Try<Pin>,
        key: SigningKey,
        items: Vec<ToSign>,
        mut progress: impl FnMut(usize),
    ) -> Result<Vec<Vec<u8>>, Error> {
        let stretch = self.log_in(request, StretchWay::Chosen).await?;
        let outcome = async {
            let mut signatures = Vec::with_capacity(items.len());
            for item in items {
                signatures.push(stretch.sign(key.clone(), item).await?);
                progress(signatures.len());
            }
            Ok(signatures)
        }
        .await;
        stretch.end().await;
        outcome
    }
}

/// What speaks to the card during a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StretchWay {
    /// What was chosen for this card.
    Chosen,
    /// No module, whatever was chosen: only so can a directory be put back.
    Driverless,
}

//! Whoever is logged in at the certificate service. Kept in memory, and nowhere else.

use service::{Authenticated, Bearer, Client, Error, Id};
use time::{Duration, OffsetDateTime};

/// A session that is open.
#[derive(Clone)]
pub(crate) struct Session {
    client: Client,
    id: Id,
    name: String,
    /// By this computer's clock.
    expires_at: OffsetDateTime,
}

impl Session {
    /// The session that a service opened; its client shows it with each call. `ahead` is how far this computer's clock is
    /// before the service's.
    pub(crate) fn new(
        client: Client,
        id: Id,
        opened: &Authenticated,
        ahead: Duration,
    ) -> Result<Self, Error> {
        let bearer = Bearer::parse(opened.token.expose().as_bytes()).map_err(|_| Error::Malformed {
            call: "POST otp verify",
        })?;
        Ok(Self {
            client: client.with_bearer(bearer),
            id,
            name: certificate::text::clean(&opened.name),
            expires_at: opened.expires_at.saturating_add(ahead),
        })
    }

    /// Speaks to the service in the person's name.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The person's name, for the screen.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Whether its time is over. The service may end it earlier.
    pub(crate) fn is_over(&self, now: OffsetDateTime) -> bool {
        now >= self.expires_at
    }

    /// Ends it at the service; here it is forgotten whatever the service says.
    pub(crate) async fn close(self) {
        if let Err(error) = self.client.close_session(&self.id).await {
            tracing::debug!(%error, "the service did not hear of the end of a session");
        }
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use service::Limits;
    use time::macros::datetime;

    use super::*;

    /// A computer in the wrong time zone, or whose clock was never set.
    #[test]
    fn a_clock_that_goes_wrong_ends_no_session() {
        let sent = datetime!(2026-11-20 09:00 UTC);
        let opened = Authenticated {
            token: Bearer::parse(b"practice").unwrap(),
            name: "Ayşe".into(),
            expires_at: sent + Duration::HOUR,
        };
        for ahead in [Duration::ZERO, Duration::hours(3), Duration::days(-4_000)] {
            let client = Client::new("https://hizmet.example/v1".parse().unwrap(), Limits::default());
            let id = Id::parse("s").unwrap();
            let session = Session::new(client.unwrap(), id, &opened, ahead).unwrap();
            let here = sent + ahead;
            assert!(!session.is_over(here + Duration::minutes(59)), "{ahead}");
            assert!(session.is_over(here + Duration::HOUR), "{ahead}");
        }
    }
}

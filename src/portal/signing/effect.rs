//! What an accepted signature does, in the same transaction that accepts it.

use crate::{
    Error, Moment, Portal, applications, consent, error::At as _, persons, sessions, store::Writing,
};

use super::{Purpose, Signer};

/// What is to be done, and for whom.
pub(super) struct Effect<'a> {
    pub(super) id: &'a str,
    pub(super) purpose: Purpose,
    pub(super) subject: &'a str,
    pub(super) person: Option<&'a str>,
    pub(super) signer: &'a Signer,
}

/// Does it; the person whom it was done for.
pub(super) async fn take(
    portal: &Portal,
    tx: &mut Writing,
    now: Moment,
    effect: &Effect<'_>,
) -> Result<Option<String>, Error> {
    let known = || {
        effect
            .person
            .ok_or_else(|| Error::internal("signing effect", "nobody to do it for"))
    };
    match effect.purpose {
        Purpose::Login => {
            let person = holder(tx, effect.signer).await?;
            let session = sessions::open_signed(portal, tx, now, &person).await?;
            sqlx::query("UPDATE signing SET result = $1, person = $2 WHERE id = $3")
                .bind(session)
                .bind(&person)
                .bind(effect.id)
                .execute(&mut **tx)
                .await
                .at("signing effect")?;
            Ok(Some(person))
        }
        Purpose::Consent => {
            consent::give(portal, tx, now, known()?, effect.id).await?;
            Ok(effect.person.map(str::to_owned))
        }
        Purpose::ConsentWithdrawal => {
            consent::withdraw_signed(portal, tx, now, known()?, effect.id).await?;
            Ok(effect.person.map(str::to_owned))
        }
        Purpose::Application => {
            let application = (effect.subject, effect.id);
            let signed_with = &effect.signer.certificate;
            applications::signed(portal, tx, now, known()?, application, signed_with).await?;
            Ok(effect.person.map(str::to_owned))
        }
        Purpose::Text => Ok(effect.person.map(str::to_owned)),
    }
}

/// The person whom the signer's certificate names. One whom the service does not know cannot log in.
async fn holder(tx: &mut Writing, signer: &Signer) -> Result<String, Error> {
    let row: Option<(String,)> = sqlx::query_as("SELECT id FROM person WHERE identity = $1")
        .bind(persons::stored(&signer.identity))
        .fetch_optional(&mut **tx)
        .await
        .at("signing effect")?;
    row.map(|(id,)| id).ok_or(Error::CredentialsInvalid)
}

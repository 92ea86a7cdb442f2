//! Practice people: the holders of the practice cards, with everything that a service knows about a person.
//!
//! All of it is invented. The same day gives the same cards, byte for byte, as [`virtual_card::practice`] makes them in
//! another process, so that a window with practice cards and a service with practice people know each other.

use service::CardSerial;
use time::{Date, OffsetDateTime, macros::date};
use virtual_card::{
    VirtualCard,
    practice::{self, Holder, Practice},
};

use crate::{
    authority::AuthorityError,
    fields::{FaultKind, Identity, Phone},
};

/// A practice person.
#[derive(Clone, Debug)]
pub struct Person {
    /// The identity number, or the passport number.
    pub identity: Identity,
    /// The first names, as in the population register.
    pub first_name: &'static str,
    /// The last name.
    pub last_name: &'static str,
    /// The place of birth.
    pub birth_place: &'static str,
    /// The date of birth.
    pub birth_date: Date,
    /// The security word, which everybody knows.
    pub security_word: &'static str,
    /// The mobile phone: a number that is given to nobody.
    pub mobile_phone: Phone,
    /// The e-mail address, in a domain that does not exist (RFC 6761, 6.4).
    pub email: &'static str,
    /// The institution.
    pub institution: &'static str,
    /// The staff number there.
    pub staff_number: &'static str,
    /// The unit there.
    pub unit: &'static str,
    /// The title there.
    pub title: &'static str,
    /// The cards.
    pub cards: Vec<Card>,
}

/// A practice card, as its issuer knows it.
#[derive(Clone, Debug)]
pub struct Card {
    /// Which one.
    pub kind: CardKind,
    /// Its serial number, as the application names it.
    pub serial: CardSerial,
    /// The qualified certificates and others on it (DER), the one for signing first.
    pub certificates: Vec<Vec<u8>>,
    /// Those of them (DER) that are signed with a weak hash: a replacement is due for each.
    pub due: Vec<Vec<u8>>,
    /// The user PIN as issued.
    pub pin: &'static str,
    /// Its PUK.
    pub puk: &'static str,
    /// The administration key, for unlocking; none for a card that is not unlocked this way.
    pub admin_key: Option<[u8; 16]>,
}

/// A card that a practice person has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardKind {
    /// One of the practice cards of the window.
    Practice(Practice),
    /// The AKİS look-alike.
    Akis,
    /// The card of the person from abroad.
    Foreign,
}

/// Why there are no practice people.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PeopleError {
    /// A card could not be made.
    #[error(transparent)]
    Card(#[from] virtual_card::Error),
    /// A certificate of one could not be read.
    #[error("a practice certificate cannot be read")]
    Certificate,
    /// A person's number or phone has a fault; the tests read every one.
    #[error("a practice person has a fault: {0:?}")]
    Field(FaultKind),
    /// The authority failed.
    #[error(transparent)]
    Authority(#[from] AuthorityError),
}

/// What is invented about a person beside the name.
struct Invented {
    holder: Holder,
    cards: &'static [CardKind],
    birth_place: &'static str,
    birth_date: Date,
    security_word: &'static str,
    mobile_phone: &'static str,
    email: &'static str,
    staff_number: &'static str,
    unit: &'static str,
    title: &'static str,
}

/// Everybody, with the cards as they are issued on the day of `now` (UTC).
pub fn practice(now: OffsetDateTime) -> Result<Vec<Person>, PeopleError> {
    invented()
        .into_iter()
        .flatten()
        .map(|person| person.person(now))
        .collect()
}

impl CardKind {
    /// The card itself, as it is issued on the day of `now`.
    pub fn make(self, now: OffsetDateTime) -> Result<VirtualCard, virtual_card::Error> {
        match self {
            Self::Practice(kind) => practice::card(kind, now),
            Self::Akis => practice::akis_card(now),
            Self::Foreign => practice::foreign_card(now),
        }
    }

    fn certificates(self, now: OffsetDateTime) -> Result<Vec<Vec<u8>>, virtual_card::Error> {
        match self {
            Self::Practice(kind) => practice::certificates(kind, now),
            Self::Akis => practice::akis_certificate(now).map(|certificate| vec![certificate]),
            Self::Foreign => practice::foreign_certificate(now).map(|certificate| vec![certificate]),
        }
    }

    fn card(self, now: OffsetDateTime) -> Result<Card, PeopleError> {
        let made = self.make(now)?;
        let serial = serial_text(&made.serial());
        let certificates = self.certificates(now)?;
        let mut due = Vec::new();
        for der in &certificates {
            let read = certificate::Certificate::read(der).map_err(|_| PeopleError::Certificate)?;
            if read.hash_verdict() == certificate::HashVerdict::Weak {
                due.push(der.clone());
            }
        }
        Ok(Card {
            kind: self,
            serial: CardSerial::parse(&serial).ok_or(PeopleError::Certificate)?,
            certificates,
            due,
            pin: practice::PIN,
            puk: practice::PUK,
            // The look-alike serves recognition only.
            admin_key: (self != Self::Akis).then_some(practice::ADMIN_KEY),
        })
    }
}

/// A card's serial number as text: capital hexadecimal digits, as PKCS#15 drivers tell it.
pub fn serial_text(serial: &[u8]) -> String {
    serial.iter().map(|byte| format!("{byte:02X}")).collect()
}

impl Invented {
    fn person(self, now: OffsetDateTime) -> Result<Person, PeopleError> {
        let (first_name, last_name) = self.holder.name().rsplit_once(' ').unwrap_or_default();
        let cards = self.cards.iter().map(|kind| kind.card(now));
        Ok(Person {
            identity: Identity::parse(self.holder.number()).map_err(PeopleError::Field)?,
            first_name,
            last_name,
            birth_place: self.birth_place,
            birth_date: self.birth_date,
            security_word: self.security_word,
            mobile_phone: Phone::parse_mobile(self.mobile_phone).map_err(PeopleError::Field)?,
            email: self.email,
            institution: "Kartal Alıştırma Lisesi",
            staff_number: self.staff_number,
            unit: self.unit,
            title: self.title,
            cards: cards.collect::<Result<_, _>>()?,
        })
    }
}

/// `None` would be a card without a holder.
fn invented() -> [Option<Invented>; 7] {
    use CardKind::Practice as Of;
    let holder = |kind| practice::holder(kind);
    [
        holder(Practice::Sha1).map(|holder| Invented {
            holder,
            cards: &[Of(Practice::Sha1)],
            birth_place: "Iğdır",
            birth_date: date!(1984 - 03 - 21),
            security_word: "çınar ağacı",
            mobile_phone: "0500 000 01 46",
            email: "ayse.gokceoglu@kartal.invalid",
            staff_number: "1001",
            unit: "Edebiyat Zümresi",
            title: "Öğretmen",
        }),
        holder(Practice::Sha256).map(|holder| Invented {
            holder,
            cards: &[Of(Practice::Sha256)],
            birth_place: "İzmir",
            birth_date: date!(1979 - 11 - 02),
            security_word: "mavi ışık",
            mobile_phone: "0500 000 02 14",
            email: "ibrahim.sahingoz@kartal.invalid",
            staff_number: "1002",
            unit: "Müdürlük",
            title: "Müdür Yardımcısı",
        }),
        holder(Practice::Expiring).map(|holder| Invented {
            holder,
            cards: &[Of(Practice::Expiring)],
            birth_place: "Muğla",
            birth_date: date!(1990 - 07 - 15),
            security_word: "kırmızı güneş",
            mobile_phone: "0500 000 03 82",
            email: "omer.isikci@kartal.invalid",
            staff_number: "1003",
            unit: "Matematik Zümresi",
            title: "Öğretmen",
        }),
        holder(Practice::PinBlocked).map(|holder| Invented {
            holder,
            cards: &[Of(Practice::PinBlocked), Of(Practice::Dead)],
            birth_place: "Çanakkale",
            birth_date: date!(1988 - 01 - 30),
            security_word: "şeftali çiçeği",
            mobile_phone: "0500 000 04 50",
            email: "gulsen.unluer@kartal.invalid",
            staff_number: "1004",
            unit: "Rehberlik Servisi",
            title: "Rehber Öğretmen",
        }),
        holder(Practice::TwoKeys).map(|holder| Invented {
            holder,
            cards: &[Of(Practice::TwoKeys)],
            birth_place: "Uşak",
            birth_date: date!(1975 - 09 - 09),
            security_word: "yağmur sesi",
            mobile_phone: "0500 000 05 28",
            email: "cigdem.ogutcu@kartal.invalid",
            staff_number: "1005",
            unit: "Bilgi İşlem",
            title: "Bilgi İşlem Sorumlusu",
        }),
        Some(Invented {
            holder: practice::akis_holder(),
            cards: &[CardKind::Akis],
            birth_place: "Ağrı",
            birth_date: date!(1969 - 05 - 19),
            security_word: "dağ çileği",
            mobile_phone: "0500 000 06 96",
            email: "sukru.ozturkoglu@kartal.invalid",
            staff_number: "1006",
            unit: "Müdürlük",
            title: "Müdür",
        }),
        Some(Invented {
            holder: practice::foreign_holder(),
            cards: &[CardKind::Foreign],
            birth_place: "Graz",
            birth_date: date!(1992 - 12 - 05),
            security_word: "Apfelbaum am See",
            mobile_phone: "0500 000 07 01",
            email: "anna.grunwald@kartal.invalid",
            staff_number: "1007",
            unit: "Yabancı Diller Zümresi",
            title: "Okutman",
        }),
    ]
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use std::collections::BTreeSet;

    use time::macros::datetime;
    use virtual_card::Response;

    use super::*;
    use crate::{authority::Authority, fields};

    const NOON: OffsetDateTime = datetime!(2026-11-25 12:00 UTC);

    #[test]
    fn another_day_gives_other_cards_and_the_same_day_the_same() {
        let serials = |now| {
            let people = practice(now).unwrap();
            let cards: Vec<CardSerial> = people
                .into_iter()
                .flat_map(|person| person.cards)
                .map(|card| card.serial)
                .collect();
            cards
        };
        assert_eq!(serials(NOON), serials(datetime!(2026-11-25 23:59 UTC)));
        let next = serials(datetime!(2026-11-26 00:00 UTC));
        assert!(serials(NOON).iter().zip(&next).all(|(one, other)| one != other));
        let unlike: BTreeSet<String> = serials(NOON).into_iter().map(String::from).collect();
        assert_eq!(unlike.len(), 8);
    }

    #[test]
    fn what_is_known_about_people_would_pass_their_own_forms() {
        let people = practice(NOON).unwrap();
        assert_eq!(people.len(), 7);
        for person in &people {
            for name in [person.first_name, person.last_name, person.birth_place] {
                assert_eq!(fields::name(name).as_deref(), Ok(name));
            }
            let word = person.security_word;
            assert_eq!(fields::security_word(word, word).unwrap().as_str(), word);
            assert_eq!(fields::email(person.email).as_deref(), Ok(person.email));
        }
        let passports = people
            .iter()
            .filter(|person| matches!(person.identity, Identity::Passport(_)));
        assert_eq!(passports.count(), 1);
        let letters: String = people
            .iter()
            .map(|person| person.first_name.to_owned() + person.last_name)
            .collect();
        for letter in ['İ', 'ı', 'ğ', 'ş', 'ç'] {
            assert!(letters.contains(letter), "nobody has an {letter}");
        }
    }

    #[test]
    fn the_cards_are_those_of_the_window() {
        for card in practice(NOON).unwrap().iter().flat_map(|person| &person.cards) {
            let mut made = card.kind.make(NOON).unwrap();
            assert_eq!(serial_text(&made.serial()), card.serial.as_str());
            if let CardKind::Practice(kind) = card.kind {
                assert_eq!(made.serial(), practice::card(kind, NOON).unwrap().serial());
                // What the card itself carries is what the service knows.
                made.transmit(&[0x00, 0xA4, 0x08, 0x0C, 0x04, 0x50, 0x15, 0x43, 0x01]);
                let Response::Answer(start) = made.transmit(&[0x00, 0xB0, 0, 0, 0xFF]) else {
                    panic!("no power")
                };
                assert_eq!(start[..255], card.certificates[0][..255]);
            }
        }
    }

    #[test]
    fn one_replacement_is_due_and_can_be_made() {
        let people = practice(NOON).unwrap();
        let due: Vec<&Card> = people
            .iter()
            .flat_map(|person| &person.cards)
            .filter(|card| !card.due.is_empty())
            .collect();
        assert_eq!(due.len(), 1);
        assert_eq!(due[0].kind, CardKind::Practice(Practice::Sha1));
        let authority = Authority::practice("http://127.0.0.1:1/authority").unwrap();
        assert!(authority.replacement(&due[0].due[0], NOON).is_ok());
        for certificate in people
            .iter()
            .flat_map(|person| &person.cards)
            .flat_map(|card| &card.certificates)
        {
            let read = certificate::Certificate::read(certificate).unwrap();
            assert!(authority.issuer_of(&read).is_some());
        }
    }
}

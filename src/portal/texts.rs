//! The texts that people sign. They are declarations towards the authority, and Turkish whatever language the page
//! speaks: what was signed must not depend on a setting.

use std::sync::LazyLock;

use time::macros::format_description;

use crate::{
    Error, Moment, Portal,
    fields::{self, Identity},
    form_pdf,
    persons::Person,
    secret,
    signing::Item,
    wording::{Language, Wording},
};

/// Who asks for signatures.
pub const REQUESTER: &str = "Kartal Sertifika Hizmetleri";

/// What ties a text to one transaction of one service, so that its signature serves nowhere else and never again.
pub struct Bound {
    service: String,
    number: String,
    date: String,
}

impl Bound {
    /// To this service, at this time, by a number that nobody else has.
    pub fn new(portal: &Portal, now: Moment) -> Result<Self, Error> {
        Ok(Self {
            service: portal.public_url().to_owned(),
            number: secret::name()?,
            date: date(now),
        })
    }

    /// The last lines of a text.
    fn lines(&self) -> String {
        format!(
            "Hizmet: {}\nİşlem: {}\nTarih: {}\n",
            self.service, self.number, self.date
        )
    }
}

/// To log in.
pub fn login(bound: &Bound, identity: &Identity) -> Item {
    plain(
        "Elektronik imza ile giriş",
        &format!(
            "Kullanıcı hizmetlerine elektronik imza ile giriş yapmayı onaylıyorum.\n\nT.C. kimlik / pasaport no: {}\n{}",
            identity.reveal(),
            bound.lines()
        ),
    )
}

/// To give the standing consent.
pub fn consent(bound: &Bound, person: &Person) -> Item {
    plain(
        "e-Onay",
        &format!(
            "{} adına düzenlenecek nitelikli elektronik sertifikalar için bundan sonra yapacağım başvurularda, sertifika \
             sahibi taahhütnamesini kabul ettiğimi ve başvurularımın bu onayla, ayrıca imza aranmadan alınmasına rıza \
             gösterdiğimi beyan ederim. Bu onayı dilediğim zaman geri alabilirim.\n\n{}{}",
            name(person),
            number(person),
            bound.lines()
        ),
    )
}

/// To take it back.
pub fn consent_withdrawal(bound: &Bound, person: &Person) -> Item {
    plain(
        "e-Onayın geri alınması",
        &format!(
            "{}: vermiş olduğum e-onayı geri alıyorum.\n\n{}{}",
            name(person),
            number(person),
            bound.lines()
        ),
    )
}

fn number(person: &Person) -> String {
    format!("T.C. kimlik / pasaport no: {}\n", person.identity.reveal())
}

/// 31.12.1980, from how the store has it.
fn turkish_date(date: &str) -> String {
    match date.split('-').collect::<Vec<_>>()[..] {
        [year, month, day] => format!("{day}.{month}.{year}"),
        _ => date.to_owned(),
    }
}

/// What an application says, label by label.
fn lines(person: &Person, number: &str, form: &fields::Form) -> Vec<(String, String)> {
    static WORDS: LazyLock<Wording> = LazyLock::new(Wording::load);
    // What is stored was checked when it came.
    let chosen = |message: Option<&str>| {
        message
            .map(|name| WORDS.get(Language::Turkish, name, &[]))
            .unwrap_or_default()
    };
    let published = match form.published.as_str() {
        "yes" => "Evet",
        "no" => "Hayır",
        _ => "",
    };
    let lines = [
        ("Başvuru no", number.to_owned()),
        ("Adı soyadı", name(person)),
        ("T.C. kimlik / pasaport no", person.identity.reveal()),
        ("Doğum yeri", person.birth_place.clone()),
        ("Doğum tarihi", turkish_date(&person.birth_date)),
        ("Kurumu", person.institution.clone()),
        ("Sicil no", person.staff_number.clone()),
        (
            "Başvuru nedeni",
            chosen(form.reason.parse().ok().map(fields::Reason::message)),
        ),
        (
            "Kart okuyucu",
            chosen(form.reader_type.parse().ok().map(fields::ReaderType::message)),
        ),
        (
            "Geçerlilik",
            chosen(form.validity.parse().ok().map(fields::Validity::message)),
        ),
        ("Birimi", form.unit.clone()),
        ("Unvanı", form.title.clone()),
        ("Adres", form.address.clone()),
        ("İl / ilçe", format!("{} / {}", form.province, form.district)),
        ("Posta kodu", form.postal_code.clone()),
        ("E-posta", form.email.clone()),
        (
            "İş telefonu",
            format!("{} {}", form.work_phone, form.work_extension),
        ),
        ("Cep telefonu", form.mobile_phone.clone()),
        (
            "Cep telefonunun operatörü",
            chosen(form.mobile_operator.parse().ok().map(fields::Operator::message)),
        ),
        ("Ev telefonu", form.home_phone.clone()),
        (
            "Bilgilendirme",
            chosen(form.channel.parse().ok().map(fields::Channel::message)),
        ),
        ("İnternette yayımlansın mı", published.to_owned()),
    ];
    let line = |(label, value): (&str, String)| (label.to_owned(), value.trim().to_owned());
    lines.into_iter().map(line).collect()
}

/// To hand in an application: the form, and the undertaking.
pub fn application(bound: &Bound, person: &Person, number: &str, form: &fields::Form) -> Vec<Item> {
    let table: String = lines(person, number, form)
        .iter()
        .map(|(label, value)| format!("{label}: {value}\n"))
        .collect();
    let form = format!("{FORM}\n\n{table}\n{}", bound.lines());
    let undertaking = format!(
        "{UNDERTAKING_TITLE}\n\n{}\n\n{}",
        UNDERTAKING.join("\n"),
        bound.lines()
    );
    vec![
        plain("Başvuru formu", &form),
        plain("Sertifika sahibi taahhütnamesi", &undertaking),
    ]
}

/// The same on paper.
/// `reference` stands at its head.
pub fn printed(person: &Person, number: &str, form: &fields::Form, reference: Vec<String>) -> form_pdf::Form {
    form_pdf::Form {
        language: "tr".to_owned(),
        title: FORM.to_owned(),
        reference,
        sections: vec![form_pdf::Section {
            heading: "Başvuru".to_owned(),
            fields: lines(person, number, form),
        }],
        texts: vec![form_pdf::Text {
            heading: UNDERTAKING_TITLE.to_owned(),
            paragraphs: UNDERTAKING.iter().map(|line| (*line).to_owned()).collect(),
        }],
        signature: ["Yer ve tarih", "Adı soyadı", "İmza"].map(str::to_owned).to_vec(),
        footer: format!("{REQUESTER} · {number}"),
    }
}

const FORM: &str = "Nitelikli Elektronik Sertifika Başvuru Formu";
const UNDERTAKING_TITLE: &str = "Sertifika Sahibi Taahhütnamesi";

/// What holders undertake.
const UNDERTAKING: [&str; 6] = [
    "1. Başvuruda verdiğim bilgilerin doğru ve eksiksiz olduğunu, değişirlerse gecikmeden bildireceğimi,",
    "2. imza oluşturma aracımı ve PIN kodumu yalnızca kendim kullanacağımı, kimseye vermeyeceğimi,",
    "3. kartımın kaybolması ya da PIN kodumun başkasınca öğrenilmesi hâlinde sertifikamı derhâl iptal ettireceğimi,",
    "4. sertifikamı geçerlilik süresi ve kullanım sınırları içinde kullanacağımı,",
    "5. 5070 sayılı Elektronik İmza Kanunu'na göre güvenli elektronik imzanın elle atılan imza ile aynı hukuki sonucu \
     doğurduğunu bildiğimi",
    "kabul ve taahhüt ederim.",
];

fn name(person: &Person) -> String {
    format!("{} {}", person.first_name, person.last_name)
}

pub(crate) fn date(now: Moment) -> String {
    let format = format_description!("[day].[month].[year] [hour]:[minute]:[second]");
    now.in_turkey().format(format).unwrap_or_default()
}

fn plain(title: &str, text: &str) -> Item {
    Item {
        title: title.to_owned(),
        media_type: "text/plain; charset=utf-8".to_owned(),
        content: text.as_bytes().to_vec(),
    }
}

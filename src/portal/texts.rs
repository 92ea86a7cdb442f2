//! The texts that people sign. They are declarations towards the authority, and Turkish whatever language the page
//! speaks: what was signed must not depend on a setting.

use time::{OffsetDateTime, UtcOffset, macros::format_description};

use crate::{Moment, fields, form_pdf, persons::Person, signing::Item};

/// Who asks for signatures.
pub const REQUESTER: &str = "Kartal Sertifika Hizmetleri";

/// Turkey's time, the whole year round since 2016.
const TURKEY: (i8, i8, i8) = (3, 0, 0);

/// To log in.
pub fn login(now: Moment) -> Item {
    plain(
        "Elektronik imza ile giriş",
        &format!(
            "Kullanıcı hizmetlerine elektronik imza ile giriş yapmayı onaylıyorum.\n\nTarih: {}\n",
            date(now)
        ),
    )
}

/// To give the standing consent.
pub fn consent(person: &Person, now: Moment) -> Item {
    plain(
        "e-Onay",
        &format!(
            "{} adına düzenlenecek nitelikli elektronik sertifikalar için bundan sonra yapacağım başvurularda, sertifika \
             sahibi taahhütnamesini kabul ettiğimi ve başvurularımın bu onayla, ayrıca imza aranmadan alınmasına rıza \
             gösterdiğimi beyan ederim. Bu onayı dilediğim zaman geri alabilirim.\n\nTarih: {}\n",
            name(person),
            date(now)
        ),
    )
}

/// To take it back.
pub fn consent_withdrawal(person: &Person, now: Moment) -> Item {
    plain(
        "e-Onayın geri alınması",
        &format!(
            "{}: vermiş olduğum e-onayı geri alıyorum.\n\nTarih: {}\n",
            name(person),
            date(now)
        ),
    )
}

/// What an application says, label by label.
fn lines(person: &Person, number: &str, form: &fields::Form) -> Vec<(String, String)> {
    let lines = [
        ("Başvuru no", number.to_owned()),
        ("Adı soyadı", name(person)),
        ("T.C. kimlik / pasaport no", person.identity.reveal()),
        ("Doğum yeri", person.birth_place.clone()),
        ("Doğum tarihi", person.birth_date.clone()),
        ("Kurumu", person.institution.clone()),
        ("Sicil no", person.staff_number.clone()),
        ("Başvuru nedeni", form.reason.clone()),
        ("Kart okuyucu", form.reader_type.clone()),
        ("Geçerlilik (yıl)", form.validity.clone()),
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
        ("Ev telefonu", form.home_phone.clone()),
        ("Bilgilendirme", form.channel.clone()),
        ("İnternette yayımlansın mı", form.published.clone()),
    ];
    let line = |(label, value): (&str, String)| (label.to_owned(), value.trim().to_owned());
    lines.into_iter().map(line).collect()
}

/// To hand in an application: the form, and the undertaking.
pub fn application(person: &Person, number: &str, form: &fields::Form, now: Moment) -> Vec<Item> {
    let table: String = lines(person, number, form)
        .iter()
        .map(|(label, value)| format!("{label}: {value}\n"))
        .collect();
    let form = format!("{FORM}\n\n{table}\nTarih: {}\n", date(now));
    let undertaking = format!("{UNDERTAKING_TITLE}\n\n{}\n", UNDERTAKING.join("\n"));
    vec![
        plain("Başvuru formu", &form),
        plain("Sertifika sahibi taahhütnamesi", &undertaking),
    ]
}

/// The same on paper.
pub fn printed(person: &Person, number: &str, form: &fields::Form, now: Moment) -> form_pdf::Form {
    form_pdf::Form {
        language: "tr".to_owned(),
        title: FORM.to_owned(),
        reference: vec![number.to_owned(), date(now)],
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

fn date(now: Moment) -> String {
    let format = format_description!("[day].[month].[year] [hour]:[minute]:[second]");
    let (hours, minutes, seconds) = TURKEY;
    let offset = UtcOffset::from_hms(hours, minutes, seconds).unwrap_or(UtcOffset::UTC);
    let local: OffsetDateTime = now.date_time().to_offset(offset);
    local.format(format).unwrap_or_default()
}

fn plain(title: &str, text: &str) -> Item {
    Item {
        title: title.to_owned(),
        media_type: "text/plain; charset=utf-8".to_owned(),
        content: text.as_bytes().to_vec(),
    }
}

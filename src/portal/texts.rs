//! The texts that people sign. They are declarations towards the authority, and Turkish whatever language the page
//! speaks: what was signed must not depend on a setting.

use time::{OffsetDateTime, UtcOffset, macros::format_description};

use crate::{Moment, fields, persons::Person, signing::Item};

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
        &format!("{}: vermiş olduğum e-onayı geri alıyorum.\n\nTarih: {}\n", name(person), date(now)),
    )
}

/// To hand in an application: the form, and the undertaking.
pub fn application(person: &Person, number: &str, form: &fields::Form, now: Moment) -> Vec<Item> {
    let lines = [
        ("Başvuru no", number),
        ("Adı soyadı", &name(person)),
        ("T.C. kimlik / pasaport no", &person.identity.reveal()),
        ("Doğum yeri", &person.birth_place),
        ("Doğum tarihi", &person.birth_date),
        ("Kurumu", &person.institution),
        ("Sicil no", &person.staff_number),
        ("Başvuru nedeni", &form.reason),
        ("Kart okuyucu", &form.reader_type),
        ("Geçerlilik (yıl)", &form.validity),
        ("Birimi", &form.unit),
        ("Unvanı", &form.title),
        ("Adres", &form.address),
        ("İl / ilçe", &format!("{} / {}", form.province, form.district)),
        ("Posta kodu", &form.postal_code),
        ("E-posta", &form.email),
        ("İş telefonu", &format!("{} {}", form.work_phone, form.work_extension)),
        ("Cep telefonu", &form.mobile_phone),
        ("Ev telefonu", &form.home_phone),
        ("Bilgilendirme", &form.channel),
        ("İnternette yayımlansın mı", &form.published),
    ];
    let table: String = lines
        .iter()
        .map(|(label, value)| format!("{label}: {}\n", value.trim()))
        .collect();
    let form = format!("NİTELİKLİ ELEKTRONİK SERTİFİKA BAŞVURU FORMU\n\n{table}\nTarih: {}\n", date(now));
    vec![plain("Başvuru formu", &form), plain("Sertifika sahibi taahhütnamesi", UNDERTAKING)]
}

/// What holders undertake.
const UNDERTAKING: &str = "SERTİFİKA SAHİBİ TAAHHÜTNAMESİ\n\n\
1. Başvuruda verdiğim bilgilerin doğru ve eksiksiz olduğunu, değişirlerse gecikmeden bildireceğimi,\n\
2. imza oluşturma aracımı ve PIN kodumu yalnızca kendim kullanacağımı, kimseye vermeyeceğimi,\n\
3. kartımın kaybolması ya da PIN kodumun başkasınca öğrenilmesi hâlinde sertifikamı derhâl iptal ettireceğimi,\n\
4. sertifikamı geçerlilik süresi ve kullanım sınırları içinde kullanacağımı,\n\
5. 5070 sayılı Elektronik İmza Kanunu'na göre güvenli elektronik imzanın elle atılan imza ile aynı hukuki sonucu \
doğurduğunu bildiğimi\n\nkabul ve taahhüt ederim.\n";

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

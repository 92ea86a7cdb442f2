//! Known states of the page on which is signed. Behind it stand the usual cards; there is no service.

use std::time::Duration;

use journeys::pin;
use journeys::sign::{
    Demand, Failure, Progress,
    archive::{Kept, Receipt, ReceiptItem, Signatory},
    code::SignFailure,
};
use service::{Bytes, Profile, ProfileName, Sha256};
use token::{SecretKind, TriesLeft};

use super::{NOW, stage_usual};
use crate::{
    app::{App, message::Internal, message::Part, page::Page},
    screen::sign::{Brief, Message, News, Reading, State, Work},
    ui::pin_field::Typed,
};

const FORM: &str = "Nitelikli elektronik sertifika yenileme başvurumun, aşağıdaki bilgilerle alınmasını onaylıyorum.\n\
\n\
Adı soyadı: İbrahim Çağrı Şahingöz\n\
Kurumu: İl Millî Eğitim Müdürlüğü\n\
Geçerlilik: 3 yıl\n\
Kart okuyucu: istemiyor\n\
\n\
Başvuru, şimdiki sertifikamın süresi bittiğinde geçerli olmak üzere işleme alınacaktır.\n";

const UNDERTAKING: &str = "TAAHHÜTNAME\n\
\n\
1. Kartımı ve PIN'imi kimseyle paylaşmam.\n\
2. Kartımı yitirirsem gecikmeden bildiririm.\n\
3. Tutar: \u{202E}05,1\u{202C} TL\n";

/// The state of this name.
pub(super) fn show(app: &mut App, name: &str) {
    stage_usual(app);
    if name != "sign no service" {
        let service = ProfileName::parse("hizmet").zip("https://hizmet.example".parse().ok());
        if let Some((name, address)) = service {
            app.settings.add_service(Profile::new(name, address));
        }
    }
    app.page = Page::Sign(Box::default());
    match name {
        "sign" | "sign no service" => (),
        "sign kept" => say(
            app,
            Message::Archive(vec![Kept {
                path: "/home/ibrahim/receipt".into(),
                receipt: receipt(),
            }]),
        ),
        "sign code wrong" => {
            say(app, Message::Code("123 456 789 012 34".into()));
            say(app, Message::Claim);
        }
        "sign file" => {
            let path = "/home/ibrahim/Belgeler/dilekçe.pdf".into();
            ready(app, Work::File(path), Vec::new());
        }
        name => code(app, name),
    }
}

fn code(app: &mut App, name: &str) {
    let brief = Brief {
        requester: "Kamu Sertifikasyon Merkezi".into(),
        purpose: "Sertifika yenileme başvurusu".into(),
        control_code: "4071".into(),
        created_at: NOW,
        wants_reading: true,
        demand: Demand::Qualified,
    };
    let texts = if name == "sign many" {
        let title = |number| format!("Ek {number}: Görevlendirme yazısı ve dayanağı");
        (1..=32).map(|number| Reading::of(&title(number), FORM)).collect()
    } else {
        vec![
            Reading::of("Başvuru formu", FORM),
            Reading::of("Taahhütname", UNDERTAKING),
        ]
    };
    ready(
        app,
        Work::Code {
            brief: Box::new(brief),
            session: None,
        },
        texts,
    );
    if let Page::Sign(state) = &mut app.page {
        let left = if name == "sign hidden" { 42 } else { 277 };
        state.set_left(Duration::from_secs(left));
    }
    match name {
        "sign hidden" => say(app, Message::Text(1)),
        "sign search" => say(app, Message::Search("kart".into())),
        "sign working" => {
            submit(app);
            tell(app, News::Progress(Progress::Signing { done: 1, of: 2 }));
        }
        "sign wrong pin" => {
            submit(app);
            let outcome = pin::Outcome::Wrong {
                secret: SecretKind::Pin,
                tries_left: TriesLeft::Exact(2),
                mistaken: None,
            };
            tell(
                app,
                News::Signed(Err(SignFailure::Signing(Failure::Pin(outcome)))),
            );
        }
        "sign done" => {
            submit(app);
            tell(app, News::Signed(Ok(receipt())));
        }
        _ => (),
    }
}

fn receipt() -> Receipt {
    let item = |title: &str, content: &str| ReceiptItem {
        title: title.into(),
        sha256: Sha256::of(content.as_bytes()),
        content: Bytes(content.into()),
        signature: Bytes(vec![0x30, 0x00]),
    };
    Receipt {
        signed_at: NOW,
        service: "https://hizmet.example/v1".into(),
        requester: "Kamu Sertifikasyon Merkezi".into(),
        purpose: "Sertifika yenileme başvurusu".into(),
        signatory: Signatory {
            name: "İbrahim Çağrı Şahingöz".into(),
            serial: "4B2A".into(),
            certificate: Sha256([7; 32]),
        },
        items: vec![item("Başvuru formu", FORM), item("Taahhütname", UNDERTAKING)],
    }
}

fn ready(app: &mut App, work: Work, texts: Vec<Reading>) {
    let mut state = State::default();
    state.show(work, texts, &app.readers, NOW);
    app.page = Page::Sign(Box::new(state));
}

fn submit(app: &mut App) {
    if let Page::Sign(state) = &app.page
        && let Some(entries) = state.entries()
    {
        "123456".chars().for_each(|character| entries.push(0, character));
    }
    say(app, Message::Typed(Typed::Changed(None)));
    say(app, Message::Read(true));
    say(app, Message::Submit);
}

fn say(app: &mut App, message: Message) {
    let _not_started = app.update(Internal::Page(Part::Sign(message)).into());
}

fn tell(app: &mut App, news: News) {
    let number = match &app.page {
        Page::Sign(state) => state.number(),
        _ => 0,
    };
    say(app, Message::News(number, Box::new(news)));
}

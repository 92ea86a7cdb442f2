//! All fields of a certificate.

use certificate::{AltName, Certificate, Extension, Name};
use i18n_embed_fl::fl;
use journeys::look::LookedCertificate;

use super::Message;
use crate::{
    hexadecimal,
    scene::Scene,
    screen::certificate_panel,
    ui::{Element, Tone, button, check, key_values, panel, space},
};

/// Most entries of a list in a certificate that are shown.
const MAX_LINES: usize = 24;
/// Longest text that is drawn, in characters; copying gives it whole.
const LONGEST: usize = 600;

/// The panels: problems, the person, the issuer, validity and number, key, uses, fingerprints.
pub(super) fn view<'a>(
    scene: Scene<'a>,
    looked: &'a LookedCertificate,
    is_revealed: bool,
) -> Element<'a, Message> {
    let certificate = &*looked.certificate;
    let mut panels = Vec::new();
    panels.extend(oddities(scene, certificate));
    panels.push(titled(
        scene,
        fl!(scene.labels, "group-subject"),
        reveal(scene, certificate, is_revealed),
        {
            name(scene, certificate.subject.as_ref(), is_revealed)
                .merged(alt_names(scene, certificate))
                .into()
        },
    ));
    panels.push(titled(scene, fl!(scene.labels, "group-issuer"), None, {
        name(scene, certificate.issuer.as_ref(), true).into()
    }));
    panels.push(titled(
        scene,
        fl!(scene.labels, "group-certificate"),
        None,
        general(scene, looked).into(),
    ));
    panels.push(titled(
        scene,
        fl!(scene.labels, "group-use"),
        None,
        uses(scene, certificate).into(),
    ));
    panels.push(titled(
        scene,
        fl!(scene.labels, "group-places"),
        None,
        places(scene, certificate).into(),
    ));
    panels.push(titled(
        scene,
        fl!(scene.labels, "group-fingerprints"),
        None,
        fingerprints(scene, certificate).into(),
    ));
    panels.push(titled(
        scene,
        fl!(scene.labels, "group-extensions"),
        None,
        extensions(scene, certificate).into(),
    ));
    panel::stack(panels).into()
}

fn titled<'a>(
    scene: Scene<'a>,
    heading: String,
    beside: Option<Element<'a, Message>>,
    content: Element<'a, Message>,
) -> Element<'a, Message> {
    panel::titled(scene.tokens, heading, beside, content).into()
}

fn oddities<'a>(scene: Scene<'a>, certificate: &Certificate) -> Option<Element<'a, Message>> {
    let lines = certificate.problems.iter().take(MAX_LINES).map(|problem| {
        check::check(
            scene.tokens,
            Tone::Warning,
            scene.words.certificate_problem(problem),
            None,
        )
    });
    let list = iced::widget::Column::with_children(lines).spacing(space::S);
    (!certificate.problems.is_empty())
        .then(|| panel::titled(scene.tokens, fl!(scene.labels, "field-oddities"), None, list).into())
}

/// Keys and values before they are drawn.
struct List<'a> {
    scene: Scene<'a>,
    entries: Vec<Entry>,
}

struct Entry {
    key: String,
    value: String,
    is_code: bool,
}

impl<'a> List<'a> {
    fn new(scene: Scene<'a>) -> Self {
        Self {
            scene,
            entries: Vec::new(),
        }
    }

    fn text(mut self, key: String, value: impl Into<String>) -> Self {
        self.entries.push(Entry {
            key,
            value: value.into(),
            is_code: false,
        });
        self
    }

    fn code(mut self, key: String, value: impl Into<String>) -> Self {
        self.entries.push(Entry {
            key,
            value: value.into(),
            is_code: true,
        });
        self
    }

    fn maybe(self, key: String, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.text(key, value),
            None => self,
        }
    }

    fn codes(self, key: &str, values: impl IntoIterator<Item = String>) -> Self {
        values
            .into_iter()
            .take(MAX_LINES)
            .fold(self, |list, value| list.code(key.to_owned(), value))
    }

    fn merged(mut self, other: Self) -> Self {
        self.entries.extend(other.entries);
        self
    }
}

impl<'a> From<List<'a>> for Element<'a, Message> {
    fn from(list: List<'a>) -> Self {
        let scene = list.scene;
        let none = list.entries.is_empty().then(|| Entry {
            key: fl!(scene.labels, "nothing"),
            value: "–".into(),
            is_code: false,
        });
        let empty = key_values::key_values(scene.tokens, scene.width, fl!(scene.labels, "copy"));
        let drawn = none.into_iter().chain(list.entries).fold(empty, |drawn, entry| {
            let shown = shortened(&entry.value);
            let drawn = if entry.is_code {
                drawn.code(entry.key, shown)
            } else {
                drawn.text(entry.key, shown)
            };
            drawn.copied_by(Message::Copy(entry.value))
        });
        drawn.into()
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

fn reveal<'a>(
    scene: Scene<'a>,
    certificate: &Certificate,
    is_revealed: bool,
) -> Option<Element<'a, Message>> {
    certificate.subject.as_ref()?.serial_number()?;
    let label = if is_revealed {
        fl!(scene.labels, "mask")
    } else {
        fl!(scene.labels, "reveal")
    };
    Some(
        button::quiet(scene.tokens, label)
            .small()
            .on_press(Message::Reveal)
            .into(),
    )
}

fn name<'a>(scene: Scene<'a>, name: Option<&Name>, is_revealed: bool) -> List<'a> {
    let attributes = name.map(Name::attributes).unwrap_or_default();
    attributes
        .iter()
        .take(MAX_LINES)
        .fold(List::new(scene), |list, attribute| {
            let value = if is_revealed {
                attribute.text.clone()
            } else {
                attribute.masked()
            };
            list.text(attribute_name(scene, &attribute.label()), value)
        })
}

/// What an attribute is called; its short label stands behind, as technicians know it.
fn attribute_name(scene: Scene<'_>, label: &str) -> String {
    let words = match label {
        "CN" => fl!(scene.labels, "attribute-common-name"),
        "O" => fl!(scene.labels, "attribute-organization"),
        "OU" => fl!(scene.labels, "attribute-unit"),
        "C" => fl!(scene.labels, "attribute-country"),
        "L" => fl!(scene.labels, "attribute-locality"),
        "ST" => fl!(scene.labels, "attribute-state"),
        "T" | "title" => fl!(scene.labels, "attribute-title"),
        "SERIALNUMBER" | "serialNumber" => fl!(scene.labels, "attribute-serial-number"),
        "SN" | "surname" => fl!(scene.labels, "attribute-surname"),
        "GN" | "givenName" => fl!(scene.labels, "attribute-given-name"),
        "E" | "emailAddress" => fl!(scene.labels, "attribute-email"),
        _ => return label.to_owned(),
    };
    format!("{words} ({label})")
}

fn alt_names<'a>(scene: Scene<'a>, certificate: &Certificate) -> List<'a> {
    let names = certificate.extensions.subject_alt_names.iter().take(MAX_LINES);
    names.fold(List::new(scene), |list, name| {
        list.text(fl!(scene.labels, "field-alt-name"), alt_name(name))
    })
}

fn alt_name(name: &AltName) -> String {
    match name {
        AltName::Email(text) | AltName::Dns(text) | AltName::Uri(text) => text.clone(),
        AltName::Ip(address) => address.to_string(),
        AltName::Directory(name) => name.to_string(),
        AltName::Registered(oid) => oid.to_string(),
        AltName::Other { oid, text } => match text {
            Some(text) => format!("{text} ({oid})"),
            None => oid.to_string(),
        },
        _ => String::new(),
    }
}

fn general<'a>(scene: Scene<'a>, looked: &LookedCertificate) -> List<'a> {
    let certificate = &looked.certificate;
    let key = certificate.public_key.as_ref().map(|key| match key.bits {
        Some(bits) => fl!(scene.labels, "key-of", kind = key.kind_name(), bits = bits),
        None => key.kind_name(),
    });
    let mut list = List::new(scene)
        .text(fl!(scene.labels, "field-verdict"), {
            scene
                .words
                .certificate_verdict(looked.verdict, certificate.hash())
        })
        .text(
            fl!(scene.labels, "field-kind"),
            certificate_panel::kind(scene, certificate),
        );
    if let Some(serial) = &certificate.serial {
        list = list.code(fl!(scene.labels, "field-serial"), serial.to_string());
    }
    list = list
        .maybe(
            fl!(scene.labels, "field-from"),
            certificate.not_before.map(|time| scene.words.date_time(time)),
        )
        .maybe(
            fl!(scene.labels, "field-until"),
            certificate.not_after.map(|time| scene.words.date_time(time)),
        )
        .text(
            fl!(scene.labels, "field-state"),
            scene.words.validity(certificate.validity_at(scene.now)),
        );
    if let Some(algorithm) = &certificate.signature_algorithm {
        list = list.code(fl!(scene.labels, "field-algorithm"), algorithm.name());
    }
    list = list.maybe(fl!(scene.labels, "field-public-key"), key).maybe(
        fl!(scene.labels, "field-version"),
        certificate.version.map(|version| version.to_string()),
    );
    if !looked.label.is_empty() {
        list = list.text(
            fl!(scene.labels, "field-label"),
            certificate::text::clean(&looked.label),
        );
    }
    if !looked.id.is_empty() {
        list = list.code(fl!(scene.labels, "field-id"), hex(&looked.id));
    }
    list
}

fn uses<'a>(scene: Scene<'a>, certificate: &Certificate) -> List<'a> {
    let extensions = &certificate.extensions;
    let mut list = List::new(scene).maybe(
        fl!(scene.labels, "field-usage"),
        certificate_panel::usage(scene, certificate),
    );
    list = list.codes(
        &fl!(scene.labels, "field-purpose"),
        extensions.extended_key_usage.iter().map(named_oid),
    );
    if let Some(constraints) = extensions.basic_constraints {
        let value = if constraints.ca {
            fl!(scene.labels, "yes")
        } else {
            fl!(scene.labels, "no")
        };
        list = list.text(fl!(scene.labels, "field-authority"), value);
    }
    for policy in extensions.policies.iter().take(MAX_LINES) {
        list = list.code(fl!(scene.labels, "field-policy"), named_oid(&policy.oid));
        for notice in policy.notices.iter().take(MAX_LINES) {
            list = list.maybe(fl!(scene.labels, "field-notice"), notice.text.clone());
        }
        list = list.codes(
            &fl!(scene.labels, "field-practice-statement"),
            policy.cps.iter().cloned(),
        );
    }
    let statements = extensions
        .qc_statements
        .iter()
        .map(|statement| named_oid(&statement.oid));
    list.codes(&fl!(scene.labels, "field-statement"), statements)
}

fn places<'a>(scene: Scene<'a>, certificate: &Certificate) -> List<'a> {
    let extensions = &certificate.extensions;
    List::new(scene)
        .codes(&fl!(scene.labels, "field-ocsp"), extensions.ocsp.iter().cloned())
        .codes(
            &fl!(scene.labels, "field-crl"),
            extensions.crl_points.iter().cloned(),
        )
        .codes(
            &fl!(scene.labels, "field-issuer-file"),
            extensions.ca_issuers.iter().cloned(),
        )
}

fn fingerprints<'a>(scene: Scene<'a>, certificate: &Certificate) -> List<'a> {
    List::new(scene)
        .code("SHA-256".into(), hex(&certificate.sha256()))
        .code("SHA-1".into(), hex(&certificate.sha1()))
}

fn extensions<'a>(scene: Scene<'a>, certificate: &Certificate) -> List<'a> {
    let all = certificate.extensions.all.iter().take(MAX_LINES * 2);
    all.fold(List::new(scene), |list, extension| {
        let kind = if extension.critical {
            fl!(scene.labels, "critical")
        } else {
            String::new()
        };
        list.code(named_oid(&extension.oid), extension_value(extension, &kind))
    })
}

fn extension_value(extension: &Extension, kind: &str) -> String {
    let bytes = hex(&extension.value);
    if kind.is_empty() {
        bytes
    } else {
        format!("{kind} · {bytes}")
    }
}

fn named_oid(oid: &certificate::Oid) -> String {
    match oid.name() {
        Some(name) => format!("{name} ({oid})"),
        None => oid.to_string(),
    }
}

/// Bytes in groups of two, sixteen groups a line.
pub(super) fn hex(bytes: &[u8]) -> String {
    let lines = bytes.chunks(32).map(|line| {
        line.chunks(2)
            .map(|pair| hexadecimal::of(pair, ""))
            .collect::<Vec<_>>()
            .join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

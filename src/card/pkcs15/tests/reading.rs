use super::build::{FileCard, certificate_entry, der, directory_entry, look_at, path, tlv};
use crate::apdu::Channel;
use crate::pkcs15::{
    Fault, File, KeyKind, Location, MyEidInfo, Progress, Reader, myeid_info, read, tries_left,
};
use crate::{Error, Recording, Replay, Transport};

/// A card that `OpenSC` personalised: one RSA key, one certificate of 1,027 bytes; SO PIN and user PIN.
const MYEID: &str = include_str!("myeid.recording");
const CDF: [u8; 4] = [0x50, 0x15, 0x44, 0x03];

fn problems(contents: &crate::pkcs15::Contents) -> Vec<(File, Fault)> {
    contents
        .directory
        .problems
        .iter()
        .map(|problem| (problem.file, problem.fault))
        .collect()
}

#[test]
fn a_card_without_the_application_is_refused() {
    let (result, commands) = look_at(|_| Some(vec![0x6A, 0x82]));
    assert_eq!(
        result.unwrap_err(),
        Error::Refused {
            command: "SELECT".into(),
            status: 0x6A82
        }
    );
    assert!(commands < 20, "{commands}");
}

#[test]
fn a_card_that_leaves_in_the_middle_is_an_error_at_any_command() {
    let whole = FileCard::with_certificate(600).look().1;
    for survived in 0..whole {
        let mut replay = FileCard::with_certificate(600);
        let mut left = survived;
        let (result, _) = look_at(move |command| {
            left = left.checked_sub(1)?;
            Some(replay.respond(command))
        });
        assert_eq!(result.unwrap_err(), Error::Removed, "after {survived} commands");
    }
}

#[test]
fn garbage_in_one_directory_file_does_not_hide_the_others() {
    let garbage: Vec<u8> = (0..200)
        .map(|number: u8| number.wrapping_mul(37) | 0x40)
        .collect();
    let prkdf = [0x50, 0x15, 0x44, 0x02];
    let (result, _) = FileCard::with_certificate(600).file(&prkdf, &garbage, 512).look();
    let contents = result.unwrap();
    assert_eq!(contents.certificates.len(), 1);
    let problems = problems(&contents);
    assert!(
        problems.iter().all(|(file, _)| *file == File::PrivateKeys),
        "{problems:?}"
    );
    assert!(!problems.is_empty());
}

#[test]
fn garbage_everywhere_is_a_list_of_problems() {
    let mut card = FileCard::with_certificate(600);
    for file in [[0x50, 0x31], [0x50, 0x32]] {
        card = card.file(&[&[0x50, 0x15], &file[..]].concat(), &[0x55; 100], 256);
    }
    let contents = card.look().0.unwrap();
    assert!(contents.certificates.is_empty() && contents.directory.token_info.is_none());
    let files: Vec<File> = problems(&contents).into_iter().map(|(file, _)| file).collect();
    assert!(
        files.contains(&File::Objects) && files.contains(&File::TokenInfo),
        "{files:?}"
    );
}

#[test]
fn a_certificate_that_is_not_there_leaves_the_next_one() {
    let entries = [
        certificate_entry("gone", 1, &[0x77, 0x77]),
        certificate_entry("there", 2, &[0x43, 0x01]),
    ];
    let (result, _) = FileCard::with_certificate(600)
        .file(&CDF, &entries.concat(), 512)
        .look();
    let contents = result.unwrap();
    assert_eq!(contents.certificates.len(), 1);
    assert_eq!(contents.certificates[0].object.label, "there");
    let problem = &contents.directory.problems[0];
    assert_eq!(
        (problem.file, problem.label.as_str(), problem.fault),
        (File::Certificate, "gone", Fault::Refused(0x6A82))
    );
}

#[test]
fn a_certificate_that_announces_more_than_there_is_is_cut_off() {
    let mut cut = der(600);
    cut.truncate(300);
    let (result, _) = FileCard::with_certificate(600)
        .file(&[0x50, 0x15, 0x43, 0x01], &cut, 0)
        .look();
    assert_eq!(
        problems(&result.unwrap()),
        [(File::Certificate, Fault::Truncated)]
    );
}

#[test]
fn empty_files_and_huge_lengths_are_told_apart() {
    let file = [0x50, 0x15, 0x43, 0x01];
    for (contents, fault) in [
        (vec![0; 300], Fault::Empty),
        (vec![0xFF; 300], Fault::Empty),
        (vec![0x31; 300], Fault::Malformed),
        (vec![0x30, 0x80, 0x01], Fault::Malformed),
        (
            [&[0x30, 0x83, 0x02, 0x00, 0x00], &[0; 300][..]].concat(),
            Fault::TooLong,
        ),
        (
            [&[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], &[0; 300][..]].concat(),
            Fault::TooLong,
        ),
        (
            [&[0x30, 0x82, 0xFF, 0xFF], &[0; 300][..]].concat(),
            Fault::TooLong,
        ),
    ] {
        let (result, _) = FileCard::with_certificate(600).file(&file, &contents, 0).look();
        assert_eq!(problems(&result.unwrap()), [(File::Certificate, fault)]);
    }
}

#[test]
fn a_card_that_sends_a_byte_at_a_time_does_not_hold_us_up() {
    let (result, commands) = look_at(|command| match command {
        [_, 0xB0, 0, 0, _] => Some(vec![0x30, 0x90, 0x00]),
        [_, 0xB0, 0, 1, _] => Some(vec![0x82, 0x90, 0x00]),
        [_, 0xB0, ..] => Some(vec![0x7F, 0x90, 0x00]),
        _ => Some(vec![0x90, 0x00]),
    });
    assert!(result.is_ok());
    assert!(commands < 1200, "{commands}");
}

#[test]
fn a_look_at_a_real_layout_takes_few_commands() {
    let (result, commands) = FileCard::with_certificate(1200).look();
    let contents = result.unwrap();
    assert_eq!(contents.certificates[0].der, der(1200));
    assert_eq!(problems(&contents), []);
    // SELECT AID; ODF, TokenInfo, PrKDF, CDF, trusted CDF: 2 each; certificate: SELECT and 5 blocks.
    assert_eq!(commands, 17);
}

#[test]
fn padding_is_not_read_but_long_directories_are() {
    let entries: Vec<u8> = (0..30)
        .flat_map(|number| certificate_entry("certificate", number, &[0x43, 0x01]))
        .collect();
    assert!(entries.len() > 512);
    let (result, _) = FileCard::with_certificate(600).file(&CDF, &entries, 2048).look();
    assert_eq!(result.unwrap().certificates.len(), 30);
}

#[test]
fn cards_that_want_other_selects_or_tell_no_size_are_read_too() {
    for (wants_master, tells_size, knows_application) in [
        (true, true, true),
        (false, false, true),
        (true, false, true),
        (false, true, false),
    ] {
        let mut card = FileCard::with_certificate(600);
        card.wants_master = wants_master;
        card.tells_size = tells_size;
        card.knows_application = knows_application;
        let contents = card.look().0.unwrap();
        assert_eq!(contents.certificates[0].der, der(600));
    }
}

#[test]
fn the_list_of_applications_leads_to_another_place() {
    let aid = tlv(0x4F, &[b"\xA0\x00\x00\x00\x63PKCS-15"]);
    let other = tlv(
        0x61,
        &[
            &tlv(0x4F, &[b"\xA0\x01"]),
            &tlv(0x51, &[&[0x3F, 0x00, 0x11, 0x11]]),
        ],
    );
    let ours = tlv(
        0x61,
        &[
            &aid,
            &tlv(0x50, &[b"AKIS"]),
            &tlv(0x51, &[&[0x3F, 0x00, 0x3D, 0x00]]),
        ],
    );
    let odf = directory_entry(4, &[0x3F, 0x00, 0x3D, 0x00, 0x44, 0x04]);
    let mut card = FileCard::new()
        .file(&[0x2F, 0x00], &[other, ours].concat(), 128)
        .file(&[0x3D, 0x00, 0x50, 0x31], &odf, 0)
        .file(
            &[0x3D, 0x00, 0x44, 0x04],
            &certificate_entry("imza", 1, &[0x34, 0x00]),
            0,
        )
        .file(&[0x3D, 0x00, 0x34, 0x00], &der(500), 0);
    card.knows_application = false;
    card.wants_master = true;
    let contents = card.look().0.unwrap();
    assert_eq!(contents.certificates[0].der, der(500));
    assert_eq!(problems(&contents), [(File::TokenInfo, Fault::Refused(0x6A82))]);
}

#[test]
fn an_announced_list_of_trusted_certificates_may_be_missing() {
    let (result, _) = FileCard::with_certificate(600)
        .without(&[0x50, 0x15, 0x44, 0x05])
        .look();
    let contents = result.unwrap();
    assert_eq!(problems(&contents), []);
    assert!(!contents.directory.fingerprint.is_empty());
}

#[test]
fn the_fingerprint_follows_the_certificates_and_not_the_padding() {
    let fingerprint = |card: FileCard| card.look().0.unwrap().directory.fingerprint;
    let entry = certificate_entry("imza", 0x45, &[0x3F, 0x00, 0x50, 0x15, 0x43, 0x01]);
    let before = fingerprint(FileCard::with_certificate(600));
    assert_eq!(
        before,
        fingerprint(FileCard::with_certificate(600).file(&CDF, &entry, 300))
    );
    let another = certificate_entry("imza", 0x46, &[0x3F, 0x00, 0x50, 0x15, 0x43, 0x01]);
    assert_ne!(
        before,
        fingerprint(FileCard::with_certificate(600).file(&CDF, &another, 300))
    );
    assert_eq!(
        fingerprint(FileCard::with_certificate(600).without(&CDF)),
        Vec::<u8>::new()
    );
}

#[test]
fn a_part_of_a_file_is_read_from_its_offset() {
    let part = tlv(
        0x30,
        &[
            &tlv(0x04, &[&[0x43, 0x01]]),
            &tlv(0x02, &[&[100]]),
            &tlv(0x80, &[&[0x02, 0x58]]),
        ],
    );
    let class = tlv(0x30, &[&tlv(0x04, &[&[1]])]);
    let entry = tlv(
        0x30,
        &[&tlv(0x30, &[]), &class, &tlv(0xA1, &[&tlv(0x30, &[&part])])],
    );
    let file = [vec![0xEE; 100], der(600)].concat();
    let card = FileCard::with_certificate(600).file(&CDF, &entry, 300);
    let contents = card
        .file(&[0x50, 0x15, 0x43, 0x01], &file, 1000)
        .look()
        .0
        .unwrap();
    assert_eq!(contents.certificates[0].der, der(600));
    assert!(path(&[0x43, 0x01]).len() < part.len());
}

#[test]
fn a_card_that_opensc_personalised_is_read_within_the_budget() {
    let mut replay = Replay::new(MYEID.parse::<Recording>().unwrap());
    let mut channel = Channel::new(&mut replay);
    let info = myeid_info(&mut channel).unwrap().unwrap();
    assert_eq!((info.version, info.change_counter), ([4, 5, 5], 0));
    let mut steps = Vec::new();
    let contents = read(&mut channel, &mut |step| steps.push(step)).unwrap();
    assert_eq!(tries_left(&mut channel, 1).unwrap(), Some(3));
    assert!(channel.apdu_count() <= 24, "{}", channel.apdu_count());
    assert!(replay.is_finished());

    assert_eq!(steps.first(), Some(&Progress::Application));
    assert_eq!(steps.last(), Some(&Progress::Certificate { index: 0, count: 1 }));
    let directory = &contents.directory;
    assert_eq!(directory.problems, []);
    let token = directory.token_info.as_ref().unwrap();
    assert_eq!(
        (token.label.as_str(), token.manufacturer.as_str()),
        ("VCARD", "Aventra Ltd.")
    );
    assert_eq!(token.serial, info.serial);

    let [admin, user] = directory.pins.as_slice() else {
        panic!("{:?}", directory.pins)
    };
    assert!(admin.flags.admin && !user.flags.admin);
    assert_eq!(
        (user.label.as_str(), user.reference, admin.reference),
        ("User PIN", 1, 3)
    );
    assert_eq!(
        (user.min_length, user.max_length, user.stored_length),
        (Some(4), Some(8), Some(8))
    );
    assert_eq!((user.pad, user.flags.needs_padding), (Some(0xFF), true));

    let [key] = directory.keys.as_slice() else {
        panic!("{:?}", directory.keys)
    };
    assert_eq!((key.label.as_str(), key.id.as_slice()), ("imza", &[0x45][..]));
    assert_eq!(
        key.kind,
        KeyKind::Rsa {
            modulus_bits: Some(2048)
        }
    );
    assert_eq!(key.auth_id.as_deref(), Some(user.auth_id.as_slice()));
    assert!(key.usage.sign);

    let [certificate] = contents.certificates.as_slice() else {
        panic!()
    };
    assert_eq!(
        (certificate.object.id.as_slice(), certificate.der.len()),
        (&[0x45][..], 1027)
    );
    assert!(!certificate.object.authority && !certificate.object.trusted);
}

#[test]
fn what_is_told_of_itself_must_have_its_length() {
    assert_eq!(MyEidInfo::parse(&[0; 19]), None);
    assert_eq!(MyEidInfo::parse(&[0; 21]), None);
    assert_eq!(MyEidInfo::parse(&[7; 20]).unwrap().change_counter, 0x0707);
}

#[test]
fn tries_are_told_only_by_what_tells_them() {
    let told = [
        (0x63C3, Some(3)),
        (0x63C0, Some(0)),
        (0x6983, Some(0)),
        (0x9000, None),
        (0x6984, None),
        (0x6A88, None),
        (0x6D00, None),
        (0x6300, None),
    ];
    for (word, tries) in told {
        let text = format!("atr 3B00\n00200001 {word:04X}");
        let mut replay = Replay::new(text.parse().unwrap());
        assert_eq!(
            tries_left(&mut Channel::new(&mut replay), 1),
            Ok(tries),
            "{word:04X}"
        );
        assert!(replay.is_finished());
    }
}

#[test]
fn a_certificate_elsewhere_is_unsupported() {
    let mut replay = Replay::new(MYEID.parse().unwrap());
    replay.transmit(&[0x00, 0xCA, 0x01, 0xA0, 0x00]).unwrap();
    let mut channel = Channel::new(&mut replay);
    let mut reader = Reader::open(&mut channel).unwrap();
    let object = crate::pkcs15::CertificateObject {
        label: String::new(),
        id: vec![],
        authority: false,
        trusted: false,
        location: Location::Elsewhere,
    };
    assert_eq!(reader.certificate(&object), Ok(Err(Fault::Unsupported)));
}

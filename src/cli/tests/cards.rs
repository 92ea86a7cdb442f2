use super::*;

fn of(kind: Practice, arguments: &[&str]) -> Said {
    said(world(&shelf(&[("Okuyucu", kind)])), arguments)
}

fn verdict(said: &Said) -> Value {
    said.json()["readers"][0]["card"]["verdict"].clone()
}

#[test]
fn without_a_reader_nothing_could_be_looked_at() {
    let said = said(world(&Shelf::new()), &["cards"]);
    assert_eq!(said.exit, Exit::CouldNotLook);
    assert!(said.out.contains("kart okuyucu görünmüyor"), "{}", said.out);
}

#[test]
fn an_empty_reader_is_no_success() {
    let shelf = Shelf::new();
    shelf.add_reader("Boş");
    let said = said(world(&shelf), &["cards", "--json"]);
    assert_eq!(said.exit, Exit::CouldNotLook);
    assert_eq!(said.json()["readers"][0]["state"], "empty");
    assert_eq!(said.json()["readers"][0]["card"], Value::Null);
    assert_eq!(said.json()["readers"][0]["error"], Value::Null);
}

#[test]
fn a_mute_card_has_an_error_with_a_remedy() {
    let shelf = Shelf::new();
    shelf.insert("Sessiz", Atr::new(&[0x3B, 0x00]).unwrap(), |_| None);
    let said = said(world(&shelf), &["cards", "--json"]);
    assert_eq!(said.exit, Exit::CouldNotLook);
    let error = &said.json()["readers"][0]["error"];
    assert!(
        error["code"].is_string() && !error["remedy"].as_str().unwrap().is_empty(),
        "{error}"
    );
}

#[test]
fn every_practice_card_gets_its_verdict_and_its_exit_code() {
    let rows = [
        (Practice::Sha1, "replace", Exit::SomethingToDo),
        (Practice::Sha256, "fine", Exit::Fine),
        (Practice::Expiring, "expires-soon", Exit::SomethingToDo),
        (Practice::PinBlocked, "pin-blocked", Exit::SomethingToDo),
        (Practice::TwoKeys, "fine", Exit::Fine),
        (Practice::Empty, "empty", Exit::SomethingToDo),
    ];
    for (kind, expected, exit) in rows {
        let said = of(kind, &["cards", "--json"]);
        assert_eq!(verdict(&said), expected, "{kind}: {}", said.out);
        assert_eq!(said.exit, exit, "{kind}");
    }
}

#[test]
fn a_garbage_card_is_an_answer_and_no_crash() {
    let said = of(Practice::Garbage, &["cards", "--json"]);
    assert_eq!(said.exit, Exit::CouldNotLook, "{}", said.out);
    assert_eq!(said.json()["schema"], 1);
}

#[test]
fn two_wins_over_one_and_every_card_is_judged_on_its_own() {
    let shelf = shelf(&[("Bir", Practice::Sha256), ("İki", Practice::Sha1)]);
    let both = said(world(&shelf), &["cards", "--json"]);
    assert_eq!(both.exit, Exit::SomethingToDo);
    assert_eq!(both.json()["readers"][0]["card"]["verdict"], "fine");
    assert_eq!(both.json()["readers"][1]["card"]["verdict"], "replace");
    assert_eq!(
        said(world(&shelf), &["cards", "--reader", "Bir"]).exit,
        Exit::Fine
    );

    shelf.insert("Sessiz", Atr::new(&[0x3B, 0x00]).unwrap(), |_| None);
    let all = said(world(&shelf), &["cards", "--json"]);
    assert_eq!(all.exit, Exit::CouldNotLook);
    assert_eq!(all.json()["readers"][0]["card"]["verdict"], "fine");
}

#[test]
fn the_sentence_comes_first_and_no_identity_number_comes_at_all() {
    let said = of(Practice::Sha1, &["cards"]);
    let second = said.out.lines().nth(1).unwrap();
    assert_eq!(second, "  ! SHA-1: sertifikanızın yenisi yüklenmeli");
    assert!(said.out.contains("Ayşe Işıl Gökçeoğlu"), "{}", said.out);
    for format in [
        &["cards"][..],
        &["cards", "--json"][..],
        &["cards", "--verbose"][..],
    ] {
        let said = of(Practice::Sha1, format);
        assert!(
            !said.out.contains("10000000146") && !said.err.contains("10000000146"),
            "{}",
            said.out
        );
        assert!(said.out.contains("100••••••46"), "{}", said.out);
    }
}

#[test]
fn the_identity_number_is_shown_to_who_asks() {
    let said = of(Practice::Sha1, &["cards", "--json", "--show-identity"]);
    assert_eq!(
        said.json()["readers"][0]["card"]["holder"]["identityNumber"],
        "10000000146"
    );
}

#[test]
fn json_tells_what_scripts_ask_for() {
    let json = of(Practice::Sha1, &["cards", "--json"]).json();
    let card = &json["readers"][0]["card"];
    assert_eq!(card["backend"], "pkcs15");
    assert_eq!(card["module"], Value::Null);
    assert_eq!(card["pin"]["triesLeft"], 3);
    assert_eq!(card["pin"]["blocked"], false);
    let certificate = &card["certificates"][0];
    assert_eq!(certificate["hash"], "SHA-1");
    assert_eq!(certificate["verdict"], "replace");
    assert_eq!(certificate["qualified"], true);
    assert_eq!(certificate["missing"], serde_json::json!([]));
    assert_eq!(certificate["hasPrivateKey"], true);
    assert_eq!(certificate["keyType"], "RSA");
    assert_eq!(certificate["keyBits"], 2048);
    assert_eq!(certificate["sha256"].as_str().unwrap().len(), 64);
    assert!(certificate["notAfter"].as_str().unwrap().ends_with('Z'));
}

#[test]
fn looking_spends_no_try() {
    let shelf = shelf(&[("Okuyucu", Practice::Sha256)]);
    for _ in 0..4 {
        let said = said(world(&shelf), &["cards", "--json"]);
        assert_eq!(
            said.json()["readers"][0]["card"]["pin"]["triesLeft"],
            3,
            "{}",
            said.out
        );
    }
}

#[test]
fn a_reader_that_is_not_there_or_not_meant_alone_is_refused_with_the_names() {
    let shelf = shelf(&[("ACS 1", Practice::Sha256), ("ACS 2", Practice::Sha256)]);
    let none = said(world(&shelf), &["cards", "--reader", "Omnikey"]);
    assert_eq!(none.exit, Exit::CouldNotLook);
    assert!(none.err.contains("ACS 1, ACS 2"), "{}", none.err);
    let several = said(world(&shelf), &["cards", "--reader", "acs", "--json"]);
    assert_eq!(several.json()["error"]["code"], "ambiguous-reader");
    assert_eq!(several.exit, Exit::CouldNotLook);
}

#[test]
fn a_module_that_is_not_there_is_named() {
    let said = of(
        Practice::Sha256,
        &["cards", "--module", "/nowhere/akisp11.so", "--json"],
    );
    assert_eq!(said.exit, Exit::CouldNotLook);
    let error = &said.json()["readers"][0]["error"];
    assert_eq!(error["code"], "module-missing");
    assert!(error["remedy"].as_str().unwrap().contains("/nowhere/akisp11.so"));
}

#[test]
fn readers_are_listed_with_their_states() {
    let shelf = shelf(&[("Dolu", Practice::Sha256)]);
    shelf.add_reader("Boş");
    let said = said(world(&shelf), &["readers"]);
    assert_eq!(said.exit, Exit::Fine);
    assert!(said.out.contains("kart takılı"), "{}", said.out);
    assert!(said.out.contains("– boş"), "{}", said.out);
}

#[test]
fn without_modules_that_is_said_and_nothing_is_wrong() {
    let said = said(world(&Shelf::new()), &["modules"]);
    assert_eq!(said.exit, Exit::Fine);
    assert!(said.out.contains("bulunamadı"), "{}", said.out);
}

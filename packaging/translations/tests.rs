use super::*;

fn messages(text: &str) -> Messages {
    let mut messages = Messages::new();
    read(text, &mut messages).unwrap();
    messages
}

#[test]
fn a_missing_message_is_told_in_both_directions() {
    let complaints = compare(&messages("a = A\nb = B\n"), &messages("b = B\nc = C\n"));
    assert_eq!(complaints, ["`a` is missing in en", "`c` is missing in tr"]);
}

#[test]
fn a_missing_attribute_and_a_missing_term_are_told() {
    let complaints = compare(
        &messages("a = A\n    .hint = H\n-brand = K\n"),
        &messages("a = A\n"),
    );
    assert_eq!(
        complaints,
        ["`-brand` is missing in en", "`a.hint` is missing in en"]
    );
}

#[test]
fn other_variables_are_told() {
    let complaints = compare(&messages("a = { $name }\n"), &messages("a = { $nam }\n"));
    assert_eq!(complaints, [r#"`a` uses {"name"} in tr, {"nam"} in en"#]);
}

#[test]
fn variables_inside_choices_and_functions_count() {
    let text = "a = { $count ->\n    [one] { NUMBER($days) }\n   *[other] { $holder }\n }\n";
    let found = messages(text);
    assert_eq!(
        found["a"].iter().map(String::as_str).collect::<Vec<_>>(),
        ["count", "days", "holder"]
    );
}

#[test]
fn what_does_not_parse_is_an_error_with_its_line() {
    let error = read("a = A\nb = { $\n", &mut Messages::new()).unwrap_err();
    assert!(error.to_string().starts_with("line 2"), "{error}");
}

#[test]
fn a_message_twice_is_an_error() {
    assert!(read("a = A\na = B\n", &mut Messages::new()).is_err());
}

#[test]
fn a_language_that_is_not_there_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    assert!(check(folder.path(), folder.path()).is_err());
}

#[test]
fn a_message_that_nothing_names_is_told() {
    let complaints = unused(
        &messages("used = A\nleft-over = B\n-brand = K\n"),
        r#"fl!(loader, "used")"#,
    );
    assert_eq!(complaints, ["`left-over` is used nowhere"]);
}

//! The Fluent files themselves: whole, the same in both languages, and nothing in them that nobody asks for.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Resource};
use fluent_syntax::parser;

use super::super::{TEXTS, help};

/// The variables of each message and attribute, by `id` and `id.attribute`.
type Shape<'a> = BTreeMap<String, BTreeSet<&'a str>>;

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    for texts in [TEXTS, help::TEXTS] {
        assert_eq!(
            shape(&parse(texts.turkish)),
            shape(&parse(texts.english)),
            "{}",
            texts.domain
        );
    }
}

#[test]
fn every_message_is_asked_for() {
    let sources = [
        include_str!("../card_parts.rs"),
        include_str!("../certificates.rs"),
        include_str!("../dates.rs"),
        include_str!("../errors.rs"),
        include_str!("../online.rs"),
        include_str!("../replacing.rs"),
        include_str!("../secrets.rs"),
        include_str!("../signing.rs"),
        include_str!("../verdict.rs"),
    ]
    .concat();
    for id in ids(&parse(TEXTS.turkish)) {
        assert!(
            sources.contains(&format!("\"{id}\"")),
            "{id} is in the files and nobody asks for it"
        );
    }
}

#[test]
fn every_question_of_the_help_is_listed() {
    let listed: BTreeSet<_> = help::QUESTIONS.into_iter().map(str::to_owned).collect();
    assert_eq!(listed, ids(&parse(help::TEXTS.turkish)));
    assert_eq!(listed.len(), help::QUESTIONS.len());
}

fn parse(text: &str) -> Resource<&str> {
    parser::parse(text).map_err(|(_, errors)| errors).unwrap()
}

fn ids(resource: &Resource<&str>) -> BTreeSet<String> {
    messages(resource)
        .map(|message| message.id.name.to_owned())
        .collect()
}

fn messages<'r, 'text>(resource: &'r Resource<&'text str>) -> impl Iterator<Item = &'r Message<&'text str>> {
    resource.body.iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message),
        _ => None,
    })
}

fn shape<'text>(resource: &Resource<&'text str>) -> Shape<'text> {
    let mut shape = Shape::new();
    for message in messages(resource) {
        let id = message.id.name;
        if let Some(value) = &message.value {
            assert!(
                shape.insert(id.to_owned(), variables(value)).is_none(),
                "{id} occurs twice"
            );
        }
        for attribute in &message.attributes {
            shape.insert(format!("{id}.{}", attribute.id.name), variables(&attribute.value));
        }
    }
    shape
}

fn variables<'text>(pattern: &Pattern<&'text str>) -> BTreeSet<&'text str> {
    let mut names = BTreeSet::new();
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            collect(expression, &mut names);
        }
    }
    names
}

fn collect<'text>(expression: &Expression<&'text str>, names: &mut BTreeSet<&'text str>) {
    let (inline, variants) = match expression {
        Expression::Inline(inline) => (inline, &[][..]),
        Expression::Select { selector, variants } => (selector, variants.as_slice()),
    };
    if let InlineExpression::VariableReference { id } = inline {
        names.insert(id.name);
    }
    for variant in variants {
        names.extend(variables(&variant.value));
    }
}

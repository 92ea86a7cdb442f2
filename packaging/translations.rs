//! Both languages say the same things: every message of one is in the other, with the same variables and
//! attributes, every file parses, and the source names every message.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;

/// The languages, the first one first.
const LANGUAGES: [&str; 2] = ["tr", "en"];

/// A message by its name (`id`, `id.attribute`, `-term`; with its file before it, as in `cli/id`, once all files are
/// together), and the variables that it uses.
type Messages = BTreeMap<String, BTreeSet<String>>;

/// Compares the languages in `translations`, looks for their messages in the source under `source`, and says how
/// many there are; fails with every complaint.
pub(crate) fn check(translations: &Path, source: &Path) -> Result<usize> {
    let [first, second] = LANGUAGES.map(|language| read_folder(&translations.join(language)));
    let (first, second) = (first?, second?);
    let mut complaints = compare(&first, &second);
    complaints.extend(unused(&first, &read_source(source)?));
    if complaints.is_empty() {
        return Ok(first.len());
    }
    for complaint in &complaints {
        eprintln!("  {complaint}");
    }
    bail!("{} complaints about the translations", complaints.len())
}

/// All Rust source and page templates under `folder`, in one text.
fn read_source(folder: &Path) -> Result<String> {
    let mut text = String::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            text += &read_source(&path)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "rs" || extension == "html")
        {
            text += &fs::read_to_string(&path)?;
        }
    }
    Ok(text)
}

/// Messages whose name stands nowhere in `source` as a string. Terms and attributes belong to other messages.
fn unused(messages: &Messages, source: &str) -> Vec<String> {
    let own = messages
        .keys()
        .map(|name| name.rsplit_once('/').map_or(name.as_str(), |(_, id)| id))
        .filter(|name| !name.starts_with('-') && !name.contains('.'));
    let nowhere = own.filter(|name| !source.contains(&format!("\"{name}\"")));
    nowhere.map(|name| format!("`{name}` is used nowhere")).collect()
}

fn read_folder(folder: &Path) -> Result<Messages> {
    let mut messages = Messages::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            let text = fs::read_to_string(&path)?;
            let mut own = Messages::new();
            read(&text, &mut own).with_context(|| path.display().to_string())?;
            // Each file is a domain of its own: two of them may use the same name.
            let file = path.file_stem().unwrap_or_default().to_string_lossy();
            messages.extend(
                own.into_iter()
                    .map(|(name, variables)| (format!("{file}/{name}"), variables)),
            );
        }
    }
    Ok(messages)
}

fn read(text: &str, messages: &mut Messages) -> Result<()> {
    let resource = match parser::parse(text) {
        Ok(resource) => resource,
        Err((_, errors)) => {
            let first = errors.first().context("does not parse")?;
            let line = text
                .get(..first.pos.start)
                .map_or(0, |before| before.lines().count());
            bail!("line {line}: {}", first.kind)
        }
    };
    for entry in resource.body {
        let (name, value, attributes) = match entry {
            Entry::Message(message) => (message.id.name.to_owned(), message.value, message.attributes),
            Entry::Term(term) => (format!("-{}", term.id.name), Some(term.value), term.attributes),
            _ => continue,
        };
        for attribute in attributes {
            insert(
                messages,
                format!("{name}.{}", attribute.id.name),
                Some(&attribute.value),
            )?;
        }
        insert(messages, name, value.as_ref())?;
    }
    Ok(())
}

fn insert(messages: &mut Messages, name: String, pattern: Option<&Pattern<&str>>) -> Result<()> {
    let mut variables = BTreeSet::new();
    if let Some(pattern) = pattern {
        collect(pattern, &mut variables);
    }
    if messages.contains_key(&name) {
        bail!("`{name}` is there twice");
    }
    messages.insert(name, variables);
    Ok(())
}

fn collect(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            collect_expression(expression, variables);
        }
    }
}

fn collect_expression(expression: &Expression<&str>, variables: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => collect_inline(inline, variables),
        Expression::Select { selector, variants } => {
            collect_inline(selector, variables);
            for variant in variants {
                collect(&variant.value, variables);
            }
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                collect_inline(argument, variables);
            }
        }
        InlineExpression::Placeable { expression } => collect_expression(expression, variables),
        _ => {}
    }
}

fn compare(first: &Messages, second: &Messages) -> Vec<String> {
    let [one, other] = LANGUAGES;
    let only_first = first.keys().filter(|name| !second.contains_key(*name));
    let only_second = second.keys().filter(|name| !first.contains_key(*name));
    let mut complaints: Vec<String> = only_first
        .map(|name| format!("`{name}` is missing in {other}"))
        .collect();
    complaints.extend(only_second.map(|name| format!("`{name}` is missing in {one}")));
    for (name, variables) in first {
        if let Some(others) = second.get(name).filter(|others| *others != variables) {
            complaints.push(format!(
                "`{name}` uses {variables:?} in {one}, {others:?} in {other}"
            ));
        }
    }
    complaints
}

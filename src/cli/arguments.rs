//! The command line: what may be written, and what was.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use clap_complete::Shell;
use journeys::words::Language;
use signature::Packaging;

use crate::texts::{Texts, say};

/// The program's name.
pub(crate) const NAME: &str = "kartal-cli";

/// What was asked for.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(crate) struct Options {
    pub(crate) task: Task,
    pub(crate) json: bool,
    pub(crate) verbose: bool,
    pub(crate) module: Option<PathBuf>,
    pub(crate) driverless: bool,
    pub(crate) reader: Option<String>,
    pub(crate) trust: Vec<PathBuf>,
    pub(crate) no_cache: bool,
    pub(crate) show_identity: bool,
}

/// Which command.
#[derive(Clone, Debug)]
pub(crate) enum Task {
    Readers,
    Cards,
    Certificate { files: Vec<PathBuf> },
    Modules { test: bool },
    Pin(PinTask),
    Replace(ReplaceTask),
    Sign(SignTask),
    Verify { file: PathBuf, content: Option<PathBuf> },
    Completions { shell: Shell },
    Man { folder: Option<PathBuf> },
}

/// Which command below `pin`.
#[derive(Clone, Debug)]
pub(crate) enum PinTask {
    Status,
    Change(Entering),
    Unlock { way: Way, entering: Entering },
}

/// What to replace, and with what.
#[derive(Clone, Debug)]
pub(crate) struct ReplaceTask {
    /// A profile's name, or an address.
    pub(crate) service: String,
    /// The serial number of the only card that is meant.
    pub(crate) card: Option<String>,
    pub(crate) dry_run: bool,
    /// The old certificate may go before the new one is written.
    pub(crate) remove_first: bool,
    pub(crate) entering: Entering,
}

/// By which way to unlock.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    Puk { i_know: bool },
    Service { address: String, token: bool },
}

/// What is to be signed, and how.
#[derive(Clone, Debug)]
pub(crate) struct SignTask {
    pub(crate) what: What,
    /// Which certificate: the beginning of its serial number or fingerprint.
    pub(crate) certificate: Option<String>,
    /// Where a record of it is kept.
    pub(crate) keep: Option<PathBuf>,
    pub(crate) entering: Entering,
}

/// What is to be signed.
#[derive(Clone, Debug)]
pub(crate) enum What {
    /// What a code stands for with the service of this profile or address.
    Code { code: String, service: String },
    /// A file.
    File {
        path: PathBuf,
        output: Option<PathBuf>,
        packaging: Packaging,
    },
}

/// How secrets come in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entering {
    /// One a line on the standard input.
    pub(crate) stdin: bool,
    /// The last try may be spent.
    pub(crate) last_try: bool,
}

/// What was asked for; an error is also the wish for help.
pub(crate) fn parse(arguments: Vec<OsString>, texts: &Texts) -> Result<Options, clap::Error> {
    let matches = command(texts).try_get_matches_from(arguments)?;
    let missing = || command(texts).error(clap::error::ErrorKind::MissingSubcommand, "");
    let (mut name, mut given) = matches.subcommand().ok_or_else(missing)?;
    let below_pin = name == "pin";
    if below_pin {
        (name, given) = given.subcommand().ok_or_else(missing)?;
    }
    let path = |id| one::<PathBuf>(given, id);
    let paths = |id| -> Vec<PathBuf> {
        let values = given.try_get_many::<PathBuf>(id).ok().flatten();
        values.into_iter().flatten().cloned().collect()
    };
    let task = match name {
        "readers" => Task::Readers,
        "cards" => Task::Cards,
        "certificate" => Task::Certificate { files: paths("file") },
        "status" | "change" | "unlock" if below_pin => Task::Pin(pin_task(name, given).ok_or_else(missing)?),
        "replace" => Task::Replace(ReplaceTask {
            service: one(given, "service").ok_or_else(missing)?,
            card: one(given, "card"),
            dry_run: flag(given, "dry-run"),
            remove_first: flag(given, "remove-first"),
            entering: Entering {
                stdin: flag(given, "stdin"),
                last_try: flag(given, "last-try"),
            },
        }),
        "sign" => Task::Sign(sign_task(given).ok_or_else(missing)?),
        "verify" => Task::Verify {
            file: path("file").ok_or_else(missing)?,
            content: path("content"),
        },
        "modules" => Task::Modules {
            test: flag(given, "test"),
        },
        "completions" => Task::Completions {
            shell: one(given, "shell").ok_or_else(missing)?,
        },
        "man" => Task::Man { folder: path("dir") },
        _ => return Err(missing()),
    };
    Ok(Options {
        task,
        json: flag(given, "json"),
        verbose: flag(given, "verbose"),
        module: path("module"),
        driverless: flag(given, "driverless"),
        reader: one(given, "reader"),
        trust: paths("trust"),
        no_cache: flag(given, "no-cache"),
        show_identity: flag(given, "show-identity"),
    })
}

fn sign_task(given: &ArgMatches) -> Option<SignTask> {
    let what = match (one::<String>(given, "code"), one::<String>(given, "service")) {
        (Some(code), Some(service)) => What::Code { code, service },
        _ => What::File {
            path: one(given, "file")?,
            output: one(given, "output"),
            packaging: if flag(given, "attached") {
                Packaging::Attached
            } else {
                Packaging::Detached
            },
        },
    };
    Some(SignTask {
        what,
        certificate: one(given, "certificate"),
        keep: one(given, "keep"),
        entering: entering(given),
    })
}

fn entering(given: &ArgMatches) -> Entering {
    Entering {
        stdin: flag(given, "stdin"),
        last_try: flag(given, "last-try"),
    }
}

fn pin_task(name: &str, given: &ArgMatches) -> Option<PinTask> {
    let entering = entering(given);
    match name {
        "status" => Some(PinTask::Status),
        "change" => Some(PinTask::Change(entering)),
        _ => {
            let way = match one::<String>(given, "service") {
                Some(address) => Way::Service {
                    address,
                    token: flag(given, "token-stdin"),
                },
                None if flag(given, "puk") => Way::Puk {
                    i_know: flag(given, "i-know"),
                },
                None => return None,
            };
            Some(PinTask::Unlock { way, entering })
        }
    }
}

/// The language that the arguments name, so that everything can be said in it, wrong arguments included.
pub(crate) fn language(arguments: &[OsString]) -> Option<Language> {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        let code = match argument.strip_prefix("--lang") {
            Some("") => arguments.next()?,
            Some(rest) => rest.strip_prefix('=')?,
            None => continue,
        };
        return code.parse().ok();
    }
    None
}

// A command knows only some of the options: the others are not given.
fn flag(given: &ArgMatches, id: &str) -> bool {
    given.try_get_one(id).ok().flatten().copied().unwrap_or(false)
}

fn one<T: Clone + Send + Sync + 'static>(given: &ArgMatches, id: &str) -> Option<T> {
    given.try_get_one(id).ok().flatten().cloned()
}

/// Everything that may be written, described in the language of the texts.
pub(crate) fn command(texts: &Texts) -> Command {
    let commands = [
        Command::new("cards").about(say!(texts, "about-cards")).args([
            json(texts),
            reader(texts),
            module(texts),
            driverless(texts),
            trust(texts),
            no_cache(texts),
            show_identity(texts),
        ]),
        Command::new("readers")
            .about(say!(texts, "about-readers"))
            .args([json(texts), reader(texts)]),
        Command::new("certificate")
            .about(say!(texts, "about-certificate"))
            .args([
                path("file", "FILE")
                    .help(say!(texts, "arg-file"))
                    .required(true)
                    .num_args(1..),
                json(texts),
                trust(texts),
                show_identity(texts),
            ]),
        Command::new("modules").about(say!(texts, "about-modules")).args([
            json(texts),
            module(texts).help(say!(texts, "arg-module-too")),
            switch("test").help(say!(texts, "arg-test")),
        ]),
        pin(texts),
        replace(texts),
        sign(texts),
        Command::new("verify").about(say!(texts, "about-verify")).args([
            path("file", "FILE")
                .help(say!(texts, "arg-signature"))
                .required(true),
            path("content", "FILE")
                .long("content")
                .help(say!(texts, "arg-content")),
            json(texts),
            trust(texts),
            show_identity(texts),
        ]),
        Command::new("completions")
            .about(say!(texts, "about-completions"))
            .arg(
                Arg::new("shell")
                    .value_name("SHELL")
                    .help(say!(texts, "arg-shell"))
                    .required(true)
                    .value_parser(value_parser!(Shell)),
            ),
        Command::new("man")
            .about(say!(texts, "about-man"))
            .arg(path("dir", "DIR").long("dir").help(say!(texts, "arg-dir"))),
    ];
    let root = Command::new(NAME)
        .version(env!("CARGO_PKG_VERSION"))
        .about(say!(texts, "about"))
        .after_help(say!(texts, "after-help"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .help_template(template(texts, Parts::Commands))
        .args(everywhere(texts))
        .arg(
            Arg::new("version")
                .long("version")
                .action(ArgAction::Version)
                .help(say!(texts, "arg-version")),
        );
    root.subcommands(commands.map(|command| {
        if command.has_subcommands() {
            return command
                .disable_help_flag(true)
                .help_template(template(texts, Parts::Commands));
        }
        let arguments = command.get_positionals().next().is_some();
        let parts = if arguments {
            Parts::Arguments
        } else {
            Parts::OptionsAlone
        };
        command
            .disable_help_flag(true)
            .help_template(template(texts, parts))
    }))
}

/// `pin` and what is below it.
fn pin(texts: &Texts) -> Command {
    let card = || [json(texts), reader(texts), module(texts), driverless(texts)];
    let entering = || {
        [
            switch("stdin").help(say!(texts, "arg-stdin")),
            switch("last-try").help(say!(texts, "arg-last-try")),
        ]
    };
    let unlock = [
        switch("puk")
            .help(say!(texts, "arg-puk"))
            .required_unless_present("service")
            .conflicts_with("service"),
        switch("i-know").help(say!(texts, "arg-i-know")).requires("puk"),
        Arg::new("service")
            .long("service")
            .value_name("URL")
            .help(say!(texts, "arg-service")),
        switch("token-stdin")
            .help(say!(texts, "arg-token-stdin"))
            .requires("service"),
    ];
    let commands = [
        Command::new("status")
            .about(say!(texts, "about-pin-status"))
            .args(card()),
        Command::new("change")
            .about(say!(texts, "about-pin-change"))
            .args(card())
            .args(entering()),
        Command::new("unlock")
            .about(say!(texts, "about-pin-unlock"))
            .args(card())
            .args(entering())
            .args(unlock),
    ];
    let below = |command: Command| {
        command
            .disable_help_flag(true)
            .help_template(template(texts, Parts::OptionsAlone))
    };
    Command::new("pin")
        .about(say!(texts, "about-pin"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands(commands.map(below))
}

/// `replace`.
fn replace(texts: &Texts) -> Command {
    Command::new("replace").about(say!(texts, "about-replace")).args([
        Arg::new("service")
            .long("service")
            .value_name("PROFILE")
            .help(say!(texts, "arg-profile"))
            .required(true),
        Arg::new("card")
            .long("card")
            .value_name("SERIAL")
            .help(say!(texts, "arg-card")),
        switch("dry-run").help(say!(texts, "arg-dry-run")),
        switch("remove-first").help(say!(texts, "arg-remove-first")),
        switch("stdin").help(say!(texts, "arg-replace-stdin")),
        switch("last-try").help(say!(texts, "arg-last-try")),
        json(texts),
        reader(texts),
        module(texts),
        driverless(texts),
        trust(texts),
    ])
}

/// `sign`: a code or a file.
fn sign(texts: &Texts) -> Command {
    let text = |id: &'static str, value_name: &'static str| Arg::new(id).long(id).value_name(value_name);
    Command::new("sign")
        .about(say!(texts, "about-sign"))
        .args([json(texts), reader(texts), module(texts), driverless(texts)])
        .args([
            path("file", "FILE")
                .help(say!(texts, "arg-sign-file"))
                .required_unless_present("code")
                .conflicts_with("code"),
            text("code", "CODE")
                .help(say!(texts, "arg-code"))
                .requires("service"),
            text("service", "PROFILE")
                .help(say!(texts, "arg-profile"))
                .requires("code"),
            path("output", "FILE")
                .long("output")
                .help(say!(texts, "arg-output"))
                .conflicts_with("code"),
            switch("detached")
                .help(say!(texts, "arg-detached"))
                .conflicts_with_all(["attached", "code"]),
            switch("attached")
                .help(say!(texts, "arg-attached"))
                .conflicts_with("code"),
            text("certificate", "HEX").help(say!(texts, "arg-certificate")),
            path("keep", "DIR")
                .long("keep")
                .help(say!(texts, "arg-keep"))
                .requires("code"),
            switch("stdin").help(say!(texts, "arg-sign-stdin")),
            switch("last-try").help(say!(texts, "arg-last-try")),
        ])
}

fn everywhere(texts: &Texts) -> [Arg; 3] {
    [
        Arg::new("lang")
            .long("lang")
            .value_name("LANG")
            .help(say!(texts, "arg-lang"))
            .value_parser(["tr", "en"])
            .hide_possible_values(true)
            .global(true),
        switch("verbose").help(say!(texts, "arg-verbose")).global(true),
        Arg::new("help")
            .long("help")
            .short('h')
            .action(ArgAction::Help)
            .help(say!(texts, "arg-help"))
            .global(true),
    ]
}

/// The headings are ours, for clap's are English.
fn template(texts: &Texts, parts: Parts) -> String {
    let middle = match parts {
        Parts::Commands => format!("{}\n{{subcommands}}\n\n", say!(texts, "heading-commands")),
        Parts::Arguments => format!("{}\n{{positionals}}\n\n", say!(texts, "heading-arguments")),
        Parts::OptionsAlone => String::new(),
    };
    let usage = say!(texts, "heading-usage");
    let options = say!(texts, "heading-options");
    format!("{{about}}\n\n{usage} {{usage}}\n\n{middle}{options}\n{{options}}{{after-help}}\n")
}

/// What a help page lists besides options.
#[derive(Clone, Copy)]
enum Parts {
    Commands,
    Arguments,
    OptionsAlone,
}

fn json(texts: &Texts) -> Arg {
    switch("json").help(say!(texts, "arg-json"))
}

fn reader(texts: &Texts) -> Arg {
    Arg::new("reader")
        .long("reader")
        .value_name("NAME")
        .help(say!(texts, "arg-reader"))
}

fn module(texts: &Texts) -> Arg {
    path("module", "PATH")
        .long("module")
        .help(say!(texts, "arg-module"))
}

fn driverless(texts: &Texts) -> Arg {
    switch("driverless")
        .help(say!(texts, "arg-driverless"))
        .conflicts_with("module")
}

fn trust(texts: &Texts) -> Arg {
    path("trust", "FILE")
        .long("trust")
        .help(say!(texts, "arg-trust"))
        .action(ArgAction::Append)
}

fn no_cache(texts: &Texts) -> Arg {
    switch("no-cache").help(say!(texts, "arg-no-cache"))
}

fn show_identity(texts: &Texts) -> Arg {
    switch("show-identity").help(say!(texts, "arg-show-identity"))
}

fn switch(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

fn path(id: &'static str, value_name: &'static str) -> Arg {
    Arg::new(id)
        .value_name(value_name)
        .value_parser(value_parser!(PathBuf))
}

//! The command line.

use std::{
    ffi::OsString,
    io::Write as _,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand};

use crate::{
    Configuration, Error, Moment, Portal, Settings, Store, api, applications,
    audit::{self, Verified},
    authority::Authority,
    messages::{EmailWay, Gateway, Outbox, SmsWay, Smtp, Spool},
    serve::Server,
};

mod people;

/// The reference certificate service of Kartal.
#[derive(Debug, Parser)]
#[command(name = "kartal-portal", version, about, max_term_width = 100)]
struct Line {
    /// A configuration file in TOML; `KARTAL_PORTAL_CONFIG` names one, too.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    task: Task,
}

/// What overrides file and environment.
#[derive(Debug, Args)]
struct Flags {
    /// `sqlite:FILE` or `postgres://…`; portal.db in the spool folder if left out.
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// The folder for messages that go out, keys and, by default, the database.
    #[arg(long, global = true, value_name = "DIR")]
    spool: Option<PathBuf>,
    /// The file with the server's key; server.key in the spool folder if left out.
    #[arg(long, global = true, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// The address by which people reach the service.
    #[arg(long, global = true, value_name = "URL")]
    public_url: Option<String>,
    /// With invented people, the practice authority, and an inbox that everyone can read.
    #[arg(long, global = true)]
    practice: bool,
    /// What is logged: error, warn, info, debug, trace.
    #[arg(long, global = true, value_name = "FILTER")]
    log: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Answers calls until it is told to stop (SIGTERM, SIGINT).
    Serve {
        /// Where to listen; port 0 takes a free one.
        #[arg(long, value_name = "ADDRESS:PORT")]
        listen: Option<SocketAddr>,
        /// Writes the address into this file once the service answers.
        #[arg(long, value_name = "FILE")]
        address_file: Option<PathBuf>,
    },
    /// Brings the database's tables up to date.
    Migrate,
    /// The people whom the service knows.
    #[command(subcommand)]
    Person(PersonTask),
    /// Cards.
    #[command(subcommand)]
    Card(CardTask),
    /// Copies a `SQLite` database, whole and consistent, while it is in use.
    Backup {
        /// The new file.
        file: PathBuf,
    },
    /// The certificate authority.
    #[command(subcommand)]
    Authority(AuthorityTask),
    /// Applications.
    #[command(subcommand)]
    Application(ApplicationTask),
    /// The audit trail.
    #[command(subcommand)]
    Audit(AuditTask),
    /// Writes the description of all calls (`OpenAPI` 3.1) to the standard output.
    Openapi,
}

#[derive(Debug, Subcommand)]
enum PersonTask {
    /// Adds a person: JSON on the standard input, so that neither number nor security word shows in a list of processes.
    Add,
}

#[derive(Debug, Subcommand)]
enum CardTask {
    /// Makes a card in software for a person, whose identity or passport number is read from the standard input.
    Personalise {
        /// The card's new file.
        file: PathBuf,
        /// For how many years the certificate is valid; left out: as the application says that was decided last, or three.
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=3))]
        years: Option<u8>,
    },
}

#[derive(Debug, Subcommand)]
enum AuthorityTask {
    /// Makes keys and certificates of a new authority below the spool folder. Its description is read from a TOML file:
    /// `organisation`, `name`, `policy`, `statement_address`, `notice`, `statement`.
    Create {
        /// The description.
        description: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
enum ApplicationTask {
    /// The form that was signed by hand has come: the application is handed in, its security word holds from now on, and a
    /// lost card's certificates are revoked.
    Receive {
        /// The number on the form: SD-780.
        number: String,
        /// The form's own number beside it: 1A2B-3C4D. Another one is another form than was signed.
        fingerprint: String,
    },
}

#[derive(Debug, Subcommand)]
enum AuditTask {
    /// Goes through the whole trail; fails if an entry was changed, removed or inserted.
    Verify {
        /// The head that an earlier run named: fails, too, if the trail was cut off before it.
        #[arg(long, value_name = "HASH")]
        head: Option<String>,
    },
}

/// Runs a command line. What was asked for goes to the standard output, complaints and the log to the standard error.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    environment: impl IntoIterator<Item = (String, String)>,
) -> ExitCode {
    let line = match Line::try_parse_from(arguments) {
        Ok(line) => line,
        Err(error) => {
            // Help and version are no errors; a closed pipe is nobody's fault.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match carry_out(line, environment) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "kartal-portal: {text}");
}

fn say(text: &str) -> Result<(), Error> {
    let mut out = std::io::stdout();
    let said = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    said.map_err(|error| Error::internal("output", error))
}

fn carry_out(line: Line, environment: impl IntoIterator<Item = (String, String)>) -> Result<(), Error> {
    if let Task::Openapi = line.task {
        return say(&api::openapi());
    }
    let environment: Vec<(String, String)> = environment.into_iter().collect();
    let named = environment
        .iter()
        .find(|(name, _)| name == "KARTAL_PORTAL_CONFIG");
    let file = line.config.or(named.map(|(_, path)| PathBuf::from(path)));
    let settings = file
        .as_deref()
        .map(Settings::read)
        .transpose()?
        .unwrap_or_default();
    let listen = match &line.task {
        Task::Serve { listen, .. } => *listen,
        _ => None,
    };
    let flags = Settings {
        listen,
        database: line.flags.database,
        spool: line.flags.spool,
        key_file: line.flags.key_file,
        public_url: line.flags.public_url,
        practice: line.flags.practice.then_some(true),
        log: line.flags.log,
        ..Settings::default()
    };
    let configuration = flags
        .or(Settings::of_environment(environment)?)
        .or(settings)
        .complete()?;
    log(&configuration.log)?;
    std::fs::create_dir_all(&configuration.spool).map_err(|error| Error::internal("spool", error))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::internal("runtime", error))?;
    runtime.block_on(perform(line.task, configuration))
}

/// One line of JSON an event, without anything about people.
fn log(filter: &str) -> Result<(), Error> {
    // That somebody waited for a connection is the load's doing: a thousand callers would write a thousand lines.
    let filter = format!("sqlx::pool::acquire=error,{filter}");
    let filter =
        tracing_subscriber::EnvFilter::try_new(filter).map_err(|error| Error::internal("log", error))?;
    let started = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
    // A log that runs already, as in tests, stays.
    drop(started);
    Ok(())
}

async fn perform(task: Task, configuration: Configuration) -> Result<(), Error> {
    match task {
        Task::Serve { address_file, .. } => serve(configuration, address_file).await,
        Task::Migrate => {
            let store = Store::open(&configuration.database, 1).await?;
            store.migrate().await?;
            store.close().await;
            Ok(())
        }
        Task::Backup { file } => {
            // Nothing is made in passing: a slip in the address would back up an empty store.
            if configuration.database.file().is_some_and(|file| !file.exists()) {
                return Err(Error::internal("backup", "there is no such database"));
            }
            let store = Store::open(&configuration.database, 1).await?;
            let file = file
                .to_str()
                .ok_or_else(|| Error::internal("backup", "the file's name is no text"))?;
            store.back_up(file).await
        }
        Task::Person(PersonTask::Add) => {
            let portal = open(configuration).await?;
            say(&format!("{}\n", people::add(&portal, std::io::stdin()).await?))
        }
        Task::Card(CardTask::Personalise { file, years }) => {
            let portal = open(configuration).await?;
            say(&format!(
                "{}\n",
                people::personalise(&portal, std::io::stdin(), &file, years).await?
            ))
        }
        Task::Application(ApplicationTask::Receive { number, fingerprint }) => {
            let portal = open(configuration).await?;
            let application = applications::receive(&portal, now(), &number, &fingerprint).await?;
            say(&format!("{}: {}\n", application.number, application.state.code()))?;
            Ok(())
        }
        Task::Audit(AuditTask::Verify { head }) => {
            let portal = open(configuration).await?;
            match audit::verify(&portal, head.as_deref()).await? {
                Verified::Whole { entries, head } => say(&format!("whole: {entries} entries, head {head}\n")),
                Verified::CutOff => Err(Error::internal(
                    "audit verify",
                    "whole, but the head that was kept is not in it: the end was cut off",
                )),
                Verified::Broken { number } => Err(Error::internal(
                    "audit verify",
                    format!("entry {number} is not as it was written"),
                )),
            }
        }
        Task::Authority(AuthorityTask::Create { description }) => {
            found_authority(&configuration, &description)
        }
        Task::Openapi => say(&api::openapi()),
    }
}

/// A new authority, whose certificates name the service's public address.
fn found_authority(configuration: &Configuration, description: &Path) -> Result<(), Error> {
    let failed = |error: &dyn std::fmt::Display| Error::internal("authority create", error);
    let text = std::fs::read_to_string(description).map_err(|error| failed(&error))?;
    let description = toml::from_str(&text).map_err(|error: toml::de::Error| failed(&error.message()))?;
    let folder = configuration.authority();
    crate::secret::private_folder(&folder).map_err(|error| failed(&error))?;
    let site = format!("{}/authority", configuration.site());
    Authority::create(&folder, &description, &site, now().date_time())?;
    say(&format!("{}\n", folder.display()))
}

/// Each kind of message by the way that is configured; else into the spool folder.
fn outbox(configuration: &Configuration) -> Result<Outbox, Error> {
    let failed = |error| Error::internal("messages", error);
    let mut outbox = Outbox::spool(Spool::open(&configuration.messages()).map_err(failed)?);
    if let Some(settings) = &configuration.smtp {
        outbox.email = EmailWay::Smtp(Box::new(Smtp::new(settings).map_err(failed)?));
    }
    if let Some(settings) = &configuration.sms_gateway {
        outbox.sms = SmsWay::Gateway(Box::new(Gateway::new(settings).map_err(failed)?));
    }
    Ok(outbox)
}

async fn open(configuration: Configuration) -> Result<Portal, Error> {
    let outbox = outbox(&configuration)?;
    let public_url = configuration.site();
    Portal::open(configuration, outbox, public_url).await
}

async fn serve(configuration: Configuration, address_file: Option<PathBuf>) -> Result<(), Error> {
    let outbox = outbox(&configuration)?;
    let server = Server::start(configuration, outbox).await?;
    let address = server.address();
    tracing::info!(%address, "listening");
    say(&format!("http://{address}\n"))?;
    if let Some(file) = address_file {
        std::fs::write(&file, format!("http://{address}\n"))
            .map_err(|error| Error::internal("address file", error))?;
    }
    server.run(told_to_stop()).await
}

/// SIGINT, and where there is one SIGTERM.
async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => (),
        () = terminated => (),
    }
}

/// The present time, at the edge.
fn now() -> Moment {
    Moment::now()
}

//! The store: `SQLite` in a file, or `PostgreSQL`.
//!
//! All state of the service is here and none in the process, so that several instances over one database serve one
//! person in turns. What may happen once only is decided by one conditional statement and the number of rows that
//! it changed, never by reading first.

use std::{
    borrow::Cow,
    fmt,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sqlx::{
    Any, AnyPool, Executor as _, Transaction,
    any::AnyPoolOptions,
    migrate::{Migration, MigrationType, Migrator},
};

use crate::{Error, error::At as _};

/// A step of the store, for `SQLite` and for `PostgreSQL`.
struct Step {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

impl Step {
    /// The same for both; `{bytes}` is the type of bytes.
    const fn both(name: &'static str, sql: &'static str) -> Self {
        Self {
            name,
            sqlite: sql,
            postgres: sql,
        }
    }
}

/// The migrations in their order; never changed once released, only added to.
const MIGRATIONS: &[Step] = &[
    Step::both("start", include_str!("store/1-start.sql")),
    Step::both(
        "sessions and indexes",
        include_str!("store/2-sessions-and-indexes.sql"),
    ),
    // Each has its own language for triggers.
    Step {
        name: "append only",
        sqlite: include_str!("store/3-append-only-sqlite.sql"),
        postgres: include_str!("store/3-append-only-postgres.sql"),
    },
];

/// How long a call waits for a connection before it is told that the service is busy. `SQLite`'s writers queue here;
/// whoever waits for a `PostgreSQL` connection this long waits for a server that is gone.
const PATIENCE_SQLITE: Duration = Duration::from_secs(15);
const PATIENCE_POSTGRES: Duration = Duration::from_secs(5);

/// A connection to the store. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    read: AnyPool,
    /// For single statements: counts, captchas, what a power cut may take back.
    write: AnyPool,
    /// For transactions: what was answered is on the disk.
    transact: AnyPool,
    engine: Engine,
    /// What was deleted and may still be in `SQLite`'s log.
    forgetting: Arc<Forgetting>,
}

/// How far it is with forgetting.
#[derive(Debug, Default)]
struct Forgetting {
    /// How often something was deleted that has to go.
    wanted: AtomicU64,
    /// Up to which of them all is gone; at the start nobody knows.
    done: tokio::sync::Mutex<Option<u64>>,
}

/// A running transaction; dropped without [`commit`](Transaction::commit) it leaves nothing behind.
pub(crate) type Writing = Transaction<'static, Any>;

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// `SQLite`, in a file beside the service.
    Sqlite,
    /// `PostgreSQL`, shared by any number of instances.
    Postgres,
}

/// Where the store is.
#[derive(Clone, PartialEq, Eq)]
pub struct Location {
    url: String,
    engine: Engine,
}

impl Location {
    /// `sqlite:FILE`, `postgres://…` or `postgresql://…`. A store in memory is none: it would be gone with its
    /// first connection.
    pub fn parse(url: &str) -> Result<Self, Error> {
        let url = url.trim();
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self {
                url: url.to_owned(),
                engine: Engine::Postgres,
            });
        }
        let path = url
            .strip_prefix("sqlite:")
            .map(|rest| rest.trim_start_matches("//"));
        match path {
            Some(path) if !path.is_empty() && !path.contains(":memory:") && !path.contains('?') => Ok(Self {
                url: format!("sqlite:{path}"),
                engine: Engine::Sqlite,
            }),
            _ => Err(Error::internal(
                "database",
                "neither sqlite:FILE nor postgres://…",
            )),
        }
    }

    /// The file, of a `SQLite` store.
    pub fn file(&self) -> Option<PathBuf> {
        self.url.strip_prefix("sqlite:").map(PathBuf::from)
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }
}

/// Without the password that a URL can carry.
impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Location({:?})", self.engine)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({:?})", self.engine)
    }
}

impl Store {
    /// Opens the store with at most this many connections. Nothing is connected yet for `PostgreSQL`; `SQLite`'s
    /// file is made if it is not there.
    pub async fn open(location: &Location, connections: u32) -> Result<Self, Error> {
        sqlx::any::install_default_drivers();
        match location.engine {
            Engine::Postgres => {
                let pool = postgres(connections)
                    .connect_lazy(&location.url)
                    .at("store open")?;
                Ok(Self {
                    read: pool.clone(),
                    write: pool.clone(),
                    transact: pool,
                    engine: Engine::Postgres,
                    forgetting: Arc::default(),
                })
            }
            Engine::Sqlite => {
                if let Some(file) = location.file() {
                    make_private(&file).map_err(|error| Error::internal("store open", error))?;
                }
                let url = format!("{}?mode=rwc", location.url);
                // One writer of each kind: whoever wants to write waits in a pool's fair queue, not in SQLite's lottery.
                let transact = sqlite(1, Sync::Full).connect(&url).await.at("store open")?;
                let write = sqlite(1, Sync::Normal).connect_lazy(&url).at("store open")?;
                let read = sqlite(connections, Sync::Normal)
                    .connect_lazy(&url)
                    .at("store open")?;
                Ok(Self {
                    read,
                    write,
                    transact,
                    engine: Engine::Sqlite,
                    forgetting: Arc::default(),
                })
            }
        }
    }

    /// Brings the tables up to date. Instances that start at once wait for each other (`PostgreSQL`'s advisory lock).
    pub async fn migrate(&self) -> Result<(), Error> {
        let migration = |(index, step): (usize, &Step)| {
            let version = i64::try_from(index).unwrap_or(i64::MAX).saturating_add(1);
            let sql = match self.engine {
                Engine::Sqlite => step.sqlite.replace("{bytes}", "BLOB"),
                Engine::Postgres => step.postgres.replace("{bytes}", "BYTEA"),
            };
            Migration::new(
                version,
                Cow::Borrowed(step.name),
                MigrationType::Simple,
                Cow::Owned(sql),
                false,
            )
        };
        let migrations: Vec<Migration> = MIGRATIONS.iter().enumerate().map(migration).collect();
        let migrator = Migrator {
            migrations: Cow::Owned(migrations),
            ..Migrator::DEFAULT
        };
        migrator
            .run(&self.transact)
            .await
            .map_err(|error| Error::internal("store migrate", error))
    }

    /// For statements that change nothing.
    pub(crate) fn read(&self) -> &AnyPool {
        &self.read
    }

    /// For one statement that changes something.
    pub(crate) fn write(&self) -> &AnyPool {
        &self.write
    }

    /// Begins a transaction that will write.
    pub(crate) async fn begin(&self) -> Result<Writing, Error> {
        match self.engine {
            Engine::Sqlite => self.transact.begin_with("BEGIN IMMEDIATE").await,
            Engine::Postgres => self.transact.begin().await,
        }
        .at("store begin")
    }

    /// Whether the store answers.
    pub async fn ping(&self) -> Result<(), Error> {
        sqlx::query("SELECT 1")
            .execute(&self.read)
            .await
            .at("store ping")?;
        Ok(())
    }

    /// From now on something that was deleted may still be in `SQLite`'s log.
    pub(crate) fn must_forget(&self) {
        self.forgetting.wanted.fetch_add(1, Ordering::AcqRel);
    }

    /// Lets nothing of what was deleted remain in `SQLite`'s log, if anything may be there; its pages are overwritten by
    /// `secure_delete`. Somebody who reads all the time can be in the way: then the service is busy, and it is done
    /// later. `PostgreSQL` does so in its own time (VACUUM, and its own log's archive).
    pub(crate) async fn forget_rest(&self) -> Result<(), Error> {
        if self.engine == Engine::Postgres {
            return Ok(());
        }
        // Whoever comes while it is being done waits for what comes of it.
        let mut done = self.forgetting.done.lock().await;
        let wanted = self.forgetting.wanted.load(Ordering::Acquire);
        if *done == Some(wanted) {
            return Ok(());
        }
        let forgotten: Result<(i64, i64, i64), _> = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(&self.transact)
            .await
            .at("store forget");
        if forgotten?.0 != 0 {
            return Err(Error::Busy {
                call: "store forget",
                detail: "somebody is reading".into(),
                retry_after: PATIENCE_POSTGRES,
            });
        }
        *done = Some(wanted);
        Ok(())
    }

    /// Copies a `SQLite` store, whole and consistent, into a file that is not there yet, while it is in use.
    pub async fn back_up(&self, file: &str) -> Result<(), Error> {
        if self.engine != Engine::Sqlite {
            return Err(Error::internal(
                "store backup",
                "a PostgreSQL store is backed up by pg_dump",
            ));
        }
        let failed = |error| Error::internal("store backup", error);
        // SQLite takes an empty file for none.
        if std::fs::exists(file).map_err(failed)? {
            return Err(Error::internal("store backup", "the file is there already"));
        }
        make_private(std::path::Path::new(file)).map_err(failed)?;
        sqlx::query("VACUUM INTO $1")
            .bind(file)
            .execute(&self.read)
            .await
            .at("store backup")?;
        Ok(())
    }

    /// Closes all connections; waits for those in use.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
        self.transact.close().await;
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }
}

/// Makes a file, if it is not there, for its owner alone; `SQLite` makes those beside it likewise.
fn make_private(file: &std::path::Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

fn options(connections: u32, patience: Duration) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections.max(1))
        .acquire_timeout(patience)
}

/// Nobody waits for ever for a row that somebody else holds, or holds one without doing anything.
fn postgres(connections: u32) -> AnyPoolOptions {
    options(connections, PATIENCE_POSTGRES).after_connect(|connection, _| {
        Box::pin(async move {
            for setting in [
                "SET lock_timeout = '10s'",
                "SET idle_in_transaction_session_timeout = '60s'",
            ] {
                connection.execute(setting).await?;
            }
            Ok(())
        })
    })
}

/// How much `SQLite` waits for the disk.
#[derive(Clone, Copy)]
enum Sync {
    /// At every commit: what was answered is on the disk, also after a power cut.
    Full,
    /// With the next full one: a power cut takes the last moments back, and leaves nothing half done.
    Normal,
}

fn sqlite(connections: u32, sync: Sync) -> AnyPoolOptions {
    let sync = match sync {
        Sync::Full => "PRAGMA synchronous = FULL",
        Sync::Normal => "PRAGMA synchronous = NORMAL",
    };
    options(connections, PATIENCE_SQLITE)
        .test_before_acquire(false)
        .max_lifetime(None)
        .idle_timeout(None)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                for pragma in [
                    "PRAGMA busy_timeout = 10000",
                    "PRAGMA journal_mode = WAL",
                    sync,
                    "PRAGMA foreign_keys = ON",
                    "PRAGMA secure_delete = ON",
                ] {
                    connection.execute(pragma).await?;
                }
                Ok(())
            })
        })
}

/// Whether the same call can succeed later without anybody mending the program: no connection, no room on the
/// disk, a deadlock that the database has ended.
pub(crate) fn is_temporary(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => {
            let code = error.code().unwrap_or_default();
            // SQLite's extended codes carry the primary one in their low byte.
            let sqlite = code.parse::<u32>().map(|code| code & 0xFF);
            let away = ["08", "53", "57", "58"]
                .iter()
                .any(|class| code.starts_with(class));
            let lost = ["40001", "40P01", "25006", "25P03", "55P03"].contains(&code.as_ref());
            if code.len() == 5 {
                away || lost
            } else {
                matches!(sqlite, Ok(5 | 6 | 8 | 10 | 13 | 14))
            }
        }
        _ => false,
    }
}

/// Whether a statement failed because the row is there already.
pub(crate) fn is_duplicate(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(error) if error.is_unique_violation())
}

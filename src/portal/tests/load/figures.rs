//! The figures of the service: `cargo bench-kartal portal` runs this in release. Whoever calls shares the processors with
//! the service, so that it is quicker alone.

use std::{
    env, fs,
    process::{Child, Command, Stdio},
};

use super::*;
use stack::Postgres;

/// Where the service's program is.
const PROGRAM: &str = "KARTAL_PORTAL";

/// Journeys that are begun in the same moment.
const AT_ONCE: usize = 1_000;
/// Journeys under way at any time, when they are to go on and on.
const WORKERS: usize = 16;
const SUSTAINED: Duration = Duration::from_mins(1);
const COMPARED: Duration = Duration::from_secs(20);

/// For the bench, a line each: a name and a number.
#[expect(clippy::print_stdout, reason = "the figures, for whoever measures")]
fn tell(name: &str, value: f64) {
    println!("figure {name} {value}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: cargo bench-kartal portal"]
async fn figures_of_many_journeys() {
    let bench = service(None).await;
    let process = Process::over(&bench, Cost::default()).await;
    let gate = process.gate(&bench);
    let phones = Phones::default();
    let listening = tokio::spawn(phones.clone().listen(bench.portal().configuration().messages()));
    let at_once = async |gate: &Gate, people: Range<usize>| {
        let gate = std::slice::from_ref(gate);
        let times = journeys(gate, &phones, people, AT_ONCE, Duration::from_mins(5)).await;
        assert_eq!(times.each.len(), AT_ONCE);
        times
    };
    people(&bench, 0..AT_ONCE, Cost::default()).await;
    let times = at_once(&gate, 0..AT_ONCE).await;
    tell("at-once-rate", times.rate());
    tell("at-once-p50-seconds", times.at(50).as_secs_f64());
    tell("at-once-p99-seconds", times.at(99).as_secs_f64());
    tell("at-once-told-to-wait", count(times.told_to_wait));
    people(&bench, AT_ONCE..2 * AT_ONCE, NEXT_TO_NOTHING).await;
    // What is left is the service's own.
    let quick = Process::over(&bench, NEXT_TO_NOTHING).await;
    let without_words = at_once(&quick.gate(&bench), AT_ONCE..2 * AT_ONCE).await;
    drop(quick);
    tell(
        "at-once-without-words-p99-seconds",
        without_words.at(99).as_secs_f64(),
    );
    tell("word-seconds", cost_of_a_word().await);

    let (first, enough) = (2 * AT_ONCE, 2 * AT_ONCE + needed(times.rate(), SUSTAINED));
    people(&bench, first..enough, Cost::default()).await;
    let times = journeys(&[gate], &phones, first..enough, WORKERS, SUSTAINED).await;
    assert!(
        times.all >= SUSTAINED,
        "all people are through before the time is over"
    );
    tell("sustained-rate", times.rate());
    tell("sustained-p99-seconds", times.at(99).as_secs_f64());
    tell("resident-mib", resident(process.child.id()));
    drop(process);
    listening.abort();
    bench.close().await;
    on_postgres(needed(times.rate(), COMPARED)).await;
}

/// The service as a process of its own, over the store of one in this process.
struct Process {
    child: Child,
    address: String,
}

impl Process {
    async fn over(bench: &Bench, cost: Cost) -> Self {
        let folder = bench.folder.path();
        let (told, file) = (folder.join("address"), folder.join("load.toml"));
        // Of the one before, if there was one.
        fs::write(&told, "").unwrap();
        let Cost {
            memory,
            passes,
            at_once,
        } = cost;
        let settings = format!(
            "[policy]\nlimits-times = 1000000\n\n[argon2]\nmemory = {memory}\npasses = {passes}\nat_once = {at_once}\n"
        );
        fs::write(&file, settings).unwrap();
        let program = env::var_os(PROGRAM).expect("KARTAL_PORTAL names the service's program");
        let child = Command::new(program)
            .args(["--practice", "--log", "warn", "--config"])
            .arg(&file)
            .arg("--spool")
            .arg(folder)
            .args(["serve", "--listen", "127.0.0.1:0", "--address-file"])
            .arg(&told)
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let mut process = Self {
            child,
            address: String::new(),
        };
        while !process.address.ends_with('\n') {
            assert_eq!(
                process.child.try_wait().unwrap(),
                None,
                "the service ended by itself"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
            process.address = fs::read_to_string(&told).unwrap_or_default();
        }
        process
    }

    fn gate(&self, bench: &Bench) -> Gate {
        let limits = service::Limits {
            tries: 1,
            call: Duration::from_mins(1),
            ..service::Limits::default()
        };
        Gate {
            portal: bench.portal().clone(),
            client: Client::new(self.address.trim().parse().unwrap(), limits).unwrap(),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Two instances over one database beside one.
async fn on_postgres(enough: usize) {
    let server = Postgres::start().unwrap();
    let database = server.database("journeys").unwrap();
    let one = service(Some(&database)).await;
    let folder = tempfile::tempdir().unwrap();
    // The second one has the first one's key file, as instances of one service do.
    let configuration = Configuration {
        argon2: Cost::default(),
        key_file: one.portal().configuration().key_file.clone(),
        policy: one.portal().configuration().policy,
        ..configuration(&folder, Some(&database))
    };
    let two = Bench::with(folder, configuration).await;
    let phones = Phones::default();
    let listening = [&one, &two]
        .map(|bench| tokio::spawn(phones.clone().listen(bench.portal().configuration().messages())));
    people(&one, 0..2 * enough, Cost::default()).await;
    let gates = [&one, &two].map(Gate::of);
    let alone = journeys(&gates[..1], &phones, 0..enough, WORKERS, COMPARED).await;
    let both = journeys(&gates, &phones, enough..2 * enough, WORKERS, COMPARED).await;
    tell("postgresql-rate", alone.rate());
    tell("postgresql-two-rate", both.rate());
    listening.iter().for_each(tokio::task::JoinHandle::abort);
    two.close().await;
    one.close().await;
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::NAN, f64::from)
}

/// How many people are enough for so long, with a reserve.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "some thousands"
)]
fn needed(rate: f64, time: Duration) -> usize {
    (rate * time.as_secs_f64() * 2.0) as usize
}

/// How long one security word takes, in seconds of one processor.
async fn cost_of_a_word() -> f64 {
    const TIMES: u32 = 20;
    let words = Words::new(Cost::default()).unwrap();
    let hash = words.hash(Word::typed(WORD)).await.unwrap();
    let begun = Instant::now();
    for _ in 0..TIMES {
        let turn = words.turn().await.unwrap();
        assert!(
            words
                .verify(turn, Word::typed(WORD), Some(hash.clone()))
                .await
                .unwrap()
        );
    }
    begun.elapsed().as_secs_f64() / f64::from(TIMES)
}

/// The memory of a process that is resident, in MiB.
fn resident(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .unwrap();
    let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse().unwrap();
    kibibytes / 1024.0
}

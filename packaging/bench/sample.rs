//! Numbers of processes, and the middle of many.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::shell::ask;

/// The middle value; of an even number of values the greater of the two.
pub(super) fn median(mut values: Vec<f64>) -> Result<f64> {
    values.sort_by(f64::total_cmp);
    values
        .get(values.len() / 2)
        .copied()
        .context("nothing was measured")
}

/// The memory of a process that is resident, in MiB.
pub(super) fn resident(process: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .context("no VmRSS")?;
    let kibibytes: f64 = line
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .context("VmRSS is no number")?;
    Ok(kibibytes / 1024.0)
}

/// How much processor time a process has used so far, in ticks of the system's clock (10 ms).
pub(super) fn processor_ticks(process: u32) -> Result<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name of the program is in parentheses and may hold anything; proc(5) counts on from there.
    let (_, rest) = stat.rsplit_once(')').context("no name in stat")?;
    let mut fields = rest.split_whitespace().skip(11);
    let mut next = || -> Result<u32> { Ok(fields.next().context("stat is too short")?.parse()?) };
    Ok(next()? + next()?)
}

/// A package's installed version, for the table.
pub(super) fn version_of(package: &str) -> String {
    let debian = ask(Command::new("dpkg-query").args(["--show", "--showformat", "${Version}", package]));
    let fedora = || ask(Command::new("rpm").args(["--query", "--queryformat", "%{VERSION}", package]));
    debian
        .filter(|version| !version.is_empty())
        .or_else(fedora)
        .unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_ignores_outliers() {
        assert!((median(vec![3.0, 1000.0, 1.0, 2.0, 4.0]).unwrap() - 3.0).abs() < f64::EPSILON);
        assert!(median(Vec::new()).is_err());
    }

    #[test]
    fn this_process_has_memory_and_time() {
        let own = std::process::id();
        assert!(resident(own).unwrap() > 0.1);
        processor_ticks(own).unwrap();
        assert!(resident(0).is_err());
    }
}

//! What differs by platform.

use std::{io, net::TcpStream, path::Path};

/// Makes a rename in this folder durable.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// Makes a rename in this folder durable: on Windows a folder cannot be synchronised, and need not be.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "same signature as on unix")]
pub(crate) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Acknowledges what comes next at once. vpcd sends length and body in two segments, and the second waits for
/// the first one's acknowledgement, 40 ms late otherwise. The kernel forgets the setting: set it before each
/// read.
#[cfg(target_os = "linux")]
pub(crate) fn acknowledge_quickly(stream: &TcpStream) -> io::Result<()> {
    Ok(rustix::net::sockopt::set_tcp_quickack(stream, true)?)
}

/// Acknowledges what comes next at once: only Linux can be asked.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "same signature as on Linux")]
pub(crate) fn acknowledge_quickly(_stream: &TcpStream) -> io::Result<()> {
    Ok(())
}

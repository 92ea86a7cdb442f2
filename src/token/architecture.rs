//! What a library file is made for, read from its header before the system is asked to load it: the system's
//! own message does not say it, and on Windows is in the system's language.

use std::{
    fmt,
    fs::File,
    io::{self, Read as _},
    path::Path,
};

use crate::Error;

/// How much of a file is read: enough for an ELF header, a PE header behind its DOS program, and the list of
/// a Mach-O file for several architectures.
const HEADER: u64 = 4096;
/// At most this many architectures in one Mach-O file are looked at.
const MAX_FAT: usize = 16;

/// Checks that the library at `path` exists and is for this program's system and processor.
pub(crate) fn check(path: &Path) -> Result<(), Error> {
    let header = read_header(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Error::ModuleMissing {
            path: path.to_path_buf(),
        },
        _ => Error::ModuleLoad {
            path: path.to_path_buf(),
            detail: error.to_string(),
        },
    })?;
    let found = parse(&header);
    let wanted = Architecture::of_this_program();
    if found.contains(&wanted) {
        return Ok(());
    }
    match found.first() {
        Some(found) => Err(Error::ModuleArchitecture {
            path: path.to_path_buf(),
            found: found.to_string(),
            wanted: wanted.to_string(),
        }),
        None => Err(Error::ModuleLoad {
            path: path.to_path_buf(),
            detail: "not a library (neither ELF nor PE nor Mach-O)".into(),
        }),
    }
}

fn read_header(path: &Path) -> io::Result<Vec<u8>> {
    let mut header = Vec::new();
    File::open(path)?.take(HEADER).read_to_end(&mut header)?;
    Ok(header)
}

/// A system's library format and a processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Architecture {
    format: Format,
    machine: Machine,
}

/// A library format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// Linux and the BSDs.
    Elf,
    /// Windows.
    Pe,
    /// macOS.
    MachO,
}

/// A processor with its word size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Machine {
    X86,
    X86_64,
    Arm,
    Arm64,
    RiscV64,
    /// Any other, by the number that its format gives it.
    Other(u32),
}

impl Architecture {
    fn of_this_program() -> Self {
        let format = if cfg!(windows) {
            Format::Pe
        } else if cfg!(target_vendor = "apple") {
            Format::MachO
        } else {
            Format::Elf
        };
        let machine = if cfg!(target_arch = "x86_64") {
            Machine::X86_64
        } else if cfg!(target_arch = "x86") {
            Machine::X86
        } else if cfg!(target_arch = "aarch64") {
            Machine::Arm64
        } else if cfg!(target_arch = "arm") {
            Machine::Arm
        } else if cfg!(target_arch = "riscv64") {
            Machine::RiscV64
        } else {
            Machine::Other(0)
        };
        Self { format, machine }
    }
}

impl fmt::Display for Architecture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.machine {
            Machine::X86 => formatter.write_str("x86 (32 bit)")?,
            Machine::X86_64 => formatter.write_str("x86-64 (64 bit)")?,
            Machine::Arm => formatter.write_str("Arm (32 bit)")?,
            Machine::Arm64 => formatter.write_str("Arm (64 bit)")?,
            Machine::RiscV64 => formatter.write_str("RISC-V (64 bit)")?,
            Machine::Other(number) => write!(formatter, "machine {number:#x}")?,
        }
        if self.format == Self::of_this_program().format {
            return Ok(());
        }
        formatter.write_str(match self.format {
            Format::Elf => ", Linux",
            Format::Pe => ", Windows",
            Format::MachO => ", macOS",
        })
    }
}

/// What a file with this beginning is made for: nothing if it is no library, several for a Mach-O file that
/// holds several.
fn parse(header: &[u8]) -> Vec<Architecture> {
    let machines = |format: Format, machines: Vec<Machine>| {
        machines
            .into_iter()
            .map(|machine| Architecture { format, machine })
            .collect()
    };
    if header.starts_with(b"\x7fELF") {
        machines(Format::Elf, elf(header).into_iter().collect())
    } else if header.starts_with(b"MZ") {
        machines(Format::Pe, pe(header).into_iter().collect())
    } else {
        machines(Format::MachO, mach_o(header))
    }
}

/// System V ABI, chapter 4, "ELF header": `EI_CLASS` at 4, `EI_DATA` at 5, `e_machine` at 18.
fn elf(header: &[u8]) -> Option<Machine> {
    let wide = *header.get(4)? == 2;
    let machine = match *header.get(5)? {
        1 => u16::from_le_bytes(bytes(header, 18)?),
        2 => u16::from_be_bytes(bytes(header, 18)?),
        _ => return None,
    };
    Some(match (machine, wide) {
        (3, false) => Machine::X86,
        (62, true) => Machine::X86_64,
        (40, false) => Machine::Arm,
        (183, true) => Machine::Arm64,
        (243, true) => Machine::RiscV64,
        (other, _) => Machine::Other(other.into()),
    })
}

/// PE format, "MS-DOS stub" and "COFF file header": the signature's offset at 0x3C, the machine behind it.
fn pe(header: &[u8]) -> Option<Machine> {
    let signature = usize::try_from(u32::from_le_bytes(bytes(header, 0x3C)?)).ok()?;
    if bytes(header, signature)? != *b"PE\0\0" {
        return None;
    }
    Some(
        match u16::from_le_bytes(bytes(header, signature.checked_add(4)?)?) {
            0x014C => Machine::X86,
            0x8664 => Machine::X86_64,
            0x01C0 | 0x01C4 => Machine::Arm,
            0xAA64 => Machine::Arm64,
            0x5064 => Machine::RiscV64,
            other => Machine::Other(other.into()),
        },
    )
}

/// `mach-o/loader.h` and `mach-o/fat.h`: the processor behind the magic number; or, big-endian, a count and
/// entries of 20 bytes that begin with the processor (32 bytes where offsets are 64 bits wide).
fn mach_o(header: &[u8]) -> Vec<Machine> {
    let fat = |entry: usize| {
        let count = bytes(header, 4).map_or(0, u32::from_be_bytes);
        let count = usize::try_from(count).unwrap_or(usize::MAX).min(MAX_FAT);
        (0..count)
            .filter_map(|index| bytes(header, index.checked_mul(entry)?.checked_add(8)?))
            .map(|cpu| mach_o_machine(u32::from_be_bytes(cpu)))
            .collect()
    };
    let thin = || {
        bytes(header, 4)
            .map(|cpu| mach_o_machine(u32::from_le_bytes(cpu)))
            .into_iter()
            .collect()
    };
    match bytes(header, 0).map(u32::from_be_bytes) {
        Some(0xCEFA_EDFE | 0xCFFA_EDFE) => thin(),
        Some(0xCAFE_BABE) => fat(20),
        Some(0xCAFE_BABF) => fat(32),
        _ => Vec::new(),
    }
}

fn mach_o_machine(cpu: u32) -> Machine {
    match cpu {
        7 => Machine::X86,
        0x0100_0007 => Machine::X86_64,
        12 => Machine::Arm,
        0x0100_000C => Machine::Arm64,
        other => Machine::Other(other),
    }
}

fn bytes<const N: usize>(header: &[u8], offset: usize) -> Option<[u8; N]> {
    header.get(offset..offset.checked_add(N)?)?.try_into().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;

use proptest::prelude::*;

use super::*;

fn elf_header(class: u8, data: u8, machine: [u8; 2]) -> Vec<u8> {
    let mut header = vec![0; 64];
    header[..4].copy_from_slice(b"\x7fELF");
    header[4] = class;
    header[5] = data;
    header[18..20].copy_from_slice(&machine);
    header
}

fn pe_header(offset: u32, machine: u16) -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..2].copy_from_slice(b"MZ");
    header[0x3C..0x40].copy_from_slice(&offset.to_le_bytes());
    let at = usize::try_from(offset).unwrap();
    if let Some(place) = header.get_mut(at..at + 6) {
        place[..4].copy_from_slice(b"PE\0\0");
        place[4..].copy_from_slice(&machine.to_le_bytes());
    }
    header
}

fn texts(header: &[u8]) -> Vec<String> {
    parse(header).iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_no_library_is_none() {
    for header in [
        &b""[..],
        b"\x7fELF",
        b"MZ",
        b"INPUT(libakisp11.so.2)",
        &[0xCA, 0xFE, 0xBA, 0xBE],
    ] {
        assert_eq!(parse(header), [], "{header:?}");
    }
    assert_eq!(parse(&elf_header(2, 3, [62, 0])), [], "no such byte order");
    assert_eq!(
        parse(&pe_header(100_000, 0x8664)),
        [],
        "signature beyond the header"
    );
}

#[test]
fn elf_machines() {
    let machine = |header: Vec<u8>| parse(&header)[0].machine;
    assert_eq!(machine(elf_header(1, 1, [3, 0])), Machine::X86);
    assert_eq!(machine(elf_header(2, 1, [62, 0])), Machine::X86_64);
    assert_eq!(machine(elf_header(2, 1, [183, 0])), Machine::Arm64);
    assert_eq!(machine(elf_header(1, 2, [0, 40])), Machine::Arm);
    assert_eq!(machine(elf_header(1, 1, [62, 0])), Machine::Other(62), "x32");
}

#[test]
fn pe_and_mach_o_machines() {
    assert_eq!(parse(&pe_header(0x80, 0x014C))[0].machine, Machine::X86);
    assert_eq!(parse(&pe_header(0xF8, 0x8664))[0].machine, Machine::X86_64);
    let thin = [0xCF, 0xFA, 0xED, 0xFE, 0x0C, 0, 0, 1];
    assert_eq!(
        parse(&thin),
        [Architecture {
            format: Format::MachO,
            machine: Machine::Arm64
        }]
    );
    let mut fat = vec![0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 2];
    for cpu in [0x0100_0007_u32, 0x0100_000C] {
        fat.extend(cpu.to_be_bytes());
        fat.extend([0; 16]);
    }
    let machines: Vec<_> = parse(&fat).into_iter().map(|found| found.machine).collect();
    assert_eq!(machines, [Machine::X86_64, Machine::Arm64]);
}

#[test]
#[cfg(target_os = "linux")]
fn the_text_names_a_foreign_system() {
    assert_eq!(texts(&elf_header(1, 1, [3, 0])), ["x86 (32 bit)"]);
    assert_eq!(texts(&pe_header(0x80, 0x014C)), ["x86 (32 bit), Windows"]);
}

#[test]
fn this_program_is_of_its_own_architecture() {
    check(&std::env::current_exe().unwrap()).unwrap();
}

#[test]
fn missing_and_foreign_files_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("libakisp11.so");
    assert_eq!(check(&path), Err(Error::ModuleMissing { path: path.clone() }));
    std::fs::write(&path, "INPUT(libakisp11.so.2)").unwrap();
    assert!(matches!(check(&path), Err(Error::ModuleLoad { .. })));
    std::fs::write(&path, elf_header(1, 1, [8, 0])).unwrap();
    assert!(matches!(check(&path), Err(Error::ModuleArchitecture { .. })));
}

proptest! {
    #[test]
    fn any_bytes_parse(mut header in proptest::collection::vec(any::<u8>(), 0..300), magic in 0..5_usize) {
        let magics: [&[u8]; 5] = [b"\x7fELF", b"MZ", &[0xCA, 0xFE, 0xBA, 0xBE], &[0xCF, 0xFA, 0xED, 0xFE], b""];
        header.splice(0..0, magics[magic].iter().copied());
        prop_assert!(parse(&header).len() <= MAX_FAT);
    }
}

//! Where the workspace's programs and other people's libraries are.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The programs and libraries of the workspace that run beside a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// The desktop application.
    Kartal,
    /// The command line.
    KartalCli,
    /// The certificate service.
    Portal,
    /// The card in software, behind the smart card service.
    VirtualCard,
    /// The PKCS#11 module that misbehaves on request.
    QuirkModule,
}

/// How a program was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// For development and tests.
    Dev,
    /// For measurements.
    Release,
}

impl Program {
    /// The file as the build names it.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Kartal => "kartal",
            Self::KartalCli => "kartal-cli",
            Self::Portal => "kartal-portal",
            Self::VirtualCard => "kartal-virtual-card",
            Self::QuirkModule => "libquirk_module.so",
        }
    }

    /// The file of this program. It has to be built already.
    pub fn path(self, profile: Profile) -> Result<PathBuf> {
        let folder = match profile {
            Profile::Dev => "debug",
            Profile::Release => "release",
        };
        let path = target_folder()?.join(folder).join(self.file_name());
        if !path.is_file() {
            bail!(
                "{} is missing: build it first (`cargo verify --only programs`)",
                path.display()
            );
        }
        Ok(path)
    }

    /// A command that runs the program's development build.
    pub fn command(self) -> Result<Command> {
        Ok(Command::new(self.path(Profile::Dev)?))
    }
}

/// The build folder that holds the running executable: `target/debug/packaging`, `target/debug/deps/look-…`.
pub(crate) fn target_folder() -> Result<PathBuf> {
    let own = std::env::current_exe().context("cannot tell where this program is")?;
    let is_profile = |folder: &Path| folder.ends_with("debug") || folder.ends_with("release");
    let profile = own.ancestors().find(|folder| is_profile(folder));
    let target = profile.and_then(Path::parent);
    Ok(target
        .with_context(|| format!("{} is in no build folder", own.display()))?
        .to_owned())
}

/// `OpenSC`'s PKCS#11 module.
pub fn opensc_module() -> Result<PathBuf> {
    library("opensc-pkcs11.so", "opensc")
}

/// `SoftHSM2`'s PKCS#11 module.
pub fn softhsm_module() -> Result<PathBuf> {
    library("libsofthsm2.so", "softhsm2")
}

/// A library by its file name, in the folders where distributions keep libraries of this architecture, and one
/// level below them; `package` is what to install if there is none.
pub fn library(file_name: &str, package: &str) -> Result<PathBuf> {
    let multiarch = format!("/usr/lib/{}-linux-gnu", std::env::consts::ARCH);
    let below = ["", "pkcs11", "softhsm", "pcsc/drivers/serial"];
    let roots = [multiarch.as_str(), "/usr/lib64", "/usr/lib", "/usr/local/lib"];
    let mut places = roots
        .iter()
        .flat_map(|root| below.map(|below| Path::new(root).join(below).join(file_name)));
    places
        .find(|path| path.is_file())
        .with_context(|| format!("{file_name} is missing: install {package}"))
}

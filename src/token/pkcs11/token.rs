//! A token behind a module.

use std::{path::PathBuf, sync::Arc};

use super::{Where, read};
use crate::{Backend, Contents, Error, Modules, Progress, Token, interest::Interest};

/// A token behind a PKCS#11 module.
pub(crate) struct ModuleToken {
    pub(crate) modules: Arc<Modules>,
    pub(crate) module: PathBuf,
    pub(crate) place: Where,
    pub(crate) interest: Interest,
}

impl Token for ModuleToken {
    fn backend(&self) -> Backend {
        Backend::Pkcs11 {
            module: self.module.clone(),
        }
    }

    fn read(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<Contents, Error> {
        let place = self.place.clone();
        let mut pulse = |step| {
            progress(step);
            if self.interest.lost() {
                Err(Error::Closed)
            } else {
                Ok(())
            }
        };
        let found = self.modules.run(&self.module, &mut pulse, move |raw, pulse| {
            read(raw, &place, pulse)
        })?;
        let found = found.ok_or_else(|| Error::NotRecognised {
            path: self.module.clone(),
        })?;
        Ok(Contents {
            backend: self.backend(),
            label: found.label,
            manufacturer: found.manufacturer,
            serial: found.serial,
            pins: found.pins,
            certificates: found.certificates,
            problems: found.problems,
            apdus: None,
            from_cache: false,
        })
    }
}

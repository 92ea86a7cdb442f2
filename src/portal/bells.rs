//! Bells: whoever waits for something of this process looks at once when it changes.
//!
//! Only a shortcut. What another instance changes is seen by looking every now and then.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::sync::Notify;

/// One bell for each thing that somebody waits for.
#[derive(Debug, Default)]
pub(crate) struct Bells(Mutex<HashMap<String, Weak<Notify>>>);

impl Bells {
    /// The bell of this thing; it is gone when nobody holds it any more.
    pub(crate) fn hear(&self, name: &str) -> Arc<Notify> {
        let mut bells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        bells.retain(|_, bell| bell.strong_count() > 0);
        if let Some(bell) = bells.get(name).and_then(Weak::upgrade) {
            return bell;
        }
        let bell = Arc::new(Notify::new());
        bells.insert(name.to_owned(), Arc::downgrade(&bell));
        bell
    }

    /// Wakes whoever waits for this thing now.
    pub(crate) fn ring(&self, name: &str) {
        let bells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bell) = bells.get(name).and_then(Weak::upgrade) {
            bell.notify_waiters();
        }
    }

    /// The same for several things.
    pub(crate) fn ring_all(&self, names: &[String]) {
        for name in names {
            self.ring(name);
        }
    }
}

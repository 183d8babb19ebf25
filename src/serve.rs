//! The local preview: the catalogue kept in memory, shown on this machine only, read anew where a file changed, with what the
//! checks find beside the page that it concerns.
//!
//! Pages are those of `thutuc build`, made when they are asked for; only on their way out each gets one line with the script
//! that shows findings and loads the page anew. A catalogue with errors leaves the last good build where it is.

mod answer;
mod findings;
mod preview;
mod watch;

use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use rustc_hash::FxHashSet;
use tokio::sync::watch as signal;

use crate::compile::{Catalogue, Input, Options};
use crate::error::Error;
use crate::lang::Lang;

pub use self::preview::Made;
use self::preview::{Preview, State};

/// Says what the options name that is not in a catalogue.
pub type Accept = dyn Fn(&Catalogue) -> Result<(), Error> + Send + Sync;

/// What is shown, and how it is read.
pub struct Subject {
    /// Takes all files from where they lie.
    pub load: Box<dyn Fn() -> Result<Vec<Input>, Error> + Send + Sync>,
    /// How they are read.
    pub options: Options,
    pub accept: Box<Accept>,
    /// The folder whose files are watched.
    pub root: PathBuf,
    /// The proofs that are known to find nothing.
    pub proved: FxHashSet<String>,
    /// Hears of every build.
    pub tell: Box<dyn Fn(&Made) + Send + Sync>,
}

/// What requests are answered from.
struct Shown {
    preview: RwLock<Arc<Preview>>,
    /// Tells open pages that something changed.
    state: signal::Sender<State>,
    /// The page that was asked for last: of a new build it is tried before it is shown.
    looked_at: Mutex<Option<String>>,
    lang: Lang,
}

impl Shown {
    fn now(&self) -> Arc<Preview> {
        self.preview.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn look_at(&self, page: &str) {
        *self.looked_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(page.to_owned());
    }

    fn looked_at(&self) -> Option<String> {
        self.looked_at.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn show(&self, preview: Preview) {
        let state = preview.state.clone();
        *self.preview.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(preview);
        self.state.send_replace(state);
    }
}

/// Serves a catalogue, as it was read just now, until the program is asked to stop (Ctrl-C).
pub fn run(listener: TcpListener, subject: Subject, catalogue: Catalogue) -> io::Result<()> {
    let (first, made) = Preview::first(&subject, catalogue);
    (subject.tell)(&made);
    let (state, _) = signal::channel(first.state.clone());
    let lang = subject.options.lang;
    let shown = Arc::new(Shown { preview: RwLock::new(Arc::new(first)), state, looked_at: Mutex::default(), lang });
    watch::begin(subject, shown.clone());
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let done = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        tokio::select! {
            served = std::future::IntoFuture::into_future(axum::serve(listener, answer::router(shown))) => served,
            asked = tokio::signal::ctrl_c() => asked,
        }
    });
    // Pages that are open keep their connections: they are not waited for.
    runtime.shutdown_timeout(Duration::from_millis(200));
    done
}

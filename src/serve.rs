//! The local preview: a build kept in memory, shown on this machine only, made anew when a file changes, with what the
//! checks find beside the page that it concerns.
//!
//! Pages are those of `thutuc build`; only on their way out each gets one line with the script that shows findings and loads
//! the page anew. A catalogue with errors leaves the last good build where it is.

mod answer;
mod findings;
mod preview;
mod watch;

use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use rustc_hash::FxHashSet;
use tokio::sync::watch as signal;

use crate::compile::Catalogue;
use crate::error::Error;
use crate::lang::Lang;

pub use self::preview::Made;
use self::preview::{Preview, State};

/// What is shown, and how it is read.
pub struct Subject {
    /// Reads all files anew.
    pub load: Box<dyn Fn() -> Result<Catalogue, Error> + Send + Sync>,
    /// The folder whose files are watched.
    pub root: PathBuf,
    pub lang: Lang,
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
    lang: Lang,
}

impl Shown {
    fn now(&self) -> Arc<Preview> {
        self.preview.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn show(&self, preview: Preview) {
        let state = preview.state.clone();
        *self.preview.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(preview);
        self.state.send_replace(state);
    }
}

/// Serves until the program is asked to stop (Ctrl-C).
pub fn run(listener: TcpListener, subject: Subject) -> io::Result<()> {
    let (first, made) = Preview::first(&subject);
    (subject.tell)(&made);
    let (state, _) = signal::channel(first.state.clone());
    let shown = Arc::new(Shown { preview: RwLock::new(Arc::new(first)), state, lang: subject.lang });
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

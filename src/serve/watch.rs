//! Makes the preview anew when a file of the catalogue changes. Where the system cannot tell (some network drives, too many
//! watched folders), the files are read every second and compared.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Shown, Subject};

/// An editor writes a file in several steps: what comes within this time is one change.
const QUIET: Duration = Duration::from_millis(80);

/// How many changes are waited out before the files are read all the same.
const MOST_CHANGES: usize = 100;

/// How often files are compared where the system does not tell.
const POLL: Duration = Duration::from_secs(1);

/// Begins to watch, until the program ends.
pub(super) fn begin(subject: Subject, shown: Arc<Shown>) {
    std::thread::spawn(move || {
        let (tell, changes) = channel();
        let watcher = watcher(&subject.root, move || {
            // Nobody listens any more when the program ends.
            let _ = tell.send(());
        });
        // First what changed before anybody watched.
        while settled(&changes, watcher.is_ok()) {
            if let Some((preview, made)) = shown.now().next(&subject, shown.looked_at().as_deref()) {
                shown.show(preview);
                (subject.tell)(&made);
            }
            if watcher.is_ok() && changes.recv().is_err() {
                return;
            }
        }
    });
}

fn watcher(root: &Path, tell: impl Fn() + Send + 'static) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading a file is no change; what went wrong may hide one.
        if !event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
            tell();
        }
    })?;
    watcher.watch(root, RecursiveMode::Recursive)?;
    Ok(watcher)
}

/// Waits for the quiet after a change: a file that is being written is read when it is there as a whole. False when no change
/// can come any more.
fn settled(changes: &Receiver<()>, watching: bool) -> bool {
    if !watching {
        std::thread::sleep(POLL);
        return true;
    }
    for _ in 0..MOST_CHANGES {
        match changes.recv_timeout(QUIET) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}

//! Pages that are also documents. An output gives its page here once; it goes to the sink as HTML, and as what is made of
//! the same page: a Word document, and PDF.
//!
//! PDF takes a hundred times as long as the page, so pages wait in a short queue for threads of their own: the rest of a
//! build goes on meanwhile, and memory stays flat, because whoever is too far ahead waits. These threads are not those
//! of the build: typst also works in parallel, and a thread of a common pool that waits for it would begin the next page
//! on top of the stack of this one, and so on until the stack is full.

use jiff::civil::Date;

use super::render::Pages;
use super::{EmitError, Sink, Site, write};

/// Writes the page `path` (`notices/1.001193`), made with the templates `pages`, in every form that documents have.
pub(super) fn documents(
    site: &Site<'_>,
    pages: &Pages,
    sink: &dyn Sink,
    path: &str,
    page: &str,
) -> Result<(), EmitError> {
    if site.wanted.html {
        write(sink, &format!("{path}.html"), page.as_bytes())?;
    }
    let docx = site.wanted.docx.then(|| format!("{path}.docx")).filter(|docx| sink.keeps(docx));
    if docx.is_none() && site.press.is_none() {
        return Ok(());
    }
    let document = super::document::read(page);
    if let Some(docx) = docx {
        write(sink, &docx, &super::docx::write(&document, pages)?)?;
    }
    match &site.press {
        Some(press) => {
            sink.promise(format!("{path}.pdf"));
            press.take(path, document, pages)
        }
        None => Ok(()),
    }
}

/// The forms that a document has, each named by the ending of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Html,
    Docx,
    /// Only where [`super::HAS_PDF`].
    Pdf,
}

/// A page as a file of its own, `day` being the one on which its catalogue is read.
pub(super) fn as_file(pages: &Pages, page: String, ending: Ending, day: Date) -> Result<Vec<u8>, EmitError> {
    match ending {
        Ending::Html => Ok(page.into_bytes()),
        Ending::Docx => super::docx::write(&super::document::read(&page), pages),
        Ending::Pdf => one(&super::document::read(&page), pages, day),
    }
}

#[cfg(feature = "pdf")]
pub use self::printing::Press;
#[cfg(feature = "pdf")]
use self::printing::one;
#[cfg(feature = "pdf")]
pub(super) use self::printing::run;

#[cfg(feature = "pdf")]
mod printing {
    use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
    use std::sync::{Arc, Mutex, PoisonError};
    use std::thread;

    use jiff::civil::Date;

    use crate::emit::document::Document;
    use crate::emit::pdf::{Printer, Setting};
    use crate::emit::render::Pages;
    use crate::emit::{EmitError, Sink, write};

    /// How many pages wait for each thread.
    const WAITING: usize = 16;
    /// Boxes in boxes in a table in a table: each is some frames of the stack.
    const STACK: usize = 32 << 20;

    /// Takes pages to be printed.
    pub struct Press(SyncSender<Job>);

    struct Job {
        path: String,
        document: Document,
        setting: Arc<Setting>,
    }

    impl Press {
        pub(super) fn take(&self, path: &str, document: Document, pages: &Pages) -> Result<(), EmitError> {
            let (path, setting) = (path.to_owned(), pages.setting());
            // No thread is left only where each has failed, and then that is the error of the build.
            let _ = self.0.send(Job { path, document, setting });
            Ok(())
        }
    }

    /// Runs `make` with a press, if one is `wanted` for a catalogue of some day; returns when all is printed.
    pub(in crate::emit) fn run<T>(
        wanted: Option<Date>,
        sink: &dyn Sink,
        make: impl FnOnce(Option<Press>) -> Result<T, EmitError>,
    ) -> Result<T, EmitError> {
        let Some(day) = wanted else {
            return make(None);
        };
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let (sender, receiver) = sync_channel(WAITING * threads);
        let jobs = Arc::new(Mutex::new(receiver));
        let printer = Printer::shipped(day);
        let failed: Mutex<Option<EmitError>> = Mutex::new(None);
        let made = thread::scope(|scope| {
            for at in 0..threads {
                let (jobs, printer, failed) = (Arc::clone(&jobs), &printer, &failed);
                let worker = move || work(&jobs, printer, sink, failed);
                let name = format!("pdf-{at}");
                if let Err(source) = thread::Builder::new().name(name).stack_size(STACK).spawn_scoped(scope, worker) {
                    note(failed, EmitError::Write { path: "*.pdf".to_owned(), source });
                }
            }
            // So that a page that is handed over when every thread is gone is not waited for.
            drop(jobs);
            make(Some(Press(sender)))
        });
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => made,
        }
    }

    /// One page alone.
    pub(super) fn one(document: &Document, pages: &Pages, day: Date) -> Result<Vec<u8>, EmitError> {
        let setting = pages.setting();
        let print = || Printer::shipped(day).print("form.pdf", document, &setting);
        let printed = thread::scope(|scope| {
            let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, print);
            worker.map(|worker| worker.join().expect("the printer does not panic"))
        });
        printed.map_err(|source| EmitError::Write { path: "form.pdf".to_owned(), source })?
    }

    fn work(jobs: &Mutex<Receiver<Job>>, printer: &Printer, sink: &dyn Sink, failed: &Mutex<Option<EmitError>>) {
        // A pool of this thread alone: what typst does in parallel is done here, one after the other.
        let _pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
        loop {
            let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(job) = job else { return };
            if failed.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
                continue;
            }
            let path = format!("{}.pdf", job.path);
            let printed = printer.print(&path, &job.document, &job.setting).and_then(|pdf| write(sink, &path, &pdf));
            if let Err(error) = printed {
                note(failed, error);
            }
        }
    }

    /// The first error is the one that is told.
    fn note(failed: &Mutex<Option<EmitError>>, error: EmitError) {
        failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }
}

#[cfg(not(feature = "pdf"))]
pub use self::absent::Press;
#[cfg(not(feature = "pdf"))]
use self::absent::one;
#[cfg(not(feature = "pdf"))]
pub(super) use self::absent::run;

/// A program that was built without typst.
#[cfg(not(feature = "pdf"))]
mod absent {
    use std::io;

    use jiff::civil::Date;

    use crate::emit::document::Document;
    use crate::emit::render::Pages;
    use crate::emit::{EmitError, Sink};

    /// Nothing is asked of it: whoever would says first that there is no PDF.
    pub(super) fn one(_document: &Document, _pages: &Pages, _day: Date) -> Result<Vec<u8>, EmitError> {
        Err(EmitError::Write { path: "*.pdf".to_owned(), source: io::ErrorKind::Unsupported.into() })
    }

    /// There is none.
    pub enum Press {}

    impl Press {
        pub(super) fn take(&self, _path: &str, _document: Document, _pages: &Pages) -> Result<(), EmitError> {
            match *self {}
        }
    }

    pub(in crate::emit) fn run<T>(
        _wanted: Option<Date>,
        _sink: &dyn Sink,
        make: impl FnOnce(Option<Press>) -> Result<T, EmitError>,
    ) -> Result<T, EmitError> {
        make(None)
    }
}

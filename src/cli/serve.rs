//! `thutuc serve`

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use clap::{Arg, ArgMatches, Command};

use super::{Exit, files, known_place, options, print, proofs};
use crate::compile::Catalogue;
use crate::error::Error;
use crate::lang::{Lang, Words, say};
use crate::serve::{self, Made, Subject};

/// How many ports are tried, from the one asked for.
const TRIES: u16 = 20;

/// What the command takes beside what all commands that read a catalogue take.
pub(super) fn arguments(command: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).get(lang);
    command.arg(
        Arg::new("port")
            .long("port")
            .value_name(say("CỔNG", "PORT"))
            .value_parser(clap::value_parser!(u16))
            .default_value("8030")
            .help(say(
                "Cổng trên máy này; đã bận thì lấy cổng kế tiếp",
                "Port on this machine; the next free one if taken",
            )),
    )
}

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> Result<Exit, Error> {
    let path = matches.get_one::<String>("path").expect("it has a default");
    let root = files::find(Path::new(path))?.root;
    let options = options(matches, lang)?;
    let port = *matches.get_one::<u16>("port").expect("it has a default");
    let listener = bind(port).map_err(|source| {
        Error::Argument(say!(
            lang,
            "không mở được cổng {port} trên máy này: {source}; chọn cổng khác bằng --port",
            "port {port} cannot be opened on this machine: {source}; choose another with --port"
        ))
    })?;
    let folder = root.clone();
    let load = move || files::load(&folder);
    // A wrong path or place is said at once; what is wrong with the files is shown on the pages.
    let catalogue = Catalogue::read(load()?, options.clone());
    known_place(&catalogue, lang)?;
    let stopped = |source| Error::Argument(say!(lang, "không phục vụ được: {source}", "cannot serve: {source}"));
    let address = listener.local_addr().map_err(stopped)?;
    let tell = Box::new(move |made: &Made| print(&told(made, lang)));
    let accept = Box::new(move |catalogue: &Catalogue| known_place(catalogue, lang));
    let subject = Subject { load: Box::new(load), options, accept, root, proved: proofs::known(), tell };
    print(&say!(
        lang,
        "Xem tại http://{address}/ (nhấn Ctrl-C để dừng)\n",
        "Look at http://{address}/ (stop with Ctrl-C)\n"
    ));
    serve::run(listener, subject, catalogue).map_err(stopped)?;
    print(&say!(lang, "Đã dừng.\n", "Stopped.\n"));
    Ok(Exit::Good)
}

/// Only this machine can reach it.
fn bind(port: u16) -> io::Result<TcpListener> {
    let mut ports = port..=port.saturating_add(if port == 0 { 0 } else { TRIES });
    let first = ports.next().unwrap_or(port);
    let mut bound = TcpListener::bind((Ipv4Addr::LOCALHOST, first));
    for next in ports {
        if bound.as_ref().err().is_none_or(|error| error.kind() != io::ErrorKind::AddrInUse) {
            break;
        }
        bound = TcpListener::bind((Ipv4Addr::LOCALHOST, next));
    }
    bound
}

fn told(made: &Made, lang: Lang) -> String {
    let time = made.took.as_millis();
    let counts = crate::diagnostic::text::summary(made.tally, lang);
    let counts = counts.trim();
    match (&made.problem, made.shown) {
        (Some(problem), _) => say!(
            lang,
            "chưa dựng được, giữ bản dựng trước: {problem}\n",
            "not built, the earlier build stays: {problem}\n"
        ),
        (None, false) => say!(
            lang,
            "chưa dựng được, giữ bản dựng trước: {counts}\n",
            "not built, the earlier build stays: {counts}\n"
        ),
        (None, true) => say!(lang, "đã dựng trong {time} ms: {counts}\n", "built in {time} ms: {counts}\n"),
    }
}

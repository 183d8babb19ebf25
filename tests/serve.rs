//! `thutuc serve` from outside: pages, news of changes, findings, and who is refused.
#![cfg(feature = "serve")]

mod common;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use common::program;

const SETTINGS: &str = "name: \"Bộ thử\"\nversion: \"1\"\npublisher: \"Sở Thử\"\nas_of: \"22/11/2026\"\n";
const PROCEDURE: &str = r#"thủ tục 1.000001 "Đăng ký lần đầu" {
    cơ quan có thẩm quyền: ubnd-tỉnh
    thành phần hồ sơ: 01 bộ { nộp "Đơn đề nghị" }
    thời hạn giải quyết: 03 ngày làm việc
    phí, lệ phí: chưa nhập
    kết quả { "Giấy chứng nhận" }
}
"#;

/// How long a change may take until it is shown; a slow machine is given time.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, serving a folder; it is stopped when this goes.
struct Served {
    folder: TempDir,
    child: Child,
    output: BufReader<std::process::ChildStdout>,
    address: SocketAddr,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Status, headers and body.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Served {
    fn begin(files: &[(&str, &str)]) -> Served {
        let folder = TempDir::new().expect("a temporary folder");
        for (path, text) in files {
            write(&folder, path, text);
        }
        let mut child = program(folder.path())
            .args(["serve", "--port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        output.read_line(&mut line).expect("a line");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        let address = address.parse().unwrap_or_else(|error| panic!("{line}: {error}"));
        let mut served = Served { folder, child, output, address };
        served.hears();
        served
    }

    /// The next line that the program says.
    fn hears(&mut self) -> String {
        let mut line = String::new();
        let read = self.output.read_line(&mut line).expect("a line");
        assert!(read > 0, "it went on");
        line
    }

    fn connect(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time");
        stream.write_all(request.as_bytes()).expect("a request");
        stream
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> Answer {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let mut bytes = Vec::new();
        self.connect(&request).read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text}"));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &format!("localhost:{}", self.address.port()))
    }

    fn findings(&self) -> Value {
        serde_json::from_str(&self.get("/_thutuc/findings.json").body).expect("JSON")
    }
}

fn write(folder: &TempDir, path: &str, text: &str) {
    let file = folder.path().join("procedures").join(path);
    fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("a folder");
    // In one step, as good editors do: never the half of it.
    let beside = folder.path().join("being-written");
    fs::write(&beside, text).expect("it can be written");
    fs::rename(beside, file).expect("it can be put in place");
}

fn plain() -> Served {
    Served::begin(&[("catalogue.yaml", SETTINGS), ("1.tthc", PROCEDURE)])
}

/// The events of a stream, as what they carry.
struct Events(BufReader<TcpStream>);

impl Events {
    fn of(served: &Served) -> Events {
        let request = "GET /_thutuc/changes HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
        Events(BufReader::new(served.connect(request)))
    }

    fn next(&mut self) -> Value {
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).expect("an event in time"), 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data:") {
                return serde_json::from_str(data.trim()).expect("JSON");
            }
        }
    }
}

#[test]
fn pages_are_those_of_a_build_with_one_line_more() {
    let served = plain();
    let notice = served.get("/notices/1.000001.html");
    assert_eq!(notice.status, 200, "{}", notice.head);
    assert!(notice.head.contains("content-type: text/html; charset=utf-8"), "{}", notice.head);
    assert!(notice.head.contains("cache-control: no-store"), "{}", notice.head);
    assert!(served.get("/").body.contains("Đăng ký lần đầu"));

    let ran = common::run(served.folder.path(), &["build"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let built = fs::read_to_string(served.folder.path().join("dist/notices/1.000001.html")).expect("a page");
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (shown, built) = (lines(&notice.body), lines(&built));
    let added: Vec<&String> = shown.iter().filter(|line| line.contains("/_thutuc/preview.js")).collect();
    assert_eq!(added.len(), 1, "{shown:?}");
    assert_eq!(shown.iter().filter(|line| *line != added[0]).collect::<Vec<_>>(), built.iter().collect::<Vec<_>>());
    assert!(!built.iter().any(|line| line.contains("_thutuc")));
    let script = served.get("/_thutuc/preview.js");
    assert!(script.status == 200 && script.body.contains("EventSource"), "{}", script.head);
}

#[test]
fn only_reading_and_only_names_of_this_machine() {
    let served = plain();
    let port = served.address.port();
    assert!(served.address.ip().is_loopback());
    for (method, path, host, status) in [
        ("GET", "/", format!("127.0.0.1:{port}"), 200),
        ("HEAD", "/", "localhost".to_owned(), 200),
        ("GET", "/", format!("evil.example:{port}"), 403),
        ("GET", "/_thutuc/findings.json", "evil.example".to_owned(), 403),
        ("GET", "/_thutuc/changes", "localhost.evil.example".to_owned(), 403),
        ("GET", "http://evil.example/", "localhost".to_owned(), 403),
        ("GET", "/", String::new(), 403),
        ("POST", "/", "localhost".to_owned(), 405),
        ("DELETE", "/_thutuc/findings.json", "localhost".to_owned(), 405),
        ("GET", "/notices/1.000002.html", "localhost".to_owned(), 404),
        ("GET", "/../procedures/1.tthc", "localhost".to_owned(), 404),
        ("GET", "/..%2fprocedures%2f1.tthc", "localhost".to_owned(), 404),
        ("GET", "/%2e%2e/procedures/1.tthc", "localhost".to_owned(), 404),
        ("GET", "//etc/passwd", "localhost".to_owned(), 404),
        ("GET", "/%ff", "localhost".to_owned(), 400),
    ] {
        let answer = served.ask(method, path, &host);
        assert_eq!(answer.status, status, "{method} {path} of {host:?}: {}", answer.head);
        assert!(status == 200 || !answer.body.contains("thành phần hồ sơ"), "{path}");
    }
}

#[test]
fn a_change_is_told_and_shown_and_so_is_what_is_found() {
    let mut served = plain();
    let mut events = Events::of(&served);
    let first = events.next();
    let sheet = served.findings();
    assert_eq!((&sheet["build"], &sheet["stale"]), (&first["build"], &Value::from(false)));
    let gap = sheet["findings"].as_array().expect("a list").iter().find(|one| one["code"] == "TT018").cloned();
    let gap = gap.unwrap_or_else(|| panic!("the gap is not among {sheet}"));
    assert_eq!(
        (gap["file"].as_str(), gap["line"].as_u64(), gap["procedures"][0].as_str()),
        (Some("1.tthc"), Some(5), Some("1.000001"))
    );

    write(&served.folder, "1.tthc", &PROCEDURE.replace("lần đầu", "lần hai").replace("chưa nhập", "không"));
    let second = events.next();
    assert_ne!(first["build"], second["build"]);
    assert!(served.hears().starts_with("đã dựng trong "));
    assert!(served.get("/notices/1.000001.html").body.contains("Đăng ký lần hai"));
    let sheet = served.findings();
    assert!(sheet["findings"].as_array().expect("a list").iter().all(|one| one["code"] != "TT018"), "{sheet}");
}

#[test]
fn errors_leave_the_last_good_build_and_are_shown_on_top() {
    let mut served = plain();
    let mut events = Events::of(&served);
    let first = events.next();
    for (path, text, wrong, mended) in [
        ("1.tthc", PROCEDURE.replace("03 ngày làm việc", "0.5 ngày làm việc"), "error", PROCEDURE),
        ("templates/notice.html.jinja", "{{ nmae }}".to_owned(), "ý bạn là `name`?", "{{ name }}"),
    ] {
        write(&served.folder, path, &text);
        let stale = events.next();
        assert_eq!(stale["build"], events_build(&served), "the pages are those of before");
        while !served.hears().starts_with("chưa dựng được, giữ bản dựng trước: ") {}
        let sheet = served.findings();
        assert_eq!(sheet["stale"], true);
        let said = format!("{} {}", sheet["problem"], sheet["findings"][0]["severity"]);
        assert!(said.contains(wrong), "{sheet}");
        assert!(served.get("/notices/1.000001.html").body.contains("Đăng ký lần đầu"));

        write(&served.folder, path, mended);
        events.next();
        while !served.hears().starts_with("đã dựng trong ") {}
        assert_eq!(served.findings()["stale"], false);
    }
    assert!(served.get("/notices/1.000001.html").body.starts_with("Đăng ký lần đầu"));
    assert_ne!(events_build(&served), first["build"]);
}

/// The build that pages say they are of.
fn events_build(served: &Served) -> Value {
    let page = served.get("/notices/1.000001.html").body;
    page.split("data-build=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("it is named").into()
}

/// A page that nobody looks at is made when it is asked for, and then its template may have a fault.
#[test]
fn a_template_that_fails_elsewhere_is_told_where_it_fails() {
    let mut served = plain();
    assert_eq!(served.get("/notices/1.000001.html").status, 200);
    write(&served.folder, "templates/leaflet.html.jinja", "<p>{{ nmae }}</p>");
    while !served.hears().starts_with("đã dựng trong ") {}
    assert_eq!(served.get("/notices/1.000001.html").status, 200);
    let page = served.get("/leaflets/1.000001.html");
    assert_eq!(page.status, 500, "{}", page.head);
    for said in ["leaflet.html.jinja:1: ", "nmae", "/_thutuc/preview.js"] {
        assert!(page.body.contains(said), "{}", page.body);
    }
    assert!(!page.body.contains("{{ nmae }}</p>"), "{}", page.body);
}

#[test]
fn without_any_good_build_the_errors_are_shown() {
    let mut served = Served::begin(&[
        ("catalogue.yaml", SETTINGS),
        ("1.tthc", &PROCEDURE.replace("03 ngày làm việc", "0.5 ngày làm việc")),
    ]);
    let page = served.get("/");
    assert_eq!(page.status, 503);
    assert!(page.body.contains("Chưa có bản dựng nào") && page.body.contains("/_thutuc/preview.js"), "{}", page.body);
    write(&served.folder, "1.tthc", PROCEDURE);
    while !served.hears().starts_with("đã dựng trong ") {}
    assert_eq!(served.get("/").status, 200);
}

#[cfg(unix)]
#[test]
fn it_stops_when_it_is_asked_to() {
    let mut served = plain();
    let mut events = Events::of(&served);
    events.next();
    let id = served.child.id().to_string();
    let sent = std::process::Command::new("kill").args(["-INT", &id]).status().expect("kill runs");
    assert!(sent.success());
    let status = served.child.wait().expect("it ends");
    assert!(status.success(), "{status}");
    assert_eq!(served.hears(), "Đã dừng.\n");
}

#[test]
fn a_port_that_is_taken_gives_way_to_the_next() {
    let first = plain();
    let port = first.address.port();
    let mut child = program(first.folder.path())
        .args(["serve", "--port", &port.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    let other =
        line.rsplit(':').next().and_then(|rest| rest.split('/').next()).and_then(|port| port.parse::<u16>().ok());
    assert!(other.is_some_and(|other| other > port && other <= port + 20), "{line}");
}

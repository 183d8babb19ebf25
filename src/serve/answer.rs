//! What a request gets: a page of the build, the script, what was found, or the news that something changed.
//!
//! Only this machine is served, under the names it has for itself: a page from elsewhere whose name was made to point here
//! (DNS rebinding) sends that name as `Host`, and gets nothing.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Given};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use minijinja::HtmlEscape;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use super::Shown;
use super::preview::Preview;
use crate::error::Error;
use crate::lang::{Lang, say};

const SCRIPT: &str = include_str!("preview.js");

/// All requests; `/_thutuc/` is no folder of a build.
pub(super) fn router(shown: Arc<Shown>) -> Router {
    Router::new()
        .route("/_thutuc/preview.js", get(async || typed("preview.js", SCRIPT.into())))
        .route("/_thutuc/findings.json", get(findings))
        .route("/_thutuc/changes", get(changes))
        .fallback(page)
        .layer(axum::middleware::from_fn_with_state(shown.clone(), guard))
        .with_state(shown)
}

/// Refuses foreign names and whatever is no reading; says of every answer that it is for this place and this moment.
async fn guard(Given(shown): Given<Arc<Shown>>, request: Request, next: axum::middleware::Next) -> Response {
    let lang = shown.lang;
    if !is_local(&request) {
        let text = say!(
            lang,
            "Chỉ phục vụ địa chỉ localhost của chính máy này.\n",
            "Only localhost of this very machine is served.\n"
        );
        return (StatusCode::FORBIDDEN, text).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let mut answer = next.run(request).await;
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

fn is_local(request: &Request) -> bool {
    let hosts = request.headers().get_all(header::HOST);
    let one = hosts.iter().count() == 1 && hosts.iter().all(|host| host.to_str().is_ok_and(names_this_machine));
    one && request.uri().authority().is_none_or(|named| names_this_machine(named.as_str()))
}

/// A host with or without a port.
fn names_this_machine(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (host, ""),
    };
    let number = port.bytes().all(|byte| byte.is_ascii_digit());
    number && (name.eq_ignore_ascii_case("localhost") || matches!(name, "127.0.0.1" | "[::1]"))
}

async fn findings(Given(shown): Given<Arc<Shown>>) -> Response {
    typed("findings.json", shown.now().findings.clone().into())
}

/// The state now, and whenever it changes.
async fn changes(Given(shown): Given<Arc<Shown>>) -> Response {
    let states = WatchStream::new(shown.state.subscribe());
    let events = states.map(|state| {
        let data = serde_json::to_string(&state).expect("a state is plain data");
        Ok::<Event, Infallible>(Event::default().data(data))
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// A file of the build, by its path and nothing else.
async fn page(Given(shown): Given<Arc<Shown>>, request: Request) -> Response {
    let (now, lang) = (shown.now(), shown.lang);
    let Ok(path) = percent_encoding::percent_decode_str(request.uri().path()).decode_utf8() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let mut path = path.trim_start_matches('/').to_owned();
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    let Some(build) = now.build.clone() else {
        let text =
            say!(lang, "Chưa có bản dựng nào: hãy sửa các lỗi bên.", "There is no build yet: mend the errors beside.");
        return instead(StatusCode::SERVICE_UNAVAILABLE, text, &now, lang);
    };
    // Making a page takes its time, and the news of changes goes on meanwhile.
    let asked = path.clone();
    let made = tokio::task::spawn_blocking(move || build.file(&asked)).await;
    match made {
        Ok(Ok(Some(bytes))) if path.ends_with(".html") => {
            shown.look_at(&path);
            typed(&path, with_script(&bytes, &now.state.build, lang).into())
        }
        Ok(Ok(Some(bytes))) => typed(&path, bytes.into()),
        Ok(Ok(None)) => {
            let text = say!(lang, "Bản dựng không có trang này.", "The build has no such page.");
            instead(StatusCode::NOT_FOUND, text, &now, lang)
        }
        // The fault of a template that another page is made with.
        Ok(Err(error)) => {
            let text = HtmlEscape(&Error::Emit(error).message(lang)).to_string();
            instead(StatusCode::INTERNAL_SERVER_ERROR, text, &now, lang)
        }
        Err(stopped) => (StatusCode::INTERNAL_SERVER_ERROR, stopped.to_string()).into_response(),
    }
}

/// A page that says why there is none, `text` being a piece of HTML.
fn instead(status: StatusCode, text: String, now: &Preview, lang: Lang) -> Response {
    let tag = lang.tag();
    let page = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<meta charset=\"utf-8\">\n<title>thutuc</title>\n\
         <body><p style=\"white-space: pre-wrap\">{text}</p><p><a href=\"/\">/</a></p></body>\n</html>\n"
    );
    let mut answer = typed("index.html", with_script(page.as_bytes(), &now.state.build, lang).into());
    *answer.status_mut() = status;
    answer
}

/// A page with the line that loads the script, before its body ends.
fn with_script(page: &[u8], build: &str, lang: Lang) -> Vec<u8> {
    let tag = lang.tag();
    let line = format!("<script src=\"/_thutuc/preview.js\" data-build=\"{build}\" data-lang=\"{tag}\"></script>\n");
    let end = memchr::memmem::rfind(page, b"</body>").unwrap_or(page.len());
    [&page[..end], line.as_bytes(), &page[end..]].concat()
}

fn typed(path: &str, body: Body) -> Response {
    let kind = match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "xml" | "bpmn" | "dmn" => "application/xml",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "mmd" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    };
    let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(kind))]);
    (headers, body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_served() {
        for host in ["localhost", "localhost:8030", "LocalHost:1", "127.0.0.1:8030", "[::1]:8030", "[::1]"] {
            assert!(names_this_machine(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:8030",
            "localhost.evil.example",
            "127.0.0.1.evil.example:8030",
            "localhost@evil.example",
            "evil.example#localhost",
            "0.0.0.0:8030",
            "[::2]",
            "localhost:80x",
            "127.0.0.2",
        ] {
            assert!(!names_this_machine(host), "{host}");
        }
    }

    #[test]
    fn the_script_comes_before_the_last_end_of_the_body() {
        let page = with_script(b"<body><pre>&lt;/body></pre></body>\n", "b", Lang::Vi);
        let page = String::from_utf8(page).expect("text");
        assert!(page.ends_with("data-lang=\"vi\"></script>\n</body>\n"), "{page}");
    }
}

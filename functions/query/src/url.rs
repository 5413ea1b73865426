//! The function URL: the same request as query parameters or as a body, and the same answer with status, content type and
//! compression. Who may ask is decided before, by IAM.
//!
//! Events and answers have the format 2.0 of
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads>.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use droplets::block;
use serde::Deserialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value, json};

use crate::answer;
use crate::filter;
use crate::handler::{Page, readable};
use crate::request::{BadRequest, FIELDS, Format, Report, did_you_mean, short};

/// Most bytes of rows on a page: compressed in base64, or with its quotes escaped once more, it stays below 6 MB.
pub const MAX_ROWS_BYTES: usize = 2_700_000;
/// A shorter body is not worth compressing: it fits one packet.
const MIN_GZIP_BYTES: usize = 1_024;

/// A request to the URL.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Call<'a> {
    #[serde(default, borrow)]
    raw_path: Cow<'a, str>,
    #[serde(default, borrow)]
    raw_query_string: Cow<'a, str>,
    /// Names are lower case.
    #[serde(default)]
    headers: BTreeMap<String, String>,
    request_context: Context,
    #[serde(default, borrow)]
    body: Option<Cow<'a, str>>,
    #[serde(default)]
    is_base64_encoded: bool,
}

#[derive(Debug, Deserialize)]
struct Context {
    http: Http,
}

#[derive(Debug, Deserialize)]
struct Http {
    method: String,
}

impl<'a> Call<'a> {
    /// Reads an event, if it is one of the URL.
    #[must_use]
    pub fn read(event: &'a RawValue) -> Option<Self> {
        serde_json::from_str(event.get()).ok()
    }

    /// The report request it stands for, or the answer to one that cannot be read.
    pub fn request(&self) -> Result<Value, Answer> {
        let refuse = |bad: &BadRequest| Answer::bad(bad, self);
        let report = match self.raw_path.trim_matches('/') {
            "" => None,
            name if Report::NAMES.iter().any(|(known, _)| *known == name) => Some(name.to_owned()),
            name => {
                let names = Report::NAMES.map(|(name, _)| name);
                let hint = format!("the path is empty or a report; {}", did_you_mean(name, &names));
                let bad = BadRequest {
                    code: "NOT_FOUND",
                    field: None,
                    message: format!("there is no '/{}'", short(name)),
                    hint,
                };
                return Err(refuse(&bad));
            }
        };
        let mut request = match self.request_context.http.method.as_str() {
            "GET" | "HEAD" => self.parameters(),
            "POST" => self.body(),
            method => {
                let message = format!("'{}' is no way to ask", short(method));
                let hint = "send GET with query parameters, or POST with a JSON object".into();
                Err(BadRequest { code: "METHOD_NOT_ALLOWED", field: None, message, hint })
            }
        }
        .map_err(|bad| refuse(&bad))?;
        if let (Some(report), Value::Object(fields)) = (report, &mut request) {
            fields.entry("report").or_insert_with(|| report.into());
        }
        Ok(request)
    }

    /// Query parameters are the request's fields; the filter's conditions stand among them, with or without `filter.`.
    fn parameters(&self) -> Result<Value, BadRequest> {
        let (mut fields, mut conditions) = (Map::new(), Map::new());
        for pair in self.raw_query_string.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (Some(name), Some(value)) = (decode(name), decode(value)) else {
                let message = format!("'{}' is no UTF-8 in percent-encoding", short(pair));
                return Err(BadRequest {
                    code: "INVALID_REQUEST",
                    field: None,
                    message,
                    hint: "encode it once".into(),
                });
            };
            let condition = name.strip_prefix("filter.").unwrap_or(&name);
            let taken = if filter::FIELDS.contains(&condition) && !FIELDS.contains(&name.as_str()) {
                conditions.insert(condition.to_owned(), value.into())
            } else {
                fields.insert(name.clone(), value.into())
            };
            if taken.is_some() {
                let hint = "send it once; lists have commas between their names".to_owned();
                return Err(BadRequest::new(
                    "INVALID_REQUEST",
                    &short(&name),
                    "this parameter stands there twice",
                    hint,
                ));
            }
        }
        // An empty value is as good as none; as text it would be compared with.
        fields.retain(|_, value| value != "");
        if !conditions.is_empty() {
            fields.insert("filter".into(), conditions.into());
        }
        Ok(fields.into())
    }

    fn body(&self) -> Result<Value, BadRequest> {
        if !self.raw_query_string.is_empty() {
            let message = "a POST has its request in the body".to_owned();
            let hint = "leave the query parameters out, or send GET".to_owned();
            return Err(BadRequest { code: "INVALID_REQUEST", field: None, message, hint });
        }
        let text = self.body.as_deref().unwrap_or_default();
        if !self.is_base64_encoded {
            return readable(text);
        }
        let decoded = STANDARD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        readable(decoded.as_deref().unwrap_or(text))
    }

    fn accepts_gzip(&self) -> bool {
        let accepted = self.headers.get("accept-encoding").map_or("", String::as_str);
        accepted.split(',').any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip") || name == "*");
            // https://www.rfc-editor.org/rfc/rfc9110#section-12.4.2: a weight of 0 is a refusal.
            named && !parts.any(|weight| weight.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0))
        })
    }
}

/// `+` and percent-encoding undone; `None` if that is no UTF-8.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

/// What the URL answers with.
#[derive(Debug)]
pub struct Answer {
    status: u16,
    headers: BTreeMap<&'static str, String>,
    body: Vec<u8>,
    gzip: bool,
    head_only: bool,
}

impl Answer {
    /// The answer to a request.
    pub fn of(page: Result<Page, BadRequest>, call: &Call<'_>) -> Result<Self, serde_json::Error> {
        let Page { request, rows, stored, took } = match page {
            Ok(page) => page,
            Err(bad) => return Ok(Self::bad(&bad, call)),
        };
        // Lines and CSV stand alone, to be read by other programs; what an answer says besides is in headers.
        let alone = request.format != Format::Json && stored.is_none() && rows.plan.is_none();
        let mut answer = if alone {
            Self::new(200, request.format.content_type(), answer::body(&request, &rows)?, call)
        } else {
            let whole = answer::good(&request, &rows, stored.as_ref(), took)?;
            Self::new(200, Format::Json.content_type(), whole.get().as_bytes().to_vec(), call)
        };
        answer.headers.insert("droplets-range", answer::range(&request, &rows).to_string());
        answer.headers.insert("droplets-stats", answer::stats(&rows, took).to_string());
        if let Some(cursor) = answer::next_cursor(&request, &rows) {
            answer.headers.insert("droplets-next-cursor", cursor);
        }
        Ok(answer)
    }

    fn bad(bad: &BadRequest, call: &Call<'_>) -> Self {
        let status = match bad.code {
            "NOT_FOUND" => 404,
            "METHOD_NOT_ALLOWED" => 405,
            "REQUEST_TOO_LARGE" => 413,
            _ => 400,
        };
        // An error's texts are plain JSON.
        let body = answer::bad(bad).map(|body| body.get().as_bytes().to_vec()).unwrap_or_default();
        let mut answer = Self::new(status, Format::Json.content_type(), body, call);
        if status == 405 {
            answer.headers.insert("allow", "GET, HEAD, POST".into());
        }
        answer
    }

    fn new(status: u16, content_type: &str, body: Vec<u8>, call: &Call<'_>) -> Self {
        let headers = BTreeMap::from([
            ("content-type", content_type.to_owned()),
            // Answers differ from caller to caller and from moment to moment.
            ("cache-control", "no-store".to_owned()),
            ("vary", "accept-encoding".to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
        ]);
        let gzip = body.len() >= MIN_GZIP_BYTES && call.accepts_gzip();
        Self { status, headers, body, gzip, head_only: call.request_context.http.method == "HEAD" }
    }

    /// As Lambda takes it.
    pub fn write(mut self) -> Result<Box<RawValue>, serde_json::Error> {
        let body = match (self.head_only, self.gzip) {
            (true, _) => String::new(),
            (false, true) => {
                self.headers.insert("content-encoding", "gzip".into());
                STANDARD.encode(block::member(&self.body))
            }
            // All of it is JSON, lines of JSON, or CSV of texts.
            (false, false) => String::from_utf8_lossy(&self.body).into_owned(),
        };
        to_raw_value(&json!({
            "statusCode": self.status,
            "headers": self.headers,
            "body": body,
            "isBase64Encoded": self.gzip && !self.head_only,
        }))
    }
}

#[cfg(test)]
mod tests;
